package meridian.dns.transfer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import meridian.dns.zone.Zone;

/// Which zones transfers read. Whoever would give the memory of a zone back that serves no more
/// asks here, and waits for them for as long as it can.
final class Leases {

    private final Map<Zone, Integer> readers = new ConcurrentHashMap<>();

    void take(Zone zone) {
        readers.merge(zone, 1, Integer::sum);
    }

    void end(Zone zone) {
        readers.computeIfPresent(zone, (_, count) -> count == 1 ? null : count - 1);
    }

    boolean isRead(Zone zone) {
        return readers.containsKey(zone);
    }
}
