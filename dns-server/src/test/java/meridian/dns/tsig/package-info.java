@NullMarked
package meridian.dns.tsig;

import org.jspecify.annotations.NullMarked;
