package meridian.api;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people type them: `2h`, `30m`, `1h30m`, `2d12h`, `90s`.
public final class DurationText {

    /// Longer than anyone means; it keeps moments within what a date can hold.
    public static final Duration LONGEST = Duration.ofDays(3650);

    private static final Pattern ACCEPTED =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

    private DurationText() {}

    /// Reads a duration, the larger units first.
    ///
    /// @throws IllegalArgumentException naming the text and what is accepted
    public static Duration parse(String text) {
        Matcher matcher = ACCEPTED.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no duration; 30m, 2h, 1h30m or 2d is accepted");
        }
        Duration duration =
                Duration.ofDays(number(matcher, 1))
                        .plusHours(number(matcher, 2))
                        .plusMinutes(number(matcher, 3))
                        .plusSeconds(number(matcher, 4));
        if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "\""
                            + text
                            + "\" is out of range; 1s to "
                            + LONGEST.toDays()
                            + "d is accepted");
        }
        return duration;
    }

    /// The same, written: the two largest units, cut off below; `0s` for less than a second.
    public static String of(Duration duration) {
        long[] amounts = {
            duration.toDays(),
            duration.toHoursPart(),
            duration.toMinutesPart(),
            duration.toSecondsPart()
        };
        var text = new StringBuilder();
        for (int i = 0, units = 0; i < amounts.length && units < 2; i++) {
            if (amounts[i] > 0) text.append(amounts[i]).append("dhms".charAt(i));
            if (!text.isEmpty()) units++;
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static long number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
