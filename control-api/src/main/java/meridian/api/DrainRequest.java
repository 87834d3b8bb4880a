package meridian.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import meridian.intent.Drain;
import meridian.topology.RegionId;
import meridian.topology.Service;
import meridian.topology.ServiceId;
import meridian.topology.Topology;

/// What someone asks for with `POST /v1/drains`, checked against what exists.
///
/// @param end empty: until it is removed
record DrainRequest(
        RegionId region,
        Optional<ServiceId> service,
        Optional<Instant> end,
        String reason,
        boolean force) {

    private static final Set<String> ENDS = Set.of("for", "until", "until_removed");
    private static final Set<String> FIELDS =
            Set.of("region", "service", "for", "until", "until_removed", "reason", "force");

    /// It is printed on terminals and kept in files: no escape sequences, no lines of their own.
    private static final Pattern PRINTABLE =
            Pattern.compile("[^\\p{Cntrl}\\p{Cs}\\p{Zl}\\p{Zp}\u0080-\u009f]*");

    private static final String END_ACCEPTED =
            "exactly one of \"for\": \"2h\", \"until\": \"2026-12-01T18:00:00Z\" and"
                    + " \"until_removed\": true is accepted";

    /// @throws Refusal naming the field that is to blame and what is accepted
    static DrainRequest read(ObjectNode body, Topology topology, Instant now) {
        refuseUnknown(body);
        RegionId region =
                region(text(body, "region").orElseThrow(() -> missing("region")), topology);
        return new DrainRequest(
                region,
                text(body, "service").map(name -> service(name, region, topology)),
                end(body, now),
                reason(body),
                flag(body, "force"));
    }

    /// @throws Refusal naming the known regions
    static RegionId region(String name, Topology topology) {
        return topology.regions().keySet().stream()
                .filter(id -> id.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("region", name, topology.regions()));
    }

    /// @throws Refusal naming the known services
    static ServiceId service(String name, Topology topology) {
        return topology.services().keySet().stream()
                .filter(id -> id.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown("service", name, topology.services()));
    }

    /// The services that this concerns.
    List<Service> services(Topology topology) {
        return topology.services().values().stream()
                .filter(candidate -> service.isEmpty() || service.get().equals(candidate.id()))
                .filter(candidate -> candidate.pool(region).isPresent())
                .toList();
    }

    String target() {
        return target(region, service);
    }

    static String target(RegionId region, Optional<ServiceId> service) {
        return "region " + region + service.map(id -> " of service " + id).orElse("");
    }

    private static ServiceId service(String name, RegionId region, Topology topology) {
        ServiceId id = service(name, topology);
        if (Stream.ofNullable(topology.services().get(id))
                .allMatch(s -> s.pool(region).isPresent())) return id;
        throw Refusal.badField("service", "service " + id + " has no pool in region " + region);
    }

    private static void refuseUnknown(ObjectNode body) {
        for (var field : body.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw Refusal.badField(
                        field.getKey(),
                        "a drain has no field \""
                                + field.getKey()
                                + "\"; "
                                + String.join(", ", new TreeSet<>(FIELDS))
                                + " are accepted");
            }
        }
    }

    private static Optional<Instant> end(ObjectNode body, Instant now) {
        List<String> given = ENDS.stream().filter(body::hasNonNull).sorted().toList();
        if (given.size() != 1) {
            throw Refusal.badField(
                    given.isEmpty() ? "for" : given.getLast(),
                    "a drain needs one end, and this has "
                            + (given.isEmpty() ? "none" : String.join(" and ", given))
                            + "; "
                            + END_ACCEPTED);
        }
        if (body.has("until_removed")) return untilRemoved(body);
        return text(body, "for")
                .map(span -> now.plus(parsed("for", () -> DurationText.parse(span))))
                .or(() -> text(body, "until").map(moment -> moment(moment, now)));
    }

    private static Optional<Instant> untilRemoved(ObjectNode body) {
        if (flag(body, "until_removed")) return Optional.empty();
        throw Refusal.badField("until_removed", "until_removed is false; " + END_ACCEPTED);
    }

    private static Instant moment(String text, Instant now) {
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

    private static String reason(ObjectNode body) {
        String reason = text(body, "reason").orElseThrow(() -> missing("reason")).strip();
        if (!PRINTABLE.matcher(reason).matches()) {
            throw Refusal.badField(
                    "reason",
                    "the reason has a control character or half a character; text in one line is accepted");
        }
        if (!reason.isEmpty() && reason.length() <= Drain.MAX_REASON) return reason;
        throw Refusal.badField(
                "reason",
                "the reason has "
                        + reason.length()
                        + " characters; 1 to "
                        + Drain.MAX_REASON
                        + " are accepted");
    }

    private static Optional<String> text(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) return Optional.empty();
        if (value.isTextual()) return Optional.of(value.textValue());
        throw Refusal.badField(field, field + " is " + value + "; a string is accepted");
    }

    private static boolean flag(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) return false;
        if (value.isBoolean()) return value.booleanValue();
        throw Refusal.badField(field, field + " is " + value + "; true or false is accepted");
    }

    private static <T> T parsed(String field, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw Refusal.badField(field, String.valueOf(e.getMessage()));
        }
    }

    private static Refusal missing(String field) {
        return Refusal.badField(field, "a drain needs a " + field + ", as a string");
    }

    private static Refusal unknown(String what, String name, SequencedMap<?, ?> known) {
        return Refusal.badField(
                what,
                "there is no "
                        + what
                        + " \""
                        + name
                        + "\"; "
                        + known.keySet().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(", "))
                        + " are known");
    }
}
