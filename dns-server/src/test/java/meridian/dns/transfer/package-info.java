@NullMarked
package meridian.dns.transfer;

import org.jspecify.annotations.NullMarked;
