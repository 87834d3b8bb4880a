package meridian.dns.ready;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import meridian.dns.signed.AllCores;
import meridian.dns.signed.ZoneSigner;
import meridian.health.Trie;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Intents;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.steering.Outlook;
import meridian.steering.Part;
import meridian.steering.Prospects;
import meridian.steering.ServiceState;
import meridian.steering.Steering;
import meridian.steering.Variants;
import meridian.steering.WishBook;

/// What services may be answered with next, signed while nobody waits for it. Each of their states
/// is followed by few others: when a region falls as a whole, and by whatever one change there is
/// from where it stands ([Prospects]).
public final class Ahead {

    /// Services that are seen to before it is looked again what is newest.
    private static final int BATCH = 200;

    /// Sets of records of a service and type that one change may lead to: a pool of a hundred
    /// endpoints has ten thousand, of which what a region comes to is first.
    private static final int MOST_NEAR = 2_000;

    private Ahead() {}

    /// Signs what services are answered with as soon as this serves, by what is known. So the step
    /// that publishes it finds that: it would sign one set after the other, and nothing that turns
    /// is published meanwhile.
    public static void prepare(
            Serving next, Trie<WatchKey, Verdict> heard, Intents intents, Instant now) {
        var wishes = new WishBook(intents, now);
        var all = new ArrayList<OfType>();
        for (int i = 0; i < next.services().size(); i++) {
            if (next.signers(i).isEmpty()) continue;
            ServiceState state = next.state(i, heard, wishes);
            all.addAll(ofTypes(state, next.classes(i), next.signers(i)));
        }
        AllCores.map(all, OfType::signAnswers);
    }

    /// Signs all that the newest edition may come to.
    public static void sign(Supplier<Edition> newest) {
        for (List<ReadyService> due = due(newest); !due.isEmpty(); due = due(newest))
            AllCores.map(due, Ahead::signed);
    }

    private static List<ReadyService> due(Supplier<Edition> newest) {
        return newest.get().answers().services().stream()
                .filter(ReadyService::isToSignAhead)
                .limit(BATCH)
                .toList();
    }

    private static ReadyService signed(ReadyService service) {
        service.signAhead();
        return service;
    }

    /// What is found in its names' stores is there already.
    static void sign(
            ServiceState state, LocationClasses classes, Map<DomainName, ZoneSigner> signers) {
        signers.values().forEach(ZoneSigner::turn);
        ofTypes(state, classes, signers).forEach(OfType::sign);
    }

    private static List<OfType> ofTypes(
            ServiceState state, LocationClasses classes, Map<DomainName, ZoneSigner> signers) {
        return state.service().steeredTypes().stream()
                .map(type -> new OfType(state, type, classes, signers, new HashSet<>()))
                .toList();
    }

    /// @param known whose sets of records are signed
    private record OfType(
            ServiceState state,
            RecordType type,
            LocationClasses classes,
            Map<DomainName, ZoneSigner> signers,
            Set<List<Part>> known) {

        OfType signAnswers() {
            sets(List.of(state)).forEach(this::sign);
            return this;
        }

        void sign() {
            var _ = signAnswers();
            sets(Prospects.ofRegions(state, type)).forEach(this::sign);
            sets(Prospects.near(state)).limit(MOST_NEAR).forEach(this::sign);
        }

        private Stream<List<byte[]>> sets(List<ServiceState> states) {
            return states.stream().flatMap(this::sets);
        }

        private Stream<List<byte[]>> sets(ServiceState ahead) {
            return classes.sources(Outlook.of(ahead, type)).stream()
                    .map(source -> Steering.parts(ahead, type, source))
                    .filter(known::add)
                    .flatMap(parts -> Variants.of(state.service(), type, parts).records().stream())
                    .map(ReadyRecords::rdata);
        }

        private void sign(List<byte[]> rdata) {
            long ttl = state.service().ttl().toSeconds();
            signers.forEach(
                    (owner, signer) -> signer.signatures(new RRset(owner, type, ttl, rdata)));
        }
    }
}
