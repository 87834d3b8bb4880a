package meridian.dns.ready;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import meridian.dns.signed.ZoneSigner;
import meridian.record.DomainName;
import meridian.steering.PoolState;
import meridian.steering.ServiceState;

/// Ready services for the nodes of a simulated fleet: each state is compiled once, however many of
/// them come to it. For one thread.
public final class Compiled {

    private static final int REMEMBERED = 1_000;

    private record Source(
            ServiceState state, LocationClasses classes, Map<DomainName, ZoneSigner> signers) {

        /// Of what differs between states of one service: to hash all of a service takes longer
        /// than to look a few up in vain.
        @Override
        public int hashCode() {
            int hash = state.service().id().hashCode();
            for (PoolState pool : state.pools()) {
                for (PoolState.Measured it : pool.endpoints())
                    hash = 31 * hash + it.verdict().hashCode();
            }
            return hash;
        }
    }

    private final Map<Source, ReadyService> services = new LinkedHashMap<>();

    ReadyService service(
            ServiceState state,
            LocationClasses classes,
            Map<DomainName, ZoneSigner> signers,
            Optional<ReadyService> before) {
        if (services.size() > REMEMBERED) services.remove(services.keySet().iterator().next());
        return services.computeIfAbsent(
                new Source(state, classes, signers),
                _ -> ReadyService.of(state, classes, signers, before));
    }
}
