/// What the API answers, over a fleet made by hand. Read [meridian.api.HandmadeFleet] first.
///
/// May import: what `meridian.api` may, and the HTTP client of the JDK.
@NullMarked
package meridian.api;

import org.jspecify.annotations.NullMarked;
