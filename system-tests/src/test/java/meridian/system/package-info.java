/// Meridian from outside: real processes, real resolvers, the commands as typed. Read
/// [meridian.system.MeridianProcess] first.
@NullMarked
package meridian.system;

import org.jspecify.annotations.NullMarked;
