package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Type;

/// A certificate's life on a node that runs, as `kdig` sees it, who verifies. That answers are the
/// same as over UDP, [DigKdigDelvIT] shows.
@Needs(Tool.KDIG)
class DnsOverTlsIT {

    @TempDir private Path folder;

    @Test
    void aRenewedCertificateIsShownAndABrokenOneIsNot() throws Exception {
        try (var solo = Solo.encrypted(folder, "", Zones.SMALL)) {
            assertThat(isVerified(solo, "first")).isTrue();
            Solo.show(folder, "second");
            Fleet.await("the second certificate").until(() -> isVerified(solo, "second"));
            assertThat(isVerified(solo, "first")).isFalse();
            assertThat(solo.node().api().metric("meridian_dns_tls_certificate_life_seconds"))
                    .isGreaterThan(90 * 365 * 86_400.0);

            Solo.replace(folder.resolve("tls.key"), "torn".getBytes(StandardCharsets.US_ASCII));
            Fleet.await("the alarm").until(() -> alarms(solo).contains("certificate-refused"));
            assertThat(alarms(solo)).contains("tls.key: has no key");
            assertThat(isVerified(solo, "second")).isTrue();

            Solo.show(folder, "first");
            Fleet.await("the first certificate").until(() -> isVerified(solo, "first"));
            Fleet.await("no alarm").until(() -> !alarms(solo).contains("certificate-refused"));
        }
    }

    @Test
    void aNodeWhoseCertificateIsBrokenAtItsStartAnswersEverybodyElse() throws Exception {
        try (var solo = Solo.encrypted(folder, "", Zones.SMALL)) {
            Solo.replace(folder.resolve("tls.pem"), new byte[0]);
            solo.node().process().stop();
            solo.node().startAgain();
            solo.node().awaitReady();
            assertThat(solo.node().dns().ask("example.com.", Type.SOA).getHeader().getRcode())
                    .isZero();
            assertThat(isVerified(solo, "first")).isFalse();
            Solo.show(folder, "first");
            Fleet.await("the certificate").until(() -> isVerified(solo, "first"));
        }
    }

    private static String alarms(Solo solo) throws IOException, InterruptedException {
        return solo.node().api().get("/v1/alarms").json().toString();
    }

    private boolean isVerified(Solo solo, String name) throws IOException, InterruptedException {
        var command =
                List.of(
                        Tool.KDIG.path().orElseThrow().toString(),
                        "@127.0.0.1",
                        "-p",
                        "" + solo.tlsPort(),
                        "+tls-ca=" + Solo.certificate(name, ".pem"),
                        "+tls-hostname=" + name + ".example.com",
                        "+retry=0",
                        "+timeout=5",
                        "example.com",
                        "SOA");
        return Run.of(folder, Map.of(), command).out().contains("status: NOERROR");
    }
}
