package meridian.api;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import meridian.intent.Confirmation;
import meridian.intent.Drain;
import meridian.intent.Entry;
import meridian.intent.Failback;
import meridian.intent.Freeze;
import meridian.intent.Intent;
import meridian.intent.Intents;
import meridian.intent.Pardon;
import meridian.intent.Retirement;
import meridian.intent.Scope;
import meridian.topology.AddressText;
import meridian.topology.NodeId;
import meridian.topology.ServiceId;

/// An intent of any kind as the API shows it. What a kind does not have is empty.
///
/// @param target what it is about, as people say it
/// @param until empty: until it is removed
/// @param ended when someone ended it by hand
/// @param endedBy who did
record IntentResource(
        String id,
        String kind,
        String target,
        Optional<String> region,
        Optional<String> service,
        Optional<String> vantage,
        Optional<String> address,
        String owner,
        String reason,
        Instant begun,
        Optional<Instant> until,
        boolean standing,
        Optional<Instant> ended,
        Optional<String> endedBy) {

    /// @param ended those that are over and not yet forgotten, the last begun first
    record Lists(List<IntentResource> standing, List<IntentResource> ended) {}

    static Lists lists(Intents intents, Instant now) {
        return new Lists(
                intents.standing(Intent.class, now).stream().map(IntentResource::standing).toList(),
                intents.entries().values().stream()
                        .filter(entry -> !entry.standsAt(now))
                        .sorted(
                                Comparator.<Entry, Instant>comparing(
                                                entry -> entry.intent().begun())
                                        .reversed())
                        .map(entry -> of(entry.intent(), entry.ending(), false))
                        .toList());
    }

    static List<IntentResource> otherThanDrains(Intents intents, Instant now) {
        return intents.standing(Intent.class, now).stream()
                .filter(intent -> !(intent instanceof Drain))
                .map(IntentResource::standing)
                .toList();
    }

    static IntentResource standing(Intent intent) {
        return of(intent, Optional.empty(), true);
    }

    static IntentResource ended(Intent intent, String owner, Instant at) {
        return of(intent, Optional.of(new Entry.Ending(owner, at)), false);
    }

    /// The word for this kind, in requests and responses.
    static String kind(Intent intent) {
        return switch (intent) {
            case Drain _ -> "drain";
            case Freeze _ -> "freeze";
            case Retirement _ -> "retirement";
            case Confirmation _ -> "confirmation";
            case Failback _ -> "failback";
            case Pardon _ -> "pardon";
        };
    }

    static String target(Intent intent) {
        return switch (intent) {
            case Drain(_, var scope, _) -> scope.toString();
            case Freeze _ -> "all automatic moves";
            case Retirement(_, var vantage) -> "vantage " + vantage;
            case Confirmation(_, var scope) -> scope.toString();
            case Failback(_, var scope) -> scope.toString();
            case Pardon(_, var address) -> "endpoint " + AddressText.of(address);
        };
    }

    private static IntentResource of(
            Intent intent, Optional<Entry.Ending> ending, boolean standing) {
        Optional<Scope> scope = scope(intent);
        return new IntentResource(
                intent.id(),
                kind(intent),
                target(intent),
                scope.map(it -> it.region().name()),
                scope.flatMap(Scope::service).map(ServiceId::name),
                intent instanceof Retirement(_, NodeId vantage)
                        ? Optional.of(vantage.name())
                        : Optional.empty(),
                intent instanceof Pardon(_, InetAddress address)
                        ? Optional.of(AddressText.of(address))
                        : Optional.empty(),
                intent.owner(),
                intent.reason(),
                intent.begun(),
                intent.end(),
                standing,
                ending.map(Entry.Ending::at),
                ending.map(Entry.Ending::owner));
    }

    private static Optional<Scope> scope(Intent intent) {
        return switch (intent) {
            case Drain(_, var scope, _) -> Optional.of(scope);
            case Confirmation(_, var scope) -> Optional.of(scope);
            case Failback(_, var scope) -> Optional.of(scope);
            case Freeze _, Retirement _, Pardon _ -> Optional.empty();
        };
    }
}
