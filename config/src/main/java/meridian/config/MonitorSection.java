package meridian.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.Check;
import meridian.topology.Damping;
import meridian.topology.Monitor;
import meridian.topology.RiseFall;

/// `monitors { … }`.
final class MonitorSection {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);
    private static final List<String> KINDS = List.of("http", "https", "tcp");
    private static final int MOST_IN_A_ROW = 100;
    private static final Pattern STATUSES = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

    private final Problems problems;
    private final Values values;

    MonitorSection(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    Map<String, Monitor> read(SequencedMap<String, Tree> section) {
        var monitors = new LinkedHashMap<String, Monitor>();
        section.forEach(
                (name, tree) -> monitor(name, tree).ifPresent(one -> monitors.put(name, one)));
        return monitors;
    }

    private Optional<Monitor> monitor(String name, Tree tree) {
        Optional<Fields> found = Fields.of(tree, Schema.MONITOR, problems);
        if (found.isEmpty()) return Optional.empty();
        Fields fields = found.get();
        Optional<Check> check = check(fields);
        Optional<Duration> interval = interval(fields);
        Optional<Duration> timeout = interval.flatMap(length -> timeout(fields, length));
        var thresholds =
                new RiseFall(
                        fields.number("rise", 2, 1, MOST_IN_A_ROW),
                        fields.number("fall", 2, 1, MOST_IN_A_ROW));
        Duration hold = fields.duration("hold", Duration.ZERO, Duration.ZERO, LONGEST_HOLD);
        Optional<Damping> damping = new DampingReader(problems).read(fields);
        if (check.isEmpty() || interval.isEmpty() || timeout.isEmpty()) return Optional.empty();
        return problems.attempt(
                tree.at(),
                () ->
                        new Monitor(
                                name,
                                check.get(),
                                interval.get(),
                                timeout.get(),
                                thresholds,
                                hold,
                                damping));
    }

    private Optional<Duration> interval(Fields fields) {
        if (!fields.has("interval")) return Optional.of(INTERVAL);
        return fields.read(
                "interval",
                tree -> values.duration(tree, Monitor.SHORTEST_INTERVAL, LONGEST_INTERVAL));
    }

    private Optional<Duration> timeout(Fields fields, Duration interval) {
        Duration half = interval.dividedBy(2);
        if (!fields.has("timeout"))
            return Optional.of(half.compareTo(TIMEOUT) < 0 ? half : TIMEOUT);
        return fields.read("timeout", tree -> timeout(tree, interval));
    }

    private Optional<Duration> timeout(Tree tree, Duration interval) {
        Optional<Duration> timeout = values.duration(tree);
        if (timeout.isEmpty()) return timeout;
        if (timeout.get().isPositive() && timeout.get().compareTo(interval) < 0) return timeout;
        return values.wrong(
                tree,
                "is " + Values.written(timeout.get()),
                "above 0 and below the interval of " + Values.written(interval) + " is accepted");
    }

    private Optional<Check> check(Fields fields) {
        List<String> given = KINDS.stream().filter(fields::has).toList();
        if (given.size() != 1) {
            problems.refuse(
                    fields.at(),
                    given.isEmpty()
                            ? "has no check"
                            : "has the checks " + String.join(" and ", given),
                    "one of http { }, https { } and tcp { port = 5432 } is accepted");
            return Optional.empty();
        }
        return switch (given.getFirst()) {
            case "tcp" -> fields.block("tcp", Schema.TCP).flatMap(this::tcp);
            case "http" -> fields.block("http", Schema.HTTP).flatMap(one -> http(one, false));
            default -> fields.block("https", Schema.HTTPS).flatMap(one -> http(one, true));
        };
    }

    private Optional<Check> tcp(Fields fields) {
        fields.require("port", "port = 5432 is accepted");
        return port(fields).map(Check.Tcp::new);
    }

    private Optional<Check> http(Fields fields, boolean tls) {
        Optional<Integer> port = port(fields);
        SortedSet<Integer> expect = expect(fields);
        boolean verify = tls && fields.truth("verify", true);
        return problems.attempt(
                fields.at("path"),
                () ->
                        new Check.Http(
                                tls,
                                verify,
                                fields.text("path").orElse("/"),
                                port.isPresent() ? OptionalInt.of(port.get()) : OptionalInt.empty(),
                                fields.text("host"),
                                expect,
                                fields.text("body")));
    }

    private Optional<Integer> port(Fields fields) {
        return fields.read("port", tree -> values.number(tree, 1, 65535));
    }

    private SortedSet<Integer> expect(Fields fields) {
        var expect = new TreeSet<Integer>();
        for (Tree item : fields.items("expect"))
            values.text(item).ifPresent(text -> add(item, text, expect));
        // After a problem, or with nothing said, what most monitors want.
        if (expect.isEmpty()) expect.add(200);
        return expect;
    }

    private void add(Tree item, String text, SortedSet<Integer> expect) {
        Matcher matcher = STATUSES.matcher(text);
        if (!matcher.matches()) {
            problems.refuse(
                    item.at(),
                    "is " + item.kind() + ", not a status",
                    "100 to 599, or a range such as \"200-299\", is accepted");
            return;
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        for (int status = first; status <= last; status++) expect.add(status);
    }
}
