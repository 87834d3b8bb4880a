package meridian.checker;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import meridian.health.ProbeResult;

/// Counts what all watches of a checker do, without one waiting for another.
final class Ledger {

    private final Lateness lateness = new Lateness();
    private final LongAdder passed = new LongAdder();
    private final LongAdder notMade = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final Map<ProbeResult.Kind, LongAdder> failed = new ConcurrentHashMap<>();

    void began(long late) {
        lateness.add(late);
    }

    void ended(ProbeResult result) {
        switch (result) {
            case ProbeResult.Passed _ -> passed.increment();
            case ProbeResult.Failed(var kind, _) -> count(kind).increment();
            case ProbeResult.NotMade _ -> notMade.increment();
        }
    }

    void skipped(long count) {
        skipped.add(count);
    }

    Counts counts(int watches) {
        var failures = new EnumMap<ProbeResult.Kind, Long>(ProbeResult.Kind.class);
        for (var kind : ProbeResult.Kind.values()) failures.put(kind, count(kind).sum());
        return new Counts(
                watches, passed.sum(), failures, notMade.sum(), skipped.sum(), lateness.snapshot());
    }

    private LongAdder count(ProbeResult.Kind kind) {
        return failed.computeIfAbsent(kind, _ -> new LongAdder());
    }
}
