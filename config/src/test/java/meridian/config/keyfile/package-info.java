/// Tests of key files.
@NullMarked
package meridian.config.keyfile;

import org.jspecify.annotations.NullMarked;
