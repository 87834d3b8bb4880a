/// That each benchmark works, once.
@NullMarked
package meridian.bench.micro;

import org.jspecify.annotations.NullMarked;
