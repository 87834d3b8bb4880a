/// `./meridian demo`: a fleet of three real processes on this machine, and a story told by real
/// queries to it. Read [meridian.node.demo.Story] first.
///
/// May import: dnsjava, Jackson and picocli; of Meridian nothing, for it looks at nodes from
/// outside.
@NullMarked
package meridian.node.demo;

import org.jspecify.annotations.NullMarked;
