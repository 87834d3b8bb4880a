package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A running node and changes of its files, good and bad.
class ReloadIT {

    private static final String FIRST = "192.0.2.1";
    private static final String SECOND = "192.0.2.2";
    private static final String BAD =
            "services { www { names = [\"www.example.com\"], weight = 1 } }";

    @TempDir private Path folder;

    private Solo solo;

    @BeforeEach
    void start() throws IOException {
        solo = Solo.start(folder, answering(FIRST), Zones.SMALL);
        assertThat(answer()).containsExactly(FIRST);
    }

    @AfterEach
    void end() {
        solo.close();
    }

    @Test
    void aChangedConfigurationIsTakenByItself() throws Exception {
        solo.configure(answering(SECOND));
        awaitAnswer(SECOND);
        assertThat(configuration().path("state").asText()).isEqualTo("accepted");
        assertThat(solo.node().api().metric("meridian_config_accepted_total")).isEqualTo(2);
    }

    @Test
    void aChangedZoneFileIsTakenByItself() throws Exception {
        String zone = Zones.SMALL + "fresh A 192.0.2.77\n";
        Solo.replace(folder.resolve("example.com.zone"), zone.getBytes(StandardCharsets.UTF_8));
        Fleet.await("the new record")
                .until(() -> addresses("fresh.example.com."), List.of("192.0.2.77")::equals);
    }

    @Test
    void aHangUpReadsTheFilesAgain() throws Exception {
        hangUp();
        Fleet.await("a second reading")
                .until(() -> solo.node().api().metric("meridian_config_accepted_total") >= 2);
        assertThat(answer()).containsExactly(FIRST);
    }

    @Test
    void aBadFileChangesNothingAndIsTold() throws Exception {
        solo.configure(BAD);
        awaitRefusals(1);
        assertThat(stale()).isOne();
        assertThat(answer()).containsExactly(FIRST);
        assertThat(configuration().path("state").asText()).isEqualTo("last reload failed");
        assertThat(configuration().path("problems").toString())
                .contains("meridian.conf:", "weight");
        assertThat(solo.node().process().log()).contains("ERROR", "refused", "weight");

        hangUp();
        awaitRefusals(2);
        assertThat(answer()).containsExactly(FIRST);
    }

    @Test
    void aGoodFileAfterABadOneIsTaken() throws Exception {
        solo.configure(BAD);
        awaitRefusals(1);
        solo.configure(answering(SECOND));
        awaitAnswer(SECOND);
        assertThat(stale()).isZero();
        assertThat(configuration().path("problems")).isEmpty();
    }

    private static String answering(String address) {
        return """
               services {
                 www {
                   names = ["www.example.com"]
                   pools { us-east { endpoints = [{ v4 = "%s" }] } }
                 }
               }
               """
                .formatted(address);
    }

    private void awaitAnswer(String address) {
        Fleet.await("the answer " + address).until(this::answer, List.of(address)::equals);
    }

    private List<String> answer() throws IOException {
        return addresses("www.example.com.");
    }

    private List<String> addresses(String name) throws IOException {
        Message response = solo.node().dns().ask(name, Type.A);
        return response.getSection(Section.ANSWER).stream()
                .map(record -> record.rdataToString())
                .toList();
    }

    private void hangUp() throws IOException, InterruptedException {
        String pid = Long.toString(solo.node().process().pid());
        assertThat(Run.of(folder, Map.of(), List.of("kill", "-HUP", pid)).status()).isZero();
    }

    private void awaitRefusals(int count) {
        Fleet.await(count + " refusals")
                .until(() -> solo.node().api().metric("meridian_config_refused_total") >= count);
    }

    private double stale() throws IOException, InterruptedException {
        return solo.node().api().metric("meridian_config_stale");
    }

    private JsonNode configuration() throws IOException, InterruptedException {
        return solo.node().api().get("/v1/status").json().path("configuration");
    }
}
