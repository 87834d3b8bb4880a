/// Who gets what: from a policy and a client's place to an order of regions, and from that order
/// and the state of the pools to the endpoints of one answer. Read [meridian.steering.Steering]
/// first.
///
/// May import: the JDK, JSpecify and all of `model`.
@NullMarked
package meridian.steering;

import org.jspecify.annotations.NullMarked;
