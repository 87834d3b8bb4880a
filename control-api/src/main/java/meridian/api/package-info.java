/// See, explain and overrule the fleet over HTTP. Read [meridian.api.ControlApi] first, then
/// [meridian.api.Routes].
///
/// May import: the JDK, JSpecify, `model`, Vert.x, Jackson, Micrometer, SLF4J.
@NullMarked
package meridian.api;

import org.jspecify.annotations.NullMarked;
