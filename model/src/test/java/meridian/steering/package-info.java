/// Tests of who gets what.
@NullMarked
package meridian.steering;

import org.jspecify.annotations.NullMarked;
