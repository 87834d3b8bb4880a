package meridian.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import meridian.dns.ServerCookies.Secret;
import meridian.dns.ServerCookies.Standing;
import org.junit.jupiter.api.Test;

class ServerCookiesTest {

    private static final long CLIENT = 0x2464c4abcf10c957L;
    private static final long NOW = 1_559_731_985L;
    private static final ResolverAddress FROM = address("198.51.100.100");

    private final ServerCookies cookies = cookies("e5e973e5a6b2a43f48e7dc849e37bfcf");

    /// RFC 9018 Appendix A.1 and A.3.
    @Test
    void theyAreThoseOfTheStandardsExamples() {
        long head = ServerCookies.nextHead(Standing.NEW, 0, NOW);
        assertThat(head).isEqualTo(0x0100_0000_5cf7_9f11L);
        assertThat(cookies.hash(CLIENT, head, FROM, NOW)).isEqualTo(0x1f81_30c3_eee2_9480L);
    }

    @Test
    void aCookieOfIpv6IsThatOfTheStandardsExample() {
        ServerCookies rolled = cookies("445536bcd2513298075a5d379663c962");
        long now = 1_559_741_961L;
        long head = ServerCookies.nextHead(Standing.NEW, 0, now);
        assertThat(head).isEqualTo(0x0100_0000_5cf7_c609L);
        ResolverAddress from = address("2001:db8:220:1:59de:d0f4:8769:82b8");
        assertThat(rolled.hash(0x22681ab97d52c298L, head, from, now))
                .isEqualTo(0xa6bb_79d1_6625_507aL);
    }

    @Test
    void aClientsFirstIsNew() {
        assertThat(cookies.standing(CLIENT, false, 0, 0, FROM, NOW)).isEqualTo(Standing.NEW);
    }

    @Test
    void itIsValidForAnHourAndFiveMinutesAhead() {
        assertThat(standingAfter(0)).isEqualTo(Standing.VALID);
        assertThat(standingAfter(3600)).isEqualTo(Standing.VALID);
        assertThat(standingAfter(3601)).isEqualTo(Standing.INVALID);
        assertThat(standingAfter(-300)).isEqualTo(Standing.VALID);
        assertThat(standingAfter(-301)).isEqualTo(Standing.INVALID);
    }

    @Test
    void itIsReplacedAfterHalfAnHour() {
        long head = ServerCookies.nextHead(Standing.NEW, 0, NOW);
        assertThat(ServerCookies.nextHead(Standing.VALID, head, NOW + 1800)).isEqualTo(head);
        assertThat(ServerCookies.nextHead(Standing.VALID, head, NOW + 1801)).isEqualTo(head + 1801);
        assertThat(ServerCookies.nextHead(Standing.INVALID, head, NOW + 1)).isEqualTo(head + 1);
    }

    @Test
    void itIsGoodForItsClientAndAddressOnly() {
        long head = ServerCookies.nextHead(Standing.NEW, 0, NOW);
        long hash = cookies.hash(CLIENT, head, FROM, NOW);
        assertThat(cookies.standing(CLIENT, true, head, hash, FROM, NOW)).isEqualTo(Standing.VALID);
        assertThat(cookies.standing(CLIENT + 1, true, head, hash, FROM, NOW))
                .isEqualTo(Standing.INVALID);
        assertThat(cookies.standing(CLIENT, true, head, hash, address("198.51.100.101"), NOW))
                .isEqualTo(Standing.INVALID);
        assertThat(cookies.standing(CLIENT, true, head ^ 1L << 57, hash, FROM, NOW))
                .as("of version 3")
                .isEqualTo(Standing.INVALID);
    }

    @Test
    void siblingsWithOneKeyKnowEachOthersAndOthersDoNot() {
        ServerCookies one = ServerCookies.of(new byte[16], at(NOW));
        ServerCookies sibling = ServerCookies.of(new byte[16], at(NOW + 60));
        ServerCookies stranger = ServerCookies.of("another key, long".getBytes(US_ASCII), at(NOW));
        long head = ServerCookies.nextHead(Standing.NEW, 0, one.now());
        long hash = one.hash(CLIENT, head, FROM, one.now());
        assertThat(sibling.standing(CLIENT, true, head, hash, FROM, sibling.now()))
                .isEqualTo(Standing.VALID);
        assertThat(stranger.standing(CLIENT, true, head, hash, FROM, stranger.now()))
                .isEqualTo(Standing.INVALID);
    }

    @Test
    void secretsChangeEachDayAndCookiesOutliveTheDay() {
        long midnight = NOW - NOW % 86_400 + 86_400;
        var days = new ArrayList<Long>();
        var daily =
                new ServerCookies(
                        day -> {
                            days.add(day);
                            return new Secret(day, day);
                        },
                        at(midnight));
        long before = ServerCookies.nextHead(Standing.NEW, 0, midnight - 1);
        long after = ServerCookies.nextHead(Standing.NEW, 0, midnight);
        long ofYesterday = daily.hash(CLIENT, before, FROM, midnight - 1);
        assertThat(daily.standing(CLIENT, true, before, ofYesterday, FROM, midnight + 60))
                .isEqualTo(Standing.VALID);
        assertThat(daily.hash(CLIENT, after, FROM, midnight)).isNotEqualTo(ofYesterday);
        daily.hash(CLIENT, before, FROM, midnight);
        assertThat(days).containsExactly(midnight / 86_400 - 1, midnight / 86_400);
    }

    private Standing standingAfter(int seconds) {
        long head = ServerCookies.nextHead(Standing.NEW, 0, NOW);
        long hash = cookies.hash(CLIENT, head, FROM, NOW);
        return cookies.standing(CLIENT, true, head, hash, FROM, NOW + seconds);
    }

    private static ServerCookies cookies(String secret) {
        Secret always = Secret.of(HexFormat.of().parseHex(secret));
        return new ServerCookies(_ -> always, at(NOW));
    }

    private static InstantSource at(long seconds) {
        return InstantSource.fixed(Instant.ofEpochSecond(seconds));
    }

    private static ResolverAddress address(String text) {
        var address = new ResolverAddress();
        address.set(new InetSocketAddress(InetAddress.ofLiteral(text), 53));
        return address;
    }
}
