package meridian.node;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import meridian.dns.ready.Edition;
import meridian.health.Health;
import meridian.health.Tally;
import meridian.health.Verdict;
import meridian.health.Vote;
import meridian.health.WatchKey;
import meridian.topology.AddressText;

/// The endpoints that pass again and are held down for a while, for they went down often.
final class HeldOut {

    private HeldOut() {}

    /// A warning for each: what is missing of the fleet is well, and comes back by itself.
    ///
    /// @param down see [#down]
    static List<Alarms.Condition> of(
            List<WatchKey> down, Edition edition, Tally tally, long nanos) {
        return down.stream().flatMap(key -> of(key, edition, tally, nanos).stream()).toList();
    }

    /// What is watched and down, by its key: the same for as long as the edition is.
    static List<WatchKey> down(Edition edition) {
        return edition.serving().keys().stream()
                .filter(key -> isDown(edition, key))
                .sorted()
                .toList();
    }

    private static boolean isDown(Edition edition, WatchKey key) {
        return Optional.ofNullable(edition.verdicts().get(key))
                .map(Verdict::health)
                .filter(Health.DOWN::equals)
                .isPresent();
    }

    private static Optional<Alarms.Condition> of(
            WatchKey key, Edition edition, Tally tally, long nanos) {
        List<Vote> votes =
                tally
                        .votes(
                                key,
                                edition.quorum(),
                                edition.serving().topology().agreement(),
                                nanos)
                        .stream()
                        .filter(vote -> vote.heldOut().isPositive())
                        .toList();
        return edition.serving()
                .probed(key)
                .filter(_ -> !votes.isEmpty())
                .map(address -> condition(AddressText.of(address), votes));
    }

    private static Alarms.Condition condition(String address, List<Vote> votes) {
        long seconds =
                votes.stream().map(Vote::heldOut).mapToLong(Duration::toSeconds).max().orElse(0);
        String vantages =
                votes.stream()
                        .map(vote -> vote.vantage().name())
                        .sorted()
                        .collect(Collectors.joining(", "));
        return Alarms.Condition.warning(
                "held-out",
                address,
                address
                        + " passes again and is held out for "
                        + seconds
                        + " s more by "
                        + vantages
                        + ", for it went down often; ./meridian pardon "
                        + address
                        + " lets it back");
    }
}
