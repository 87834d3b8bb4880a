package meridian.config.zonefile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The numbers of a `$GENERATE`: from one to another, in steps.
record GeneratedRange(long first, long last, long step) {

    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,9})-([0-9]{1,9})(?:/([0-9]{1,9}))?");

    /// `1-20` or `2-20/2`; nothing where the text makes no sense.
    static Optional<GeneratedRange> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) return Optional.empty();
        long step = form.group(3) == null ? 1 : Long.parseLong(form.group(3));
        var range =
                new GeneratedRange(
                        Long.parseLong(form.group(1)), Long.parseLong(form.group(2)), step);
        return step == 0 || range.first > range.last ? Optional.empty() : Optional.of(range);
    }

    long count() {
        return (last - first) / step + 1;
    }
}
