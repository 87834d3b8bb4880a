package meridian.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meridian.dns.ready.FastPath;
import meridian.dns.signed.Signing;
import meridian.dns.signed.TestSigning;
import meridian.dns.wire.ResponseWriter;
import meridian.dns.zone.Zone;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.ZoneContents;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.xbill.DNS.ClientSubnetOption;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The questions that ISC's EDNS compliance tester asks a zone's servers, and what it finds wrong
/// with the responses, by its words: nothing at all is *ok*.
class EdnsComplianceTest {

    private static final int UNKNOWN_OPTION = 100;
    private static final int UNKNOWN_FLAG = 0x40;
    private static final int DO = 0x8000;
    private static final int NSID = 3;
    private static final int EXPIRE = 9;
    private static final int COOKIE = 10;

    private static final InetSocketAddress TESTER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final Told TOLD =
            new Told(Optional.of("use1"), Optional.of("Meridian 0.1.0"), Explanations.NONE);

    private static final ZoneContents CONTENTS =
            ZoneText.parse(
                    "example.com",
                    """
                    @   3600 IN SOA ns1 hostmaster 1 3600 900 604800 300
                    @   3600 IN NS  ns1
                    ns1 3600 IN A   192.0.2.53
                    """);

    private final List<Server> servers =
            List.of(
                    new Server(false, Zone.of(CONTENTS, List.of())),
                    new Server(true, signed(TestSigning.of("example.com"))));

    private static Zone signed(Signing signing) {
        return signing.signer(DomainName.of("example.com"))
                .orElseThrow()
                .sign(CONTENTS, List.of(), _ -> 20);
    }

    /// One question for the zone's SOA.
    ///
    /// @param size the payload size that it takes; 0: no EDNS at all
    private record Asked(
            String word,
            Transport transport,
            int size,
            int version,
            int flags,
            List<Integer> options) {

        boolean hasEdns() {
            return size > 0;
        }

        boolean isSigned() {
            return (flags & DO) != 0;
        }

        boolean isOfOurVersion() {
            return version == 0;
        }

        byte[] octets() throws IOException {
            var message = new Message(4711);
            Name zone = Name.fromString("example.com.");
            message.addRecord(Record.newRecord(zone, Type.SOA, DClass.IN), Section.QUESTION);
            if (!hasEdns()) return message.toWire();
            List<EDNSOption> all = options.stream().map(Asked::option).toList();
            message.addRecord(new OPTRecord(size, 0, version, flags, all), Section.ADDITIONAL);
            return message.toWire();
        }

        private static EDNSOption option(int code) {
            return switch (code) {
                case COOKIE -> new GenericEDNSOption(code, new byte[8]);
                case 8 -> new ClientSubnetOption(0, InetAddress.ofLiteral("0.0.0.0"));
                default -> new GenericEDNSOption(code, new byte[0]);
            };
        }
    }

    private static final List<Asked> TESTS =
            List.of(
                    asked("dns", Transport.UDP, 0, 0, 0),
                    asked("edns", Transport.UDP, 4096, 0, 0),
                    asked("edns1", Transport.UDP, 4096, 1, 0),
                    asked("edns@512", Transport.UDP, 512, 0, DO),
                    asked("ednsopt", Transport.UDP, 4096, 0, 0, UNKNOWN_OPTION),
                    asked("edns1opt", Transport.UDP, 4096, 1, 0, UNKNOWN_OPTION),
                    asked("do", Transport.UDP, 4096, 0, DO),
                    asked("ednsflags", Transport.UDP, 4096, 0, UNKNOWN_FLAG),
                    asked("optlist", Transport.UDP, 4096, 0, 0, NSID, 8, EXPIRE, COOKIE),
                    asked("signed", Transport.UDP, 4096, 0, DO),
                    asked("ednstcp", Transport.TCP, 4096, 0, DO));

    private static Asked asked(
            String word,
            Transport transport,
            int size,
            int version,
            int flags,
            Integer... options) {
        return new Asked(word, transport, size, version, flags, List.of(options));
    }

    /// Each of what the tester asks about, with and without each other.
    private static Stream<Asked> combinations() {
        return IntStream.range(0, 1 << 6)
                .mapToObj(
                        bits ->
                                new Asked(
                                        "combination " + bits,
                                        is(bits, 0) ? Transport.TCP : Transport.UDP,
                                        is(bits, 1) ? 512 : 4096,
                                        is(bits, 2) ? 1 : 0,
                                        (is(bits, 3) ? DO : 0) | (is(bits, 4) ? 0x7fff : 0),
                                        is(bits, 5)
                                                ? List.of(UNKNOWN_OPTION, NSID, 8, EXPIRE, COOKIE)
                                                : List.of()));
    }

