/// Tests of what exists.
@NullMarked
package meridian.topology;

import org.jspecify.annotations.NullMarked;
