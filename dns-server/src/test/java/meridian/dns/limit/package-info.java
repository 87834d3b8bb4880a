/// Tests of how much a client network is sent.
@NullMarked
package meridian.dns.limit;

import org.jspecify.annotations.NullMarked;
