/// Tests of ready answers and of the keeper.
@NullMarked
package meridian.dns.ready;

import org.jspecify.annotations.NullMarked;
