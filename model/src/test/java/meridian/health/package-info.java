/// Tests of probe results, votes and verdicts.
@NullMarked
package meridian.health;

import org.jspecify.annotations.NullMarked;
