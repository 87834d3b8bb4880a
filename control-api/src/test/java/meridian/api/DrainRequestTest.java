package meridian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import meridian.intent.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainRequestTest {

    @Test
    void readsADrainOfARegionForAWhile() {
        var request = read("{'region':'us-east','for':'2h','reason':'upgrade'}");
        assertThat(request)
                .isEqualTo(
                        new DrainRequest(
                                new Scope(HandmadeFleet.US, Optional.empty()),
                                Optional.of(Instant.parse("2026-11-22T14:00:00Z")),
                                "upgrade",
                                false));
    }

    @Test
    void aMomentMayHaveAnyOffset() {
        var request = read("{'region':'us-east','until':'2026-11-22T18:00:00+01:00','reason':'x'}");
        assertThat(request.end()).contains(Instant.parse("2026-11-22T17:00:00Z"));
    }

    @Test
    void untilRemovedHasNoEnd() {
        assertThat(read("{'region':'us-east','until_removed':true,'reason':'x'}").end()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {'for':'2h','reason':'x'} | region | a drain needs a region
                    {'region':7,'for':'2h','reason':'x'} | region | region is 7; a string is accepted
                    {'region':'mars','for':'2h','reason':'x'} | region | us-east, eu-west are known
                    {'region':'us-east','service':'x','for':'2h','reason':'x'} | service | shop, blog are known
                    {'region':'us-east','service':'blog','for':'2h','reason':'x'} | service | has no pool in region us-east
                    {'region':'us-east','reason':'x'} | for | a drain needs one end, and this has none
                    {'region':'us-east','for':'2h','until_removed':true,'reason':'x'} | until_removed | for and until_removed
                    {'region':'us-east','for':'2x','reason':'x'} | for | is no duration
                    {'region':'us-east','until':'soon','reason':'x'} | until | is no moment
                    {'region':'us-east','until':'2026-11-22T11:00:00Z','reason':'x'} | until | and it is 2026-11-22T12:00:00Z now
                    {'region':'us-east','until_removed':false,'reason':'x'} | until_removed | until_removed is false
                    {'region':'us-east','for':'2h'} | reason | a drain needs a reason
                    {'region':'us-east','for':'2h','reason':' '} | reason | the reason has 0 characters
                    {'region':'us-east','for':'2h','reason':'a\\u001b[31mb'} | reason | a control character
                    {'region':'us-east','for':'2h','reason':'a\\nb'} | reason | a control character
                    {'region':'us-east','for':'2h','reason':'\\ud800'} | reason | half a character
                    {'region':'us-east','for':'2h','reason':'x','force':'yes'} | force | true or false is accepted
                    {'region':'us-east','for':'2h','reason':'x','forse':true} | forse | a drain has no field
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

    private static DrainRequest read(String body) {
        return DrainRequest.read(
                Json.object(body.replace('\'', '"')),
                new HandmadeFleet().topology(),
                HandmadeFleet.NOON);
    }
}
