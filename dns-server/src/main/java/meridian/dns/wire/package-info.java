/// Octets to queries, and responses to octets. Read [meridian.dns.wire.QueryReader] first.
///
/// May import: `meridian.record`.
@NullMarked
package meridian.dns.wire;

import org.jspecify.annotations.NullMarked;
