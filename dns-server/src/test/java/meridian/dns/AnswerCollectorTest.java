package meridian.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meridian.dns.signed.TestSigning;
import meridian.dns.wire.Answer;
import meridian.dns.wire.Question;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import meridian.signing.Denial;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is proved where steering has nothing to answer, as for validators.
class AnswerCollectorTest {

    private static final DomainName APEX = DomainName.of("example.com");

    private static final ZoneContents CONTENTS =
            ZoneText.parse(
                    "example.com",
                    """
                    @       3600 SOA   ns1 hostmaster 1 3600 900 604800 300
                    @       3600 NS    ns1
                    ns1     3600 A     192.0.2.53
                    *.links 3600 CNAME silent
                    """);

    private static final StaticSteeredAnswers NOTHING =
            StaticSteeredAnswers.parse(
                    List.of(
                            "silent.example.com A 20 nothing scope 0",
                            "*.any.example.com A 20 nothing scope 0"));

    /// A record that says it has the type may be before the name as well: of NSEC that of the
    /// wildcard always is.
    @ParameterizedTest
    @EnumSource(Denial.class)
    void whereAWildcardHasNothingNoRecordSaysThatItHas(Denial denial) {
        for (int i = 0; i < 40; i++) assertDenied("n" + i + ".any", denial);
    }

    @ParameterizedTest
    @EnumSource(Denial.class)
    void norWhereTheNameHasNothingThatAnAliasLeadsTo(Denial denial) {
        for (int i = 0; i < 40; i++) assertDenied("n" + i + ".links", denial);
    }

    private static void assertDenied(String name, Denial denial) {
        List<RRset> proof = new ArrayList<>(answer(name, denial).authority());
        proof.removeIf(rrset -> !rrset.type().equals(denial.type()));
        assertThat(proof).as(name).isNotEmpty();
        assertThat(proof).as(name).map(RRset::owner).doesNotHaveDuplicates();
        assertThat(proof).as(name).map(RRset::ttl).contains(20L);
    }

    private static Answer answer(String name, Denial denial) {
        var zone =
                TestSigning.of(denial, "example.com")
                        .signer(APEX)
                        .orElseThrow()
                        .sign(CONTENTS, NOTHING.names(), _ -> 20);
        var client = new Client(InetAddress.getLoopbackAddress(), Optional.empty());
        var question =
                new Question(DomainName.of(name + ".example.com"), RecordType.A, Question.IN);
        return new AnswerCollector(new Zones(List.of(zone)), NOTHING, client, RecordType.A, true, 0)
                .collect(question);
    }
}
