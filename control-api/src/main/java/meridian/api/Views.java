package meridian.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.topology.Network;

/// What can be seen of the fleet.
final class Views {

    private static final List<RecordType> STEERED =
            List.of(
                    RecordType.A,
                    RecordType.AAAA,
                    RecordType.CNAME,
                    RecordType.MX,
                    RecordType.SRV,
                    RecordType.SVCB,
                    RecordType.HTTPS);

    private final Fleet fleet;

    Views(Fleet fleet) {
        this.fleet = fleet;
    }

    record Regions(List<RegionResource> regions) {}

    record Services(List<ServiceResource> services) {}

    record Endpoints(List<HealthResource> endpoints) {}

    record Alarms(List<Fleet.Alarm> alarms) {}

    record Turns(List<TurnResource> turns) {}

    record TurnResource(
            Instant at,
            String what,
            Optional<String> address,
            Optional<String> health,
            String text) {

        static TurnResource of(Fleet.Turn turn) {
            return new TurnResource(
                    turn.at(),
                    turn.what(),
                    turn.address(),
                    turn.health().map(HealthResource::word),
                    turn.text());
        }
    }

    Reply status(Request request) {
        request.accepting(Set.of());
        return Reply.json(200, StatusResource.of(fleet));
    }

    Reply regions(Request request) {
        request.accepting(Set.of());
        return Reply.json(
                200,
                new Regions(
                        fleet.topology().regions().values().stream()
                                .map(region -> RegionResource.of(region, fleet))
                                .toList()));
    }

    Reply services(Request request) {
        request.accepting(Set.of());
        return Reply.json(
                200, new Services(fleet.states().stream().map(ServiceResource::of).toList()));
    }

    Reply health(Request request) {
        request.accepting(Set.of());
        return Reply.json(
                200, new Endpoints(HealthResource.all(fleet.topology(), Sight.of(fleet))));
    }

    Reply alarms(Request request) {
        request.accepting(Set.of());
        return Reply.json(200, new Alarms(fleet.alarms()));
    }

    /// `since` leaves out what was before; the node that is asked keeps the newest thousand.
    Reply turns(Request request) {
        request.accepting(Set.of("since"));
        Optional<Instant> since =
                request.parameter("since").map(text -> parsed("since", text, Views::moment));
        return Reply.json(
                200,
                new Turns(
                        fleet.turns().stream()
                                .filter(turn -> since.isEmpty() || turn.at().isAfter(since.get()))
                                .map(TurnResource::of)
                                .toList()));
    }

    Reply explain(Request request) {
        request.accepting(Set.of("name", "type", "from"));
        DomainName name =
                parsed("name", request.needed("name", "shop.example.com"), DomainName::of);
        RecordType type = request.parameter("type").map(Views::type).orElse(RecordType.A);
        Network client =
                request.parameter("from")
                        .map(text -> parsed("from", text, Network::of))
                        .orElseGet(() -> Network.of(request.caller().remote().getHostAddress()));
        return switch (fleet.explain(name, type, client)) {
            case Fleet.Explained.NotSteered(var instead) ->
                    throw Refusal.of(404, name + " " + type + " is not steered: " + instead);
            case Fleet.Explained.Steered(var explanation) ->
                    shown(ExplainResource.of(explanation, Sight.of(fleet)), request);
        };
    }

    Reply alive(Request request) {
        return Reply.text(200, "alive\n");
    }

    /// Ready: queries are answered, and from a configuration.
    Reply ready(Request request) {
        return reached(missing());
    }

    /// Started: a configuration is loaded, whatever else is still to come.
    Reply started(Request request) {
        return reached(
                missing().stream().filter(reason -> reason.contains("configuration")).toList());
    }

    private static Reply shown(ExplainResource explanation, Request request) {
        return request.wantsText()
                ? Reply.text(200, ExplanationText.of(explanation))
                : Reply.json(200, explanation);
    }

    private List<String> missing() {
        Fleet.Readiness readiness = fleet.readiness();
        var missing = new ArrayList<String>();
        if (!readiness.configured()) missing.add("no configuration is loaded yet");
        if (!readiness.listening()) missing.add("no DNS listener is open yet");
        if (!readiness.snapshotBuilt()) missing.add("no snapshot is built yet");
        return missing;
    }

    private static Reply reached(List<String> missing) {
        return missing.isEmpty()
                ? Reply.text(200, "ok\n")
                : Reply.text(503, String.join("\n", missing) + "\n");
    }

    private static RecordType type(String text) {
        String word = text.toUpperCase(Locale.ROOT);
        return STEERED.stream()
                .filter(type -> type.toString().equals(word))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refusal.badField(
                                        "type",
                                        "\""
                                                + text
                                                + "\" is not steered; A, AAAA, CNAME, MX, SRV,"
                                                + " SVCB and HTTPS are"));
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is no moment; one in UTC such as 2026-11-22T12:00:00Z is accepted");
        }
    }

    private static <T> T parsed(String field, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.badField(field, String.valueOf(e.getMessage()));
        }
    }
}
