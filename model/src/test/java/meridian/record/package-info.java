/// Tests of names and records.
@NullMarked
package meridian.record;

import org.jspecify.annotations.NullMarked;
