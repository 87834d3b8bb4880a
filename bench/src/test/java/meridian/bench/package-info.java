/// Tests of what reads, counts and tells; what starts servers is tested as a command.
@NullMarked
package meridian.bench;

import org.jspecify.annotations.NullMarked;
