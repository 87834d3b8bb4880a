/// The command line, and one process from the roles dns, checker and api: the only place that
/// constructs across modules. Read [meridian.node.Main] first.
///
/// May import: everything.
@NullMarked
package meridian.node;

import org.jspecify.annotations.NullMarked;
