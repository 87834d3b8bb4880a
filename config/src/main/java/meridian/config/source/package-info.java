/// What the files say, before anyone asks what it means: a tree in which each value knows its file
/// and line, and the problems found. Read [meridian.config.source.Tree] first.
///
/// May import: the JDK, JSpecify, Typesafe Config. HOCON is known here and nowhere else.
@NullMarked
package meridian.config.source;

import org.jspecify.annotations.NullMarked;
