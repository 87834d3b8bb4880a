/// `./meridian drill`: breaks a fleet on purpose, and measures what clients saw of it. Read
/// [meridian.node.drill.Grounds] first: everything else is seen from outside, by DNS and the API.
///
/// May import: dnsjava, Jackson, Micrometer, picocli, and of Meridian the configuration and what it
/// is made of.
@NullMarked
package meridian.node.drill;

import org.jspecify.annotations.NullMarked;
