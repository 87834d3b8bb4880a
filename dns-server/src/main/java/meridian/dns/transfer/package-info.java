/// Zones for secondaries of others: versions with serials that move, what changed between them, and
/// who is told. Read [meridian.dns.transfer.Publisher] first.
///
/// May import: the model, `meridian.dns` and its `wire`, `zone`, `signed`, `ready`, `tsig`.
@NullMarked
package meridian.dns.transfer;

import org.jspecify.annotations.NullMarked;
