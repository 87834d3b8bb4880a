/// The order of what nodes say, on clocks that cannot be trusted. Read [meridian.time.HybridTime]
/// first.
///
/// May import: the JDK, JSpecify, `meridian.topology`.
@NullMarked
package meridian.time;

import org.jspecify.annotations.NullMarked;
