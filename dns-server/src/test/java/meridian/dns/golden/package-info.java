/// Whole answers against files that a DNS engineer can read. Begin with
/// [meridian.dns.golden.GoldenTest].
@NullMarked
package meridian.dns.golden;

import org.jspecify.annotations.NullMarked;
