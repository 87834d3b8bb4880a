package meridian.simulation;

import java.util.List;
import java.util.Optional;
import meridian.dns.Client;
import meridian.dns.Snapshot;
import meridian.dns.SteeredAnswers;
import meridian.dns.ready.Edition;
import meridian.dns.ready.Moment;
import meridian.dns.ready.SnapshotKeeper;
import meridian.dns.zone.SteeredName;
import meridian.health.Tally;
import meridian.intent.Intents;
import meridian.record.RRset;
import meridian.record.RecordType;

/// Mistakes in the records of one type.
abstract class WrongTypes extends Parts {

    /// What is answered instead.
    abstract Optional<RRset> instead(RRset right);

    @Override
    public SnapshotKeeper.Step published(
            SnapshotKeeper keeper, Tally counted, Intents intents, Moment now) {
        SnapshotKeeper.Step right = super.published(keeper, counted, intents, now);
        Edition edition = right.edition();
        Snapshot snapshot = edition.snapshot();
        var wrong =
                new Snapshot(
                        snapshot.zones(),
                        snapshot.tails(),
                        new Wrong(snapshot.steered()),
                        snapshot.signedUntil());
        return new SnapshotKeeper.Step(
                new Edition(
                        edition.number(),
                        edition.published(),
                        wrong,
                        edition.serving(),
                        edition.quorum(),
                        edition.states(),
                        edition.verdicts()),
                edition.verdicts(),
                counted,
                now);
    }

    private final class Wrong implements SteeredAnswers {
        private final SteeredAnswers right;

        Wrong(SteeredAnswers right) {
            this.right = right;
        }

        @Override
        public Choice answer(SteeredName name, RecordType type, Client client, long draw) {
            Choice choice = right.answer(name, type, client, draw);
            return new Choice(
                    choice.rrset().flatMap(WrongTypes.this::instead), choice.scopePrefix());
        }
    }

    static final class WithoutIpv6 extends WrongTypes {
        @Override
        Optional<RRset> instead(RRset right) {
            return right.type().equals(RecordType.AAAA) ? Optional.empty() : Optional.of(right);
        }
    }

    /// All hosts are told of alike, however far down the client's order.
    static final class OneStep extends WrongTypes {
        private static final List<RecordType> OF_HOSTS = List.of(RecordType.MX, RecordType.SRV);

        @Override
        Optional<RRset> instead(RRset right) {
            if (!OF_HOSTS.contains(right.type())) return Optional.of(right);
            List<byte[]> alike = right.rdata().stream().map(byte[]::clone).toList();
            for (byte[] data : alike) data[1] = 1;
            return Optional.of(new RRset(right.owner(), right.type(), right.ttl(), alike));
        }
    }
}
