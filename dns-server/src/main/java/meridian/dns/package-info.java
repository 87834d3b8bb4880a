/// The data plane: one query in, one response out. Read [meridian.dns.Responder] first.
///
/// May import: `meridian.record`, `meridian.dns.wire`, `meridian.dns.zone`, SLF4J.
@NullMarked
package meridian.dns;

import org.jspecify.annotations.NullMarked;
