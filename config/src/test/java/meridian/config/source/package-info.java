/// Tests of what the files say, before anyone asks what it means.
@NullMarked
package meridian.config.source;

import org.jspecify.annotations.NullMarked;
