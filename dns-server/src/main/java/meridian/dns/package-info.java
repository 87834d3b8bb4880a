/// The data plane: one query in, one response out. Read [meridian.dns.Responder] first; then
/// [meridian.dns.Tails], what is ready of its responses.
///
/// May import: `meridian.record`, `meridian.dns.wire`, `meridian.dns.zone`, SLF4J.
@NullMarked
package meridian.dns;

import org.jspecify.annotations.NullMarked;
