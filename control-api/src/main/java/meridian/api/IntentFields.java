package meridian.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.intent.Origin;
import meridian.intent.Scope;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.ServiceId;
import meridian.topology.Topology;

/// The body of a request for an intent, field by field, checked against what exists. Whatever is
/// wrong is a [Refusal] that names the field and what is accepted.
///
/// @param what is asked for, with its article: `a drain`
record IntentFields(String what, ObjectNode body, Topology topology, Instant now) {

    private static final Set<String> ENDS = Set.of("for", "until", "until_removed");

    /// It is printed on terminals and kept in files: no escape sequences, no lines of their own.
    private static final Pattern PRINTABLE =
            Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\p{Zl}\\p{Zp}\u0080-\u009f]*");

    private static final String END_ACCEPTED =
            "exactly one of \"for\": \"2h\", \"until\": \"2026-12-01T18:00:00Z\" and"
                    + " \"until_removed\": true is accepted";

    IntentFields accepting(Set<String> fields) {
        for (var field : body.properties()) {
            if (!fields.contains(field.getKey())) {
                throw Refusal.badField(
                        field.getKey(),
                        what
                                + " has no field \""
                                + field.getKey()
                                + "\"; "
                                + String.join(", ", new TreeSet<>(fields))
                                + " are accepted");
            }
        }
        return this;
    }

    String needed(String field) {
        return text(field)
                .orElseThrow(
                        () ->
                                Refusal.badField(
                                        field, what + " needs a " + field + ", as a string"));
    }

    Scope scope() {
        RegionId region = region(needed("region"), topology);
        return new Scope(region, text("service").map(name -> service(name, region)));
    }

    NodeId vantage() {
        String name = needed("vantage");
        var vantages =
                topology.vantages().stream().map(node -> node.id()).collect(Collectors.toList());
        return vantages.stream()
                .filter(id -> id.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("vantage", name, vantages));
    }

    /// Where some service comes back by hand: a failback is about nothing else.
    Scope byHand() {
        Scope scope = scope();
        boolean isAny =
                topology.services().values().stream()
                        .filter(service -> scope.covers(scope.region(), service.id()))
                        .filter(service -> service.pool(scope.region()).isPresent())
                        .anyMatch(service -> service.comeback().byHand());
        if (isAny) return scope;
        throw Refusal.badField(
                scope.service().isPresent() ? "service" : "region",
                scope
                        + " waits for nobody: clients come back by themselves unless the service has"
                        + " failback = manual");
    }

    InetAddress probed() {
        String text = needed("address");
        InetAddress address = parsed("address", () -> Network.addressOf(text));
        if (isProbed(address)) return address;
        throw Refusal.badField(
                "address",
                "no monitor probes "
                        + text
                        + "; the address of an endpoint in /v1/health is accepted");
    }

    private boolean isProbed(InetAddress address) {
        return topology.services().values().stream()
                .filter(service -> service.monitor().isPresent())
                .flatMap(service -> service.pools().stream())
                .flatMap(pool -> pool.endpoints().stream())
                .anyMatch(endpoint -> endpoint.probed().filter(address::equals).isPresent());
    }

    boolean flag(String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) return false;
        if (value.isBoolean()) return value.booleanValue();
        throw Refusal.badField(field, field + " is " + value + "; true or false is accepted");
    }

    String reason() {
        String reason = needed("reason").strip();
        if (!PRINTABLE.matcher(reason).matches()) {
            throw Refusal.badField(
                    "reason",
                    "the reason has a control character or half a character; text in one line is accepted");
        }
        if (!reason.isEmpty() && reason.length() <= Origin.MAX_REASON) return reason;
        throw Refusal.badField(
                "reason",
                "the reason has "
                        + reason.length()
                        + " characters; 1 to "
                        + Origin.MAX_REASON
                        + " are accepted");
    }

    /// Empty: until it is removed.
    Optional<Instant> end() {
        List<String> given = ENDS.stream().filter(body::hasNonNull).sorted().toList();
        if (given.size() != 1) {
            throw Refusal.badField(
                    given.isEmpty() ? "for" : given.getLast(),
                    what
                            + " needs one end, and this has "
                            + (given.isEmpty() ? "none" : String.join(" and ", given))
                            + "; "
                            + END_ACCEPTED);
        }
        if (body.has("until_removed")) return untilRemoved();
        return text("for")
                .map(span -> now.plus(parsed("for", () -> DurationText.parse(span))))
                .or(() -> text("until").map(this::moment));
    }

    /// @throws Refusal naming the known regions
    static RegionId region(String name, Topology topology) {
        return topology.regions().keySet().stream()
                .filter(id -> id.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("region", name, topology.regions().keySet()));
    }

    /// @throws Refusal naming the known services
    static ServiceId service(String name, Topology topology) {
        return topology.services().keySet().stream()
                .filter(id -> id.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("service", name, topology.services().keySet()));
    }

    private ServiceId service(String name, RegionId region) {
        ServiceId id = service(name, topology);
        if (Stream.ofNullable(topology.services().get(id))
                .allMatch(s -> s.pool(region).isPresent())) return id;
        throw Refusal.badField("service", "service " + id + " has no pool in region " + region);
    }

    private Optional<String> text(String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) return Optional.empty();
        if (value.isTextual()) return Optional.of(value.textValue());
        throw Refusal.badField(field, field + " is " + value + "; a string is accepted");
    }

    private Optional<Instant> untilRemoved() {
        if (flag("until_removed")) return Optional.empty();
        throw Refusal.badField("until_removed", "until_removed is false; " + END_ACCEPTED);
    }

    private Instant moment(String text) {
        Instant moment;
        try {
            moment = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException _) {
            throw Refusal.badField(
                    "until",
                    "\""
                            + text
                            + "\" is no moment; 2026-12-01T18:00:00Z or with +01:00 is accepted");
        }
        if (!moment.isAfter(now)) {
            throw Refusal.badField("until", "until is " + moment + ", and it is " + now + " now");
        }
        if (moment.isAfter(now.plus(DurationText.LONGEST))) {
            throw Refusal.badField(
                    "until",
                    "until is more than "
                            + DurationText.LONGEST.toDays()
                            + " days away; "
                            + END_ACCEPTED);
        }
        return moment;
    }

    private static <T> T parsed(String field, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.badField(field, String.valueOf(e.getMessage()));
        }
    }

    private static Refusal unknown(String what, String name, Collection<?> known) {
        return Refusal.badField(
                what,
                "there is no "
                        + what
                        + " \""
                        + name
                        + "\"; "
                        + known.stream().map(Object::toString).collect(Collectors.joining(", "))
                        + (known.size() == 1 ? " is known" : " are known"));
    }
}
