/// Tests of signed zones.
@NullMarked
package meridian.dns.signed;

import org.jspecify.annotations.NullMarked;
