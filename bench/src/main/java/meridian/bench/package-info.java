/// `./meridian bench`: what a query costs, here and in other name servers. Read
/// [meridian.bench.Comparison] first, then [meridian.bench.Goal].
///
/// May import: picocli, JMH, and nothing of Meridian: what is compared is a process like the
/// others.
@NullMarked
package meridian.bench;

import org.jspecify.annotations.NullMarked;
