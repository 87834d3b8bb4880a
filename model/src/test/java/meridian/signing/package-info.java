/// Tests of signing.
@NullMarked
package meridian.signing;

import org.jspecify.annotations.NullMarked;
