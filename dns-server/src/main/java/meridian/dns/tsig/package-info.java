/// Signed messages (TSIG, RFC 8945): whether one is what its key's owner said, and signing what is
/// said back. Read [meridian.dns.tsig.TsigKeys] first.
///
/// May import: `meridian.record`, `meridian.signing`, `meridian.dns.wire`.
@NullMarked
package meridian.dns.tsig;

import org.jspecify.annotations.NullMarked;
