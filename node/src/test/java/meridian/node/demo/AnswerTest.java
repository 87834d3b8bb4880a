package meridian.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void allEndpointsOfAPlaceLeadThereInWhateverOrder() {
        var answer = new Answer.Addresses(List.of("192.0.2.11", "192.0.2.10"));
        assertThat(answer.leadsTo(Place.EU_WEST)).isTrue();
        assertThat(answer).hasToString("192.0.2.10 .11");
        assertThat(answer.told()).isEqualTo("192.0.2.10 .11 (eu-west)");
    }

    @Test
    void someEndpointsOfAPlaceAreNotYetAllOfIt() {
        var answer = new Answer.Addresses(List.of("192.0.2.10"));
        assertThat(answer.place()).contains(Place.EU_WEST);
        assertThat(answer.leadsTo(Place.EU_WEST)).isFalse();
    }

    @Test
    void endpointsOfTwoPlacesLeadNowhere() {
        var answer = new Answer.Addresses(List.of("198.51.100.10", "192.0.2.10"));
        assertThat(answer.place()).isEmpty();
        assertThat(answer.told()).isEqualTo("192.0.2.10 198.51.100.10");
    }

    @Test
    void whatIsNoAnswerSaysSo() {
        assertThat(new Answer.Silence().told()).isEqualTo("no answer");
        assertThat(new Answer.Without("SERVFAIL").told()).isEqualTo("SERVFAIL");
        assertThat(new Answer.Addresses(List.of()).told()).isEqualTo("an empty answer");
    }
}
