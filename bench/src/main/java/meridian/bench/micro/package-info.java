/// The parts of an answer, one by one: run by `./meridian bench micro`. Read
/// [meridian.bench.micro.World] first: what they all work on.
///
/// Each is warmed up for ten seconds: on a busy machine the responder was still being compiled
/// after three, and its figure fell from 13 µs to 2 µs while it was measured.
///
/// May import: JMH, the model, `meridian.config`, `meridian.dns`, and of `meridian.bench` the
/// workload.
@NullMarked
package meridian.bench.micro;

import org.jspecify.annotations.NullMarked;
