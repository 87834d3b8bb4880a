/// One vantage's opinions: what to probe, when, and what to make of it. Read
/// [meridian.checker.Watch] first, then [meridian.checker.Watches].
///
/// May import: the JDK, JSpecify, SLF4J, `model`, `meridian.checker.probe`.
@NullMarked
package meridian.checker;

import org.jspecify.annotations.NullMarked;
