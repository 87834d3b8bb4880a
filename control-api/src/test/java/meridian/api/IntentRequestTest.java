package meridian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import meridian.intent.Confirmation;
import meridian.intent.Failback;
import meridian.intent.Freeze;
import meridian.intent.Intent;
import meridian.intent.Origin;
import meridian.intent.Pardon;
import meridian.intent.Retirement;
import meridian.intent.Scope;
import meridian.topology.Network;
import meridian.topology.NodeId;
import meridian.topology.ServiceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentRequestTest {

    @Test
    void aFreezeHasAnEnd() {
        assertThat(read("{'kind':'freeze','for':'2h','reason':'odd figures'}"))
                .isEqualTo(new Freeze(origin("odd figures", Duration.ofHours(2))));
        assertThat(read("{'kind':'freeze','until_removed':true,'reason':'odd figures'}").end())
                .isEmpty();
    }

    @Test
    void aRetirementNamesAVantageAndLasts() {
        Intent retirement = read("{'kind':'retirement','vantage':'use1','reason':'gone'}");
        assertThat(((Retirement) retirement).vantage()).isEqualTo(new NodeId("use1"));
        assertThat(retirement.end()).isEmpty();
    }

    /// Were it to lapse while the region is down, traffic would come back to it.
    @Test
    void aConfirmationLasts() {
        Intent confirmation = read("{'kind':'confirmation','region':'us-east','reason':'dead'}");
        assertThat(((Confirmation) confirmation).scope())
                .isEqualTo(new Scope(HandmadeFleet.US, Optional.empty()));
        assertThat(confirmation.end()).isEmpty();
    }

    @Test
    void whatIsDoneOnceIsForgottenAfterADay() {
        assertThat(read("{'kind':'failback','region':'us-east','service':'shop','reason':'ok'}"))
                .isEqualTo(
                        new Failback(
                                origin("ok", Duration.ofDays(1)),
                                new Scope(HandmadeFleet.US, Optional.of(new ServiceId("shop")))));
        assertThat(read("{'kind':'pardon','address':'192.0.2.10','reason':'mended'}"))
                .isEqualTo(
                        new Pardon(
                                origin("mended", Duration.ofDays(1)),
                                Network.addressOf("192.0.2.10")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {'reason':'x'} | kind | an intent needs a kind
                    {'kind':'drain','reason':'x'} | kind | drains at /v1/drains
                    {'kind':'freeze','reason':'x'} | for | a freeze needs one end
                    {'kind':'freeze','for':'1h','region':'us-east','reason':'x'} | region | a freeze has no field
                    {'kind':'retirement','vantage':'moon','reason':'x'} | vantage | there is no vantage
                    {'kind':'confirmation','reason':'x'} | region | a confirmation needs a region
                    {'kind':'failback','region':'us-east','for':'1h','reason':'x'} | for | a failback has no field
                    {'kind':'failback','region':'eu-west','service':'blog','reason':'x'} | service | region eu-west of service blog waits for nobody
                    {'kind':'failback','region':'us-east','service':'blog','reason':'x'} | service | service blog has no pool in region us-east
                    {'kind':'pardon','address':'web-1','reason':'x'} | address | web-1
                    {'kind':'pardon','address':'192.0.2.1','reason':'x'} | address | no monitor probes 192.0.2.1
                    {'kind':'pardon','address':'192.0.2.10'} | reason | a pardon needs a reason
                    """)
    void namesTheFieldToBlame(String body, String field, String detail) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(Refusal.class)
                .satisfies(
                        e ->
                                assertThat(((Refusal) e).reply().body())
                                        .contains("\"field\" : \"" + field + "\"")
                                        .contains(detail));
    }

    private static Origin origin(String reason, Duration span) {
        return new Origin(
                "i1",
                "ann",
                reason,
                HandmadeFleet.NOON,
                Optional.of(HandmadeFleet.NOON.plus(span)));
    }

    private static Intent read(String body) {
        return IntentRequest.read(
                Json.object(body.replace('\'', '"')),
                "i1",
                "ann",
                new HandmadeFleet().topology(),
                HandmadeFleet.NOON);
    }
}
