/// Where a client is, and which location class that gives. Read [meridian.dns.geo.Atlas] first,
/// then [meridian.dns.geo.LocationTable].
///
/// May import: the JDK, JSpecify, `meridian.topology`, and the MaxMind database reader (in
/// [meridian.dns.geo.MmdbFile] alone).
@NullMarked
package meridian.dns.geo;

import org.jspecify.annotations.NullMarked;
