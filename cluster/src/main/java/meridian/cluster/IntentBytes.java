package meridian.cluster;

import java.util.Optional;
import meridian.intent.Confirmation;
import meridian.intent.Drain;
import meridian.intent.Entry;
import meridian.intent.Failback;
import meridian.intent.Freeze;
import meridian.intent.Intent;
import meridian.intent.Origin;
import meridian.intent.Pardon;
import meridian.intent.Retirement;
import meridian.intent.Scope;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;

/// How intents look as bytes, in messages and on disk alike: a byte for the kind, what all kinds
/// have, what this kind has, and what became of it.
final class IntentBytes {

    /// The bytes of the shortest.
    static final int LEAST = 36;

    private IntentBytes() {}

    static void write(Entry entry, ByteSink out) {
        write(entry.intent(), out);
        out.optional(entry.ending(), ending -> write(ending, out));
        out.stamp(entry.stamp());
    }

    private static void write(Entry.Ending ending, ByteSink out) {
        out.text(ending.owner());
        out.instant(ending.at());
    }

    static Entry read(ByteSource in) {
        Intent intent = readIntent(in);
        Optional<Entry.Ending> ending =
                in.optional(() -> new Entry.Ending(in.text(), in.instant()));
        return new Entry(intent, ending, in.stamp());
    }

    private static void write(Intent intent, ByteSink out) {
        out.u8(kind(intent));
        write(intent.origin(), out);
        switch (intent) {
            case Drain(_, var scope, var forced) -> {
                write(scope, out);
                out.flag(forced);
            }
            case Freeze _ -> {}
            case Retirement(_, var vantage) -> out.node(vantage);
            case Confirmation(_, var scope) -> write(scope, out);
            case Failback(_, var scope) -> write(scope, out);
            case Pardon(_, var address) -> out.address(address);
        }
    }

    private static int kind(Intent intent) {
        return switch (intent) {
            case Drain _ -> 1;
            case Freeze _ -> 2;
            case Retirement _ -> 3;
            case Confirmation _ -> 4;
            case Failback _ -> 5;
            case Pardon _ -> 6;
        };
    }

    private static Intent readIntent(ByteSource in) {
        int kind = in.u8();
        Origin origin = readOrigin(in);
        return switch (kind) {
            case 1 -> new Drain(origin, readScope(in), in.flag());
            case 2 -> new Freeze(origin);
            case 3 -> new Retirement(origin, in.node());
            case 4 -> new Confirmation(origin, readScope(in));
            case 5 -> new Failback(origin, readScope(in));
            case 6 -> new Pardon(origin, in.address());
            default -> throw new IllegalArgumentException("there is no intent of kind " + kind);
        };
    }

    private static void write(Origin origin, ByteSink out) {
        out.text(origin.id());
        out.text(origin.owner());
        out.text(origin.reason());
        out.instant(origin.begun());
        out.optional(origin.end(), out::instant);
    }

    private static Origin readOrigin(ByteSource in) {
        return new Origin(in.text(), in.text(), in.text(), in.instant(), in.optional(in::instant));
    }

    private static void write(Scope scope, ByteSink out) {
        out.text(scope.region().name());
        out.optional(scope.service(), service -> out.text(service.name()));
    }

    private static Scope readScope(ByteSource in) {
        return new Scope(new RegionId(in.text()), in.optional(() -> new ServiceId(in.text())));
    }
}
