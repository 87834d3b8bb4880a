package meridian.steering;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.health.Health;
import meridian.health.Verdict;
import meridian.record.RecordType;
import meridian.time.Stamp;
import meridian.topology.Endpoint;
import meridian.topology.GuardLimits.Velocity;

/// What a service may come to, for whoever makes ready what it will then answer.
public final class Prospects {

    private static final Verdict UP = ServiceState.UNWATCHED;
    private static final Verdict DOWN = fallen(UP.stamp());

    private Prospects() {}

    /// Wherever it stands, when regions fall as a whole: all are up, or none; and where an answer
    /// tells of several regions, all but one, or one alone. Nobody wants anything of any.
    public static List<ServiceState> ofRegions(ServiceState state, RecordType type) {
        var all = new ArrayList<>(List.of(up(state, _ -> true), up(state, _ -> false)));
        if (Shape.of(state.service(), type) == Shape.SAMPLE) return all;
        for (PoolState one : state.pools()) {
            all.add(up(state, pool -> !pool.equals(one)));
            all.add(up(state, pool -> pool.equals(one)));
        }
        return all;
    }

    private static ServiceState up(ServiceState state, Predicate<PoolState> isUp) {
        return state.with(
                pool ->
                        pool.with(Wishes.NONE, Map.of())
                                .measuring(
                                        0,
                                        _ -> true,
                                        _ -> Optional.of(isUp.test(pool) ? UP : DOWN)));
    }

    /// One change away from where it stands. First what happens to a region: it falls as a whole,
    /// comes back as a whole and takes all its clients, or is drained or no longer. Then what
    /// happens to one endpoint, with all that are judged by the same probe: it falls, or comes
    /// back.
    public static List<ServiceState> near(ServiceState state) {
        List<Stamp> moments = moments(state);
        Stream<ServiceState> ofRegions =
                state.pools().stream()
                        .flatMap(
                                one ->
                                        Stream.concat(
                                                Stream.of(back(state, one)),
                                                moments.stream()
                                                        .flatMap(at -> out(state, one, at))));
        Stream<ServiceState> ofEndpoints =
                probed(state).stream()
                        .flatMap(
                                address ->
                                        Stream.concat(
                                                Stream.of(turned(state, address, UP)),
                                                moments.stream()
                                                        .map(
                                                                at ->
                                                                        turned(
                                                                                state,
                                                                                address,
                                                                                fallen(at)))));
        return Stream.concat(ofRegions, ofEndpoints)
                .filter(near -> !near.equals(state))
                .distinct()
                .toList();
    }

    private static ServiceState back(ServiceState state, PoolState one) {
        return only(
                state, one, pool -> pool.with(Wishes.NONE, Map.of()).turned(isProbed(state), UP));
    }

    private static Stream<ServiceState> out(ServiceState state, PoolState one, Stamp at) {
        Optional<Stamp> drained = one.drained() ? Optional.empty() : Optional.of(at);
        Wishes wishes = new Wishes(drained, one.wishes().confirmed());
        return Stream.of(
                only(state, one, pool -> pool.turned(isProbed(state), fallen(at))),
                only(state, one, pool -> pool.with(wishes, pool.returns())));
    }

    private static ServiceState only(
            ServiceState state, PoolState one, UnaryOperator<PoolState> changed) {
        return state.with(pool -> pool.equals(one) ? changed.apply(pool) : pool);
    }

    private static ServiceState turned(ServiceState state, InetAddress probed, Verdict verdict) {
        return state.with(
                pool ->
                        pool.turned(
                                one -> one.probed().filter(probed::equals).isPresent(), verdict));
    }

    private static Predicate<Endpoint> isProbed(ServiceState state) {
        return one -> state.service().monitor().isPresent() && one.probed().isPresent();
    }

    private static Set<InetAddress> probed(ServiceState state) {
        return state.pools().stream()
                .flatMap(pool -> pool.pool().endpoints().stream())
                .filter(isProbed(state))
                .flatMap(one -> one.probed().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Verdict fallen(Stamp at) {
        return new Verdict(Health.DOWN, at);
    }

    /// When it may change, as far as that decides anything: after all that is known of it, and
    /// where the guard looks at how quickly regions leave, also when that is long ago.
    private static List<Stamp> moments(ServiceState state) {
        Stamp last =
                state.pools().stream()
                        .flatMap(Prospects::stamps)
                        .max(Stamp::compareTo)
                        .orElse(UP.stamp());
        Stamp next = UP.stamp().after(last);
        Optional<Duration> per = state.service().guard().automation().velocity().map(Velocity::per);
        return Stream.concat(Stream.of(next), per.stream().map(it -> later(next, it))).toList();
    }

    private static Stamp later(Stamp stamp, Duration by) {
        return new Stamp(stamp.time().next(stamp.time().millis() + by.toMillis()), stamp.node());
    }

    private static Stream<Stamp> stamps(PoolState pool) {
        return Stream.concat(
                pool.wishes().drained().stream(),
                pool.endpoints().stream()
                        .flatMap(measured -> measured.verdict().stream())
                        .map(Verdict::stamp));
    }
}
