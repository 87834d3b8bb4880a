/// Zone files in the standard format (RFC 1035 §5) as values of `meridian.record`. Read
/// [meridian.config.zonefile.ZoneFileReader] first.
///
/// May import: the JDK, JSpecify, `meridian.record`, `meridian.config.source`, dnsjava (which knows
/// how each record type is written).
@NullMarked
package meridian.config.zonefile;

import org.jspecify.annotations.NullMarked;
