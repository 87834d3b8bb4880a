/// Meridian from outside: real processes, real resolvers, the commands as typed. Read
/// [meridian.system.Run] first.
@NullMarked
package meridian.system;

import org.jspecify.annotations.NullMarked;
