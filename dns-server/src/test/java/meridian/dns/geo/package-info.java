/// Tests of places and location classes, and a small writer of databases to test with.
@NullMarked
package meridian.dns.geo;

import org.jspecify.annotations.NullMarked;
