package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What a node tells of itself, as `dig` reads it, and how much it sends to whoever asks too much.
@Needs(Tool.DIG)
class ToldIT {

    private static final String WWW =
            """
            services {
              www {
                names = ["www.example.com"]
                pools { us-east { endpoints = [{ v4 = "192.0.2.1" }] } }
              }
            }
            """;

    @TempDir private Path folder;

    @Test
    void digIsToldWhoAnswersAndWhy() throws Exception {
        String tells = "dns { tells { explain-to = [\"127.0.0.0/8\"] } }\n";
        try (var solo = Solo.start(folder, WWW + tells, Zones.SMALL)) {
            assertThat(dig(solo, "CH", "TXT", "id.server")).contains("\"solo\"");
            assertThat(dig(solo, "CH", "TXT", "version.bind")).contains("\"Meridian ");
            assertThat(dig(solo, "+nsid", "example.com")).contains("(\"solo\")");
            assertThat(dig(solo, "www.example.net")).contains("EDE: 20 (Not Authoritative)");
            assertThat(dig(solo, "CH", "TXT", "_explain.www.example.com"))
                    .contains("\"A for 127.0.0.1/32: 192.0.2.1 in us-east, because ")
                    .contains("\"A us-east 192.0.2.1 is up\"");
        }
    }

    @Test
    void nobodyIsToldWhatTheConfigurationDoesNotSay() throws Exception {
        String tells = "dns { tells { node = false, version = false } }\n";
        try (var solo = Solo.start(folder, WWW + tells, Zones.SMALL)) {
            for (String name : List.of("id.server", "version.bind", "_explain.www.example.com"))
                assertThat(dig(solo, "CH", "TXT", name))
                        .contains("status: REFUSED")
                        .contains("EDE: 18 (Prohibited)");
            assertThat(dig(solo, "+nsid", "example.com")).doesNotContain("NSID");
        }
    }

    @Test
    void whoAsksTooMuchIsAnsweredOverTcp() throws Exception {
        String limit = "dns { rate-limit { per-second = 1, slip = 1 } }\n";
        try (var solo = Solo.start(folder, WWW + limit, Zones.SMALL)) {
            for (int i = 0; i < 100; i++) {
                Message response = solo.node().dns().ask("www.example.com.", Type.A);
                assertThat(response.getSection(Section.ANSWER)).as("answer %d", i).hasSize(1);
            }
            String metric = "meridian_dns_rate_limited_total{outcome=\"truncated\"}";
            assertThat(solo.node().api().metric(metric)).isPositive();
        }
    }

    private String dig(Solo solo, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Tool.DIG.path().orElseThrow().toString());
        command.addAll(List.of("@127.0.0.1", "-p", "" + solo.node().address().getPort()));
        command.addAll(List.of(words));
        return Run.of(folder, Map.of(), command).out();
    }
}
