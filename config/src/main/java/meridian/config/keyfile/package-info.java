/// Keys of signed zones in the files that BIND keeps them in. Read
/// [meridian.config.keyfile.KeyFile] first.
///
/// May import: the model.
@NullMarked
package meridian.config.keyfile;

import org.jspecify.annotations.NullMarked;
