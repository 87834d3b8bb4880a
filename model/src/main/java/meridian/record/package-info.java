/// Names and records as the DNS knows them, without a server around them. Read
/// [meridian.record.DomainName] first.
///
/// May import: the JDK, JSpecify.
@NullMarked
package meridian.record;

import org.jspecify.annotations.NullMarked;
