package meridian.node.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private static final int WIDTH = 100;
    private static final String STYLE = "\033\\[[0-9;]+m";

    private final StringWriter printed = new StringWriter();

    @Test
    void aTableFitsATerminal() {
        screen(true).answers(answers());
        assertThat(printed.toString().replaceAll(STYLE, "").lines())
                .hasSize(1 + Client.values().length)
                .allMatch(line -> line.length() <= WIDTH);
    }

    @Test
    void withoutATerminalEachLineSaysAllAndHasNoColours() {
        screen(false).answers(answers());
        assertThat(printed.toString()).doesNotContain("\033");
        assertThat(printed.toString().replace("\n   ", " "))
                .startsWith(
                        "   America 23.20.0.0/24: no answer by us-east-1; "
                                + "198.51.100.10 .11 (us-east) by eu-west-1, ap-south-1");
    }

    @Test
    void aLongSentenceIsWrapped() {
        screen(false).say("word ".repeat(60).strip());
        assertThat(printed.toString().lines())
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.startsWith("   word") && line.length() <= WIDTH);
    }

    @Test
    void afterTheEndItIsSilent() {
        Screen screen = screen(false);
        screen.close();
        screen.bad("the fleet is gone");
        assertThat(printed.toString()).isEmpty();
    }

    private Screen screen(boolean styled) {
        return new Screen(new PrintWriter(printed, true), styled);
    }

    /// The first name server is dead.
    private static SequencedMap<Client, SequencedMap<NameServer, Answer>> answers() {
        var answers = new LinkedHashMap<Client, SequencedMap<NameServer, Answer>>();
        for (Client client : Client.values()) {
            var byServer = new LinkedHashMap<NameServer, Answer>();
            for (Place place : Place.values())
                byServer.put(new NameServer(place, Ports.loopback(5301)), answer(place, client));
            answers.put(client, byServer);
        }
        return answers;
    }

    private static Answer answer(Place server, Client client) {
        if (server == Place.US_EAST) return new Answer.Silence();
        return new Answer.Addresses(List.copyOf(client.nearest().endpoints().reversed()));
    }
}
