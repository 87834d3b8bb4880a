/// How records are signed (DNSSEC, RFC 4034): keys and when they are in use, what a signature is
/// over, and the signature. Read [meridian.signing.ZoneKeys] first.
///
/// May import: `meridian.record`.
@NullMarked
package meridian.signing;

import org.jspecify.annotations.NullMarked;
