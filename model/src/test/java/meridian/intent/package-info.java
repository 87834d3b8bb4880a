/// Tests of what operators ask for.
@NullMarked
package meridian.intent;

import org.jspecify.annotations.NullMarked;
