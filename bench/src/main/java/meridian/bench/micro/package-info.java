/// The parts of an answer, one by one: run by `./meridian bench micro`. Read
/// [meridian.bench.micro.World] first: what they all work on.
///
/// May import: JMH, the model, `meridian.config`, `meridian.dns`, and of `meridian.bench` the
/// workload.
@NullMarked
package meridian.bench.micro;

import org.jspecify.annotations.NullMarked;
