/// Tests of the order of what nodes say.
@NullMarked
package meridian.time;

import org.jspecify.annotations.NullMarked;
