/// What our zones say about a name. Read [meridian.dns.zone.Lookup] first: it lists every way a
/// look-up can end.
///
/// May import: `meridian.record`.
@NullMarked
package meridian.dns.zone;

import org.jspecify.annotations.NullMarked;
