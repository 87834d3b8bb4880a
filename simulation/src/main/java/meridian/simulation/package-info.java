/// The whole fleet in one thread on simulated time: the real parts, and everything around them that
/// can go wrong, from one seed. Read [meridian.simulation.Simulation] first, then
/// [meridian.simulation.Invariant].
///
/// May import: the JDK, JSpecify, SLF4J, the model, `meridian.cluster`, `meridian.dns`,
/// `meridian.checker`.
@NullMarked
package meridian.simulation;

import org.jspecify.annotations.NullMarked;
