package meridian.node;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import meridian.api.Fleet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What someone should look at, each since when. Begun and ended alarms are lines in the log.
final class Alarms {

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    /// A thing that is so now.
    ///
    /// @param kind a word, with [#subject] what tells two conditions apart
    /// @param patience for how long it must have been so to be worth anyone's attention
    record Condition(
            Fleet.Severity severity, String kind, String subject, String text, Duration patience) {

        static Condition alarm(String kind, String subject, String text) {
            return new Condition(Fleet.Severity.ALARM, kind, subject, text, Duration.ZERO);
        }

        static Condition warning(String kind, String subject, String text) {
            return new Condition(Fleet.Severity.WARNING, kind, subject, text, Duration.ZERO);
        }

        /// The same, where it passes by itself within a while as a rule.
        Condition lasting(Duration patience) {
            return new Condition(severity, kind, subject, text, patience);
        }
    }

    private record Key(String kind, String subject) {}

    private Map<Key, Instant> since = Map.of();
    private volatile Map<Key, Fleet.Alarm> alarms = Map.of();

    /// Takes note of everything that is so at `now`; what is no longer so ends.
    synchronized void observe(List<Condition> conditions, Instant now) {
        var begun = new HashMap<Key, Instant>();
        var next = new LinkedHashMap<Key, Fleet.Alarm>();
        for (Condition condition : conditions) {
            var key = new Key(condition.kind(), condition.subject());
            Instant began = since.getOrDefault(key, now);
            begun.put(key, began);
            if (!began.plus(condition.patience()).isAfter(now)) {
                next.put(
                        key,
                        new Fleet.Alarm(
                                condition.severity(),
                                condition.kind(),
                                condition.subject(),
                                condition.text(),
                                began));
            }
        }
        since = begun;
        next.forEach(
                (key, alarm) -> {
                    if (!alarms.containsKey(key))
                        LOG.warn(
                                "{} {} of {}: {}",
                                word(alarm),
                                alarm.kind(),
                                alarm.subject(),
                                alarm.text());
                });
        alarms.forEach(
                (key, alarm) -> {
                    if (!next.containsKey(key))
                        LOG.info(
                                "{} {} of {} is over; it began at {}",
                                word(alarm),
                                alarm.kind(),
                                alarm.subject(),
                                alarm.since());
                });
        alarms = next;
    }

    List<Fleet.Alarm> current() {
        return new ArrayList<>(alarms.values());
    }

    private static String word(Fleet.Alarm alarm) {
        return alarm.severity().word();
    }
}
