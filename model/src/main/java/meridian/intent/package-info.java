/// What operators asked for. Read [meridian.intent.Intent], then [meridian.intent.Intents].
///
/// May import: the JDK, JSpecify, `meridian.topology`, `meridian.time`.
@NullMarked
package meridian.intent;

import org.jspecify.annotations.NullMarked;
