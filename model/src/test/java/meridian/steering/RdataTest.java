package meridian.steering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import meridian.record.DomainName;
import meridian.record.RecordType;
import meridian.topology.Binding;
import meridian.topology.Network;
import org.junit.jupiter.api.Test;

class RdataTest {

    private static final DomainName FOO = DomainName.of("foo.example.com");
    private static final String FOO_HEX = "03666f6f076578616d706c6503636f6d00";

    @Test
    void anMxIsItsPreferenceAndItsHost() {
        var mail = new Rdata.Mail(2, FOO);
        assertThat(hex(mail)).isEqualTo("0002" + FOO_HEX);
        assertThat(mail).hasToString("2 foo.example.com.");
    }

    @Test
    void anSrvIsItsPriorityWeightPortAndHost() {
        var server = new Rdata.Server(1, 60, 5060, FOO);
        assertThat(hex(server)).isEqualTo("0001003c13c4" + FOO_HEX);
        assertThat(server).hasToString("1 60 5060 foo.example.com.");
    }

    /// RFC 9460 D.2.
    @Test
    void anSvcbWithNothingToSayIsItsTarget() {
        assertThat(hex(new Rdata.Bound(1, DomainName.ROOT, binding(), List.of())))
                .isEqualTo("000100");
    }

    /// RFC 9460 D.2.
    @Test
    void aPortIsTwoOctets() {
        var binding =
                new Binding(RecordType.SVCB, List.of(), OptionalInt.of(53), Optional.empty(), true);
        assertThat(hex(new Rdata.Bound(16, FOO, binding, List.of())))
                .isEqualTo("0010" + FOO_HEX + "000300020035");
    }

    /// RFC 9460 §2.2: the priority of ServiceMode, the name uncompressed, alpn (1), port (3).
    @Test
    void aHostIsItsPriorityItsNameAndHowItIsSpokenTo() {
        var binding =
                new Binding(
                        RecordType.SVCB,
                        List.of("dot"),
                        OptionalInt.of(853),
                        Optional.empty(),
                        true);
        var bound = new Rdata.Bound(2, FOO, binding, List.of());
        assertThat(hex(bound)).isEqualTo("0002" + FOO_HEX + "0001000403646f74" + "000300020355");
        assertThat(bound).hasToString("2 foo.example.com. alpn=dot port=853");
    }

    @Test
    void parametersAreInTheOrderOfTheirKeys() {
        var binding =
                new Binding(
                        RecordType.HTTPS,
                        List.of("h2", "h3-19"),
                        OptionalInt.empty(),
                        Optional.of("AAT+DQAA"),
                        true);
        var hints =
                Stream.of("2001:db8::1", "192.0.2.1", "2001:db8::53:1", "192.0.2.2")
                        .map(Network::addressOf)
                        .toList();
        var bound = new Rdata.Bound(1, DomainName.ROOT, binding, hints);
        assertThat(hex(bound))
                .isEqualTo(
                        "000100"
                                + "0001000902683205"
                                + "68332d3139"
                                + "00040008c0000201c0000202"
                                + "000500060004fe0d0000"
                                + "00060020"
                                + "20010db8000000000000000000000001"
                                + "20010db8000000000000000000530001");
        assertThat(bound)
                .hasToString(
                        "1 . alpn=h2,h3-19 ipv4hint=192.0.2.1,192.0.2.2 ech=AAT+DQAA"
                                + " ipv6hint=2001:db8::1,2001:db8::53:1");
    }

    private static Binding binding() {
        return new Binding(RecordType.SVCB, List.of(), OptionalInt.empty(), Optional.empty(), true);
    }

    private static String hex(Rdata data) {
        return HexFormat.of().formatHex(data.toWire());
    }
}
