package meridian.config;

import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.source.Tree;
import meridian.config.source.Tree.Scalar;
import meridian.record.DomainName;
import meridian.topology.Coordinates;
import meridian.topology.Network;

/// Reads one value of each form that the grammar has, or nothing and a problem.
final class Values {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})\\s*(ms|s|m|h|d)");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3})\\s*%");
    private static final Pattern KILOMETRES = Pattern.compile("([0-9]{1,5}(?:\\.[0-9]+)?)\\s*km");

    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    Optional<String> text(Tree tree) {
        if (tree instanceof Scalar(_, var type, var text) && type != Scalar.Kind.NOTHING)
            return Optional.of(text);
        return wrong(tree, "is " + tree.kind(), "a text is accepted");
    }

    Optional<Boolean> truth(Tree tree) {
        if (tree instanceof Scalar(_, var type, var text) && type == Scalar.Kind.TRUTH)
            return Optional.of(Boolean.valueOf(text));
        return wrong(tree, "is " + tree.kind(), "true or false is accepted");
    }

    Optional<Integer> number(Tree tree, int least, int most) {
        String accepted = "a whole number from " + least + " to " + most + " is accepted";
        if (!(tree instanceof Scalar(_, var type, var text)) || type != Scalar.Kind.NUMBER)
            return wrong(tree, "is " + tree.kind(), accepted);
        if (!text.matches("-?[0-9]{1,10}") || isOutside(Long.parseLong(text), least, most))
            return wrong(tree, "is " + text, accepted);
        return Optional.of(Integer.valueOf(text));
    }

    private static boolean isOutside(long number, int least, int most) {
        return number < least || number > most;
    }

    Optional<Double> decimal(Tree tree) {
        if (tree instanceof Scalar(_, var type, var text) && type == Scalar.Kind.NUMBER)
            return Optional.of(Double.valueOf(text));
        return wrong(tree, "is " + tree.kind(), "a number is accepted");
    }

    /// `500ms`, `20s`, `5m`, `2h`, `1d`; a number alone has no unit and is refused.
    Optional<Duration> duration(Tree tree) {
        Matcher matcher = DURATION.matcher(bare(tree));
        if (!matcher.matches())
            return wrong(
                    tree,
                    "is " + tree.kind() + ", not a duration",
                    "a whole number with its unit, as in 500ms, 20s, 5m, 2h or 1d, is accepted");
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    Optional<Duration> duration(Tree tree, Duration least, Duration most) {
        Optional<Duration> duration = duration(tree);
        if (duration.isEmpty()) return duration;
        if (duration.get().compareTo(least) >= 0 && duration.get().compareTo(most) <= 0)
            return duration;
        return wrong(
                tree, "is " + bare(tree), written(least) + " to " + written(most) + " is accepted");
    }

    /// As the configuration writes it: `500ms`, `20s`, `1h`.
    static String written(Duration duration) {
        if (duration.toMillisPart() != 0) return duration.toMillis() + "ms";
        if (duration.toSecondsPart() != 0 || duration.isZero()) return duration.toSeconds() + "s";
        if (duration.toMinutesPart() != 0) return duration.toMinutes() + "m";
        return duration.toHours() % 24 == 0 ? duration.toDays() + "d" : duration.toHours() + "h";
    }

    Optional<Integer> percent(Tree tree, int least) {
        String accepted = least + "% to 100% are accepted";
        Matcher matcher = PERCENT.matcher(bare(tree));
        if (!matcher.matches())
            return wrong(tree, "is " + tree.kind() + ", not a percentage", accepted);
        int percent = Integer.parseInt(matcher.group(1));
        if (isOutside(percent, least, 100)) return wrong(tree, "is " + bare(tree), accepted);
        return Optional.of(percent);
    }

    Optional<Double> kilometres(Tree tree) {
        Matcher matcher = KILOMETRES.matcher(bare(tree));
        if (matcher.matches()) return Optional.of(Double.valueOf(matcher.group(1)));
        return wrong(
                tree,
                "is " + tree.kind() + ", not a distance",
                "kilometres, as in 3000km, are accepted");
    }

    /// One of the known names of things of a kind; `what` is the kind with its article.
    Optional<String> known(Tree tree, String what, Collection<String> known) {
        Optional<String> text = text(tree);
        if (text.isEmpty() || known.contains(text.get())) return text;
        return wrong(
                tree, "\"" + text.get() + "\" is not " + what, Nearest.accepted(text.get(), known));
    }

    Optional<DomainName> domainName(Tree tree) {
        return text(tree).flatMap(text -> problems.attempt(tree.at(), () -> DomainName.of(text)));
    }

    Optional<InetAddress> address(Tree tree) {
        return text(tree)
                .flatMap(text -> problems.attempt(tree.at(), () -> Network.addressOf(text)));
    }

    Optional<Network> network(Tree tree) {
        return text(tree).flatMap(text -> problems.attempt(tree.at(), () -> Network.of(text)));
    }

    /// A file or folder; relative names start from the folder of the file that says so.
    Optional<Path> file(Tree tree) {
        Optional<String> text = text(tree);
        try {
            return text.map(tree.at()::resolve);
        } catch (InvalidPathException e) {
            return wrong(tree, "is no path: " + e.getReason(), "the path of a file is accepted");
        }
    }

    /// `[latitude, longitude]` in degrees.
    Optional<Coordinates> coordinates(Tree tree) {
        if (!(tree instanceof Tree.Listing(var at, var items)) || items.size() != 2)
            return wrong(
                    tree,
                    "is " + tree.kind() + ", not a place",
                    "[latitude, longitude] in degrees, as in [53.3, -6.2], is accepted");
        Optional<Double> latitude = decimal(items.get(0));
        Optional<Double> longitude = decimal(items.get(1));
        if (latitude.isEmpty() || longitude.isEmpty()) return Optional.empty();
        return problems.attempt(at, () -> new Coordinates(latitude.get(), longitude.get()));
    }

    static OptionalDouble optional(Optional<Double> value) {
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }

    /// Nothing, and a problem.
    <T> Optional<T> wrong(Tree tree, String wrong, String accepted) {
        Spot at = tree.at();
        problems.refuse(at, wrong, accepted);
        return Optional.empty();
    }

    private static String bare(Tree tree) {
        return tree instanceof Scalar(_, _, var text) ? text.strip() : "";
    }
}
