package meridian.dns.ready;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import meridian.dns.zone.Lookup;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.steering.Explanation;
import meridian.steering.Plan;
import meridian.steering.Preference;
import meridian.steering.Preferences;
import meridian.steering.ServiceState;
import meridian.steering.Shape;
import meridian.steering.Steering;
import meridian.topology.ClientSet;
import meridian.topology.Network;
import meridian.topology.Place;
import meridian.topology.Policy;
import meridian.topology.Service;

/// Says why a client gets what it gets. It decides anew, by the same code that the ready answers
/// were compiled with, so what it tells is what is served.
public final class Explainer {

    private Explainer() {}

    /// Why `client` gets what it gets for a name and type; empty where the name is not steered for
    /// that type.
    ///
    /// @param draw stands for the one that a query would be handed
    public static Optional<Explanation> explain(
            Edition edition, DomainName name, RecordType type, Network client, long draw) {
        return switch (edition.serving().zones().lookup(name, type)) {
            case Lookup.Steered steered -> Optional.of(explain(edition, steered, client, draw));
            case Lookup.Found _,
                    Lookup.Alias _,
                    Lookup.Referral _,
                    Lookup.NoData _,
                    Lookup.NameError _,
                    Lookup.TooLong _,
                    Lookup.NotOurs _ ->
                    Optional.empty();
        };
    }

    /// What there is to say of a name and type that is not steered, in one clause.
    public static String instead(Edition edition, DomainName name, RecordType type) {
        String what = name + " " + type;
        return switch (edition.serving().zones().lookup(name, type)) {
            case Lookup.Steered _ -> what + " is steered";
            case Lookup.Found _ -> what + " is in its zone file, the same for every client";
            case Lookup.Alias alias ->
                    what + " is an alias of " + alias.target() + "; ask for that";
            case Lookup.Referral referral ->
                    what + " is handed on at the zone cut " + referral.ns().owner();
            case Lookup.NoData _ -> name + " exists and has no " + type;
            case Lookup.NameError _ -> name + " does not exist";
            case Lookup.TooLong _ -> what + " is renamed to a name that is too long";
            case Lookup.NotOurs() -> "no zone here holds " + name;
        };
    }

    private static Explanation explain(
            Edition edition, Lookup.Steered steered, Network client, long draw) {
        Service service = edition.answers().service(steered.name().index()).state().service();
        List<RecordType> measured = Shape.measured(service, steered.type());
        List<Explanation> families =
                measured.contains(steered.type())
                        ? List.of()
                        : measured.stream()
                                .map(
                                        type ->
                                                explain(
                                                        edition, steered, type, List.of(), client,
                                                        draw))
                                .toList();
        return explain(edition, steered, steered.type(), families, client, draw);
    }

    private static Explanation explain(
            Edition edition,
            Lookup.Steered steered,
            RecordType type,
            List<Explanation> families,
            Network client,
            long draw) {
        ReadyService ready = edition.answers().service(steered.name().index());
        ServiceState state = ready.state();
        Place place = edition.serving().atlas().place(client.address());
        Policy policy = state.service().policy();
        Preferences preferences = edition.serving().preferences();
        Predicate<ClientSet> inByNetwork = set -> holds(set, client.address());
        Preference preference = preferences.preference(policy, place, inByNetwork);
        Plan plan = Steering.plan(state, type, preference);
        return new Explanation(
                steered.owner(),
                steered.name().owner(),
                type,
                client,
                ready.classes().locate(client.address().getAddress()).scope(),
                place,
                state.service(),
                preferences.rule(policy, place, inByNetwork),
                Steering.candidates(state, type, preference),
                plan,
                Steering.choose(plan, state, type, draw),
                families);
    }

    private static boolean holds(ClientSet set, InetAddress address) {
        return set.networks().stream().anyMatch(network -> network.contains(address));
    }
}
