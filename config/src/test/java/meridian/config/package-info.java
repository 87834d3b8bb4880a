@NullMarked
package meridian.config;

import org.jspecify.annotations.NullMarked;