    private static boolean is(int bits, int bit) {
        return (bits >> bit & 1) != 0;
    }

    @TestFactory
    Stream<DynamicTest> everythingIsOk() {
        return Stream.concat(TESTS.stream(), combinations())
                .map(
                        asked ->
                                DynamicTest.dynamicTest(
                                        asked.word(),
                                        () -> {
                                            for (Server server : servers)
                                                assertThat(server.complaints(asked))
                                                        .as(asked + " of " + server)
                                                        .isEmpty();
                                        }));
    }

    private record Server(boolean isSigned, Responder responder, FastPath fastPath) {

        Server(boolean isSigned, Zone zone) {
            this(
                    isSigned,
                    new Snapshot(
                            new Zones(List.of(zone)),
                            (_, _, _, _) -> new SteeredAnswers.Choice(Optional.empty(), 0)));
        }

        private Server(boolean isSigned, Snapshot snapshot) {
            this(
                    isSigned,
                    snapshot,
                    new Responder(
                            () -> snapshot,
                            () -> 0,
                            Responder.Limits.DEFAULT,
                            ServerCookies.of(new byte[16], CLOCK),
                            TOLD,
                            CLOCK));
        }

        private Server(boolean isSigned, Snapshot snapshot, Responder responder) {
            this(isSigned, responder, new FastPath(() -> snapshot, responder, () -> 0));
        }

        /// As it would be served: over UDP the fast path is asked first.
        private byte[] response(Asked asked) throws IOException {
            ByteBuffer query = ByteBuffer.wrap(asked.octets());
            ByteBuffer out = ByteBuffer.allocate(ResponseWriter.MAX_LENGTH);
            if (asked.transport() == Transport.TCP) {
                responder.respond(query, TESTER, Transport.TCP, out);
            } else {
                var from = new ResolverAddress();
                from.set(TESTER);
                fastPath.answer(query, from, out);
            }
            byte[] octets = new byte[out.flip().remaining()];
            out.get(octets);
            return octets;
        }

        List<String> complaints(Asked asked) throws IOException {
            byte[] octets = response(asked);
            var response = new Message(octets);
            List<Record> answer = response.getSection(Section.ANSWER);
            boolean isAnswered = asked.isOfOurVersion();
            var all = new ArrayList<String>();
            if (response.getRcode() != (isAnswered ? Rcode.NOERROR : Rcode.BADVERS))
                all.add(Rcode.string(response.getRcode()).toLowerCase(Locale.ROOT));
            if (answer.stream().anyMatch(r -> r.getType() == Type.SOA) != isAnswered)
                all.add(isAnswered ? "nosoa" : "soa");
            if (isAnswered && !response.getHeader().getFlag(Flags.AA)) all.add("noaa");
            if ((octets[3] & 0x40) != 0) all.add("mbz");
            boolean isToBeSigned = isSigned && isAnswered && asked.isSigned();
            if (answer.stream().anyMatch(r -> r.getType() == Type.RRSIG) != isToBeSigned)
                all.add(isToBeSigned ? "norrsig" : "rrsig");
            if (asked.transport() == Transport.UDP && octets.length > Math.max(512, asked.size()))
                all.add("size");
            OPTRecord opt = response.getOPT();
            if (asked.hasEdns() != (opt != null)) all.add(asked.hasEdns() ? "noopt" : "opt");
            if (opt != null) addOfOpt(asked, opt, all);
            return all;
        }

        private static void addOfOpt(Asked asked, OPTRecord opt, List<String> all) {
            if (opt.getVersion() != 0) all.add("version");
            if ((opt.getFlags() & DO) != 0 != asked.isSigned()) all.add("nodo");
            if ((opt.getFlags() & ~DO) != 0) all.add("mbz");
            if (!opt.getOptions(UNKNOWN_OPTION).isEmpty()) all.add("echoed");
            if (!opt.getOptions(EXPIRE).isEmpty()) all.add("expire");
            boolean isAsked = asked.options().contains(NSID) && asked.isOfOurVersion();
            if (opt.getOptions(NSID).isEmpty() == isAsked) all.add("nsid");
            if (opt.getOptions(COOKIE).isEmpty() == isAsked) all.add("cookie");
        }
    }
}
