/// How an endpoint is asked whether it is well: one class per kind of check. Read
/// [meridian.checker.probe.Probe] first, then [meridian.checker.probe.HttpProbe].
///
/// May import: the JDK, JSpecify, `model`, and of HttpComponents Core its HTTP/1.1 parser.
@NullMarked
package meridian.checker.probe;

import org.jspecify.annotations.NullMarked;
