package meridian.dns.transfer;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import meridian.dns.ClientNetwork;
import meridian.record.DomainName;
import meridian.topology.Network;

/// Room for so many transfers at a time, of which one holder may have half: others find some left,
/// whatever is wrong with that one. For any thread.
final class Room {

    /// Each transfer keeps a message or two, and its zone, for as long as its secondary takes; who
    /// is refused asks again after its retry.
    static final int IN_ALL = 100;

    static final int OF_ONE = IN_ALL / 2;

    private final Map<Holder, Integer> taken = new HashMap<>();
    private int all;

    /// Whose transfers are counted together.
    sealed interface Holder {

        /// Whoever has the key, wherever they are.
        record Key(DomainName name) implements Holder {}

        /// Whoever asks from there without one.
        record Client(Network network) implements Holder {}

        static Holder of(Optional<DomainName> key, InetAddress from) {
            return key.<Holder>map(Key::new).orElseGet(() -> new Client(ClientNetwork.of(from)));
        }
    }

    /// Whether there is room for one more; if so it is taken until [#leave].
    synchronized boolean take(Holder holder) {
        if (all == IN_ALL || taken.getOrDefault(holder, 0) == OF_ONE) return false;
        all++;
        taken.merge(holder, 1, Integer::sum);
        return true;
    }

    synchronized void leave(Holder holder) {
        all--;
        taken.computeIfPresent(holder, (_, count) -> count == 1 ? null : count - 1);
    }
}
