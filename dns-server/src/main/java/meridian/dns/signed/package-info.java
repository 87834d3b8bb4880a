/// Signs zones and steered answers before anyone asks. Read [meridian.dns.signed.Signing] first.
///
/// May import: `meridian.record`, `meridian.signing`, `meridian.dns.zone`.
@NullMarked
package meridian.dns.signed;

import org.jspecify.annotations.NullMarked;
