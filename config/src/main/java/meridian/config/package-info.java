/// The configuration: HOCON and zone files to values of `model`, or every problem with its file and
/// line. Read [meridian.config.ConfigReader] first; what each key means is in `reference.conf`.
///
/// May import: the JDK, JSpecify, `model`, `meridian.config.source`, `meridian.config.zonefile`.
@NullMarked
package meridian.config;

import org.jspecify.annotations.NullMarked;
