package meridian.health;

import static meridian.health.Hearing.quorum;
import static meridian.health.Hearing.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import meridian.time.Stamp;
import meridian.topology.Node;
import meridian.topology.NodeId;
import meridian.topology.RegionId;
import meridian.topology.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumTest {

    /// Vantages with their region, each with its vote (u up, d down, - unknown), and the verdict.
    @ParameterizedTest
    @CsvSource({
        "a@eu=u, u",
        "a@eu=d, d",
        "a@eu=-, -",
        "a@eu=d b@us=d, d",
        "a@eu=d b@us=u, -",
        "a@eu=d b@us=-, -",
        "a@eu=d b@us=d c@ap=u, d",
        "a@eu=d b@us=d c@ap=-, d",
        "a@eu=u b@us=u c@ap=d, u",
        "a@eu=d b@us=u c@ap=-, -",
        "a@eu=d b@us=- c@ap=-, -",
        "a@eu=- b@us=- c@ap=-, -",
        "a@eu=d b@eu=d c@us=u, -",
        "a@eu=d b@eu=d c@us=-, -",
        "a@eu=d b@eu=u c@us=d, d",
        "a@eu=u b@eu=u c@us=-, -",
        "a@eu=d b@eu=d c@eu=u, d",
        "a@eu=d b@us=d c@ap=u d@af=u, -",
        "a@eu=d b@us=d c@ap=d d@af=u, d",
        "a@eu=d b@eu=d c@eu=d d@eu=u e@us=u, -",
        "a@eu=d b@eu=d c@eu=d d@eu=d e@us=d, d"
    })
    void aMajorityOfTheConfiguredVantagesFromTwoRegionsDecides(String fleet, String verdict) {
        String[] members = fleet.split(" ", -1);
        Quorum quorum = quorumOf(members);
        Optional<Health> decided = quorum.verdict(votes(members)).map(Verdict::health);
        assertThat(decided).isEqualTo(health(verdict));
    }

    /// Votes as `vantage@region=health:millis`, and whose vote completed the quorum.
    @ParameterizedTest
    @CsvSource({
        "a@eu=d:5 b@us=d:3 c@ap=d:9, 5, a",
        "a@eu=d:5 b@us=d:3 c@ap=u:9, 5, a",
        "a@eu=d:1 b@eu=d:2 c@us=d:7, 7, c",
        "a@eu=d:1 b@us=d:1 c@ap=u:1, 1, b",
        "a@eu=d:1 b@eu=d:2 c@eu=d:3 d@us=d:2 e@us=u:1, 2, d"
    })
    void theStampIsOfTheVoteThatCompletedIt(String fleet, long millis, String node) {
        String[] members = fleet.split(" ", -1);
        Quorum quorum = quorumOf(members);
        assertThat(quorum.verdict(votes(members)))
                .contains(new Verdict(Health.DOWN, stamp(millis, node)));
    }

    @ParameterizedTest
    @CsvSource({
        "a@eu=-, true",
        "a@eu=d, false",
        "a@eu=d b@us=u c@ap=-, false",
        "a@eu=d b@us=- c@ap=-, true",
        "a@eu=d b@eu=d c@us=-, true",
        "a@eu=d b@eu=- c@us=u, false"
    })
    void itIsSightlessWhereNoVerdictCouldBeReached(String fleet, boolean sightless) {
        String[] members = fleet.split(" ", -1);
        Quorum quorum = quorumOf(members);
        assertThat(quorum.isSightless(votes(members))).isEqualTo(sightless);
    }

    /// Against the rule as a sentence, over random fleets and votes.
    @Test
    void votesDecideByTheRuleAndWhateverTheirOrder() {
        for (int seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            String[] members = new String[1 + random.nextInt(7)];
            for (int i = 0; i < members.length; i++) {
                members[i] =
                        "n%d@r%d=%s:%d"
                                .formatted(
                                        i,
                                        random.nextInt(3),
                                        "udd-".charAt(random.nextInt(4)),
                                        random.nextInt(5));
            }
            Quorum quorum = quorumOf(members);
            List<Vote> votes = votes(members);
            var shuffled = new ArrayList<>(votes);
            Collections.shuffle(shuffled, random);
            assertThat(quorum.verdict(votes).map(Verdict::health))
                    .as("seed %d: %s", seed, List.of(members))
                    .isEqualTo(expected(votes));
            assertThat(quorum.verdict(shuffled)).isEqualTo(quorum.verdict(votes));
        }
    }

    @Test
    void whoeverIsNoCheckerIsNoVantage() {
        var region = new RegionId("eu");
        var checker = node("a", region, Role.CHECKER);
        var server = node("b", region, Role.DNS);
        assertThat(Quorum.of(List.of(checker, server)).vantages()).containsOnlyKeys(checker.id());
    }

    @Test
    void withoutVantagesNothingIsDecided() {
        Quorum nobody = Quorum.of(List.of());
        assertThat(nobody.verdict(List.of())).isEmpty();
        assertThat(nobody.isSightless(List.of())).isTrue();
    }

    private static Quorum quorumOf(String... members) {
        return quorum(
                Stream.of(members)
                        .map(member -> member.substring(0, member.indexOf('=')))
                        .toArray(String[]::new));
    }

    private static Optional<Health> expected(List<Vote> votes) {
        boolean spanTwo = regions(votes) > 1;
        for (Health health : List.of(Health.DOWN, Health.UP)) {
            List<Vote> agreeing = votes.stream().filter(v -> v.health() == health).toList();
            if (agreeing.size() * 2 > votes.size() && (!spanTwo || regions(agreeing) > 1))
                return Optional.of(health);
        }
        return Optional.empty();
    }

    private static int regions(List<Vote> votes) {
        return new HashSet<>(votes.stream().map(Vote::region).toList()).size();
    }

    private static List<Vote> votes(String... members) {
        var votes = new ArrayList<Vote>();
        for (String member : members) {
            String[] parts = member.split("[@=:]", -1);
            Stamp stamp = stamp(parts.length > 3 ? Long.parseLong(parts[3]) : 1, parts[0]);
            Health health = health(parts[2]).orElse(Health.UNKNOWN);
            votes.add(new Vote(new RegionId(parts[1]), health, stamp, "", Optional.empty()));
        }
        return votes;
    }

    private static Optional<Health> health(String letter) {
        return switch (letter) {
            case "u" -> Optional.of(Health.UP);
            case "d" -> Optional.of(Health.DOWN);
            default -> Optional.empty();
        };
    }

    private static Node node(String name, RegionId region, Role role) {
        return new Node(
                new NodeId(name),
                region,
                Set.of(role),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
