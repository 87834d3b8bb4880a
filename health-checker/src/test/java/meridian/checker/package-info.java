/// Tests of the watches, on simulated time. Read [meridian.checker.WatchTest] first.
@NullMarked
package meridian.checker;

import org.jspecify.annotations.NullMarked;
