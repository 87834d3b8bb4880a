package meridian.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A million packets that nobody should send at the UDP port of a node, beside a node that gets
/// none; `-Dmeridian.fuzz.packets=10000000` sends so many.
///
/// After each [#BURST] of them on a socket comes a good query on the same socket, which the kernel
/// hands to the server behind them. It must be answered: so each packet was read before the test
/// goes on, and nothing is lost on the way that the test would not see.
///
/// What a good query costs is compared with what it costs the other node in the same moments: what
/// else the machine does, it does to both.
@EnabledOnOs(OS.LINUX)
class PacketStormIT {

    private static final int PACKETS = Integer.getInteger("meridian.fuzz.packets", 1_000_000);

    /// By two of these the collector finds the size of the heap, which is no growth: after a full
    /// collection it makes room, and the next storm fills that.
    private static final int FIRST = 100_000;

    private static final int SOCKETS = 4;
    private static final int BURST = 40;

    /// Until what can be compiled is.
    private static final int WARM_UP = 100_000;

    private static final int ROUNDS = 150;
    private static final int ROUND = 1_024;

    /// Times what a good query cost before.
    private static final double MOST = 1.10;

    private static final int MOST_KILOBYTES = 20_000;

    /// No mutated query asks for it, so its responses are told apart from theirs.
    private static final Record GOOD =
            Record.newRecord(Name.fromConstantString("good.example.com."), Type.A, DClass.IN);

    private static final List<String> NAMES =
            List.of(
                    "www.example.com.",
                    "example.com.",
                    "alias.example.com.",
                    "x.renamed.example.com.",
                    "x.wild.example.com.",
                    "x.sub.example.com.",
                    "long.example.com.",
                    "missing.example.com.",
                    "example.org.");

    @TempDir private Path folder;

    private final long seed = System.nanoTime();

    @Test
    void aStormOfBadPacketsLeavesTheServerAsItWas() throws Exception {
        System.out.println("packet storm with seed " + seed);
        try (var stormed = new Subject("stormed");
                var control = new Subject("control")) {
            double before = compared(stormed, control);
            storm(stormed.server, FIRST, seed + 1);
            stormed.kilobytes();
            storm(stormed.server, FIRST, seed + 2);
            long held = stormed.kilobytes();
            long responses = storm(stormed.server, PACKETS, seed);
            double after = comparedAfter(stormed, control, before);
            long holds = stormed.kilobytes();
            System.out.println(
                    "%d packets, %d responses; processor time of a good query, by that of a node without a storm: before %.3f, after %.3f; kilobytes: %d, %d"
                            .formatted(PACKETS, responses, before, after, held, holds));
            assertThat(stormed.process.log()).doesNotContain("ERROR", "Exception");
            assertThat(after).isLessThan(before * MOST);
            assertThat(holds).isLessThan(held + MOST_KILOBYTES);
        }
    }

    /// A node that answers, warm.
    private final class Subject implements AutoCloseable {

        private final InetSocketAddress server;
        private final MeridianProcess process;
        private final Asked asked;
        private final byte[] right;

        Subject(String name) throws Exception {
            server = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.take());
            Path own = Files.createDirectory(folder.resolve(name));
            process = MeridianProcess.node(configuration(own, server.getPort()), "solo", own);
            process.awaitDns(server);
            asked = new Asked(server);
            asked.send(Message.newQuery(GOOD).toWire());
            right = asked.receive("the first query");
            assertThat(isAnswer(read(right))).isTrue();
        }

        /// Asks all that is good, so that the compiler knows more than one kind of query.
        void warmUp() throws Exception {
            asked.ask(new StormPackets(seed, NAMES).good(), WARM_UP, _ -> true);
        }

        /// What it has run for each of a round of good queries.
        long nanos() throws Exception {
            var cost = new ProcessCost(process.pid());
            long began = cost.runNanos();
            asked.ask(List.of(Message.newQuery(GOOD).toWire()), ROUND, this::isRight);
            return (cost.runNanos() - began) / ROUND;
        }

        /// But for the identifier, all are alike.
        private boolean isRight(byte[] response) {
            return Arrays.equals(response, 2, response.length, right, 2, right.length);
        }

        long kilobytes() throws Exception {
            return new ProcessCost(process.pid()).residentKilobytes(folder);
        }

        @Override
        public void close() {
            asked.close();
            process.close();
        }
    }

    /// What was compiled for a storm is compiled anew some time after it; damage stays.
    private static double comparedAfter(Subject stormed, Subject control, double before)
            throws Exception {
        double after = compared(stormed, control);
        for (int i = 0; i < 2 && after >= before * MOST; i++) {
            System.out.println("compared again, after " + after);
            after = compared(stormed, control);
        }
        return after;
    }

    /// How many times the processor time of the one is that of the other, by the cheapest tenth of
    /// short rounds, asked in turn: what else the machine does makes a round dearer, never cheaper.
    private static double compared(Subject one, Subject other) throws Exception {
        one.warmUp();
        other.warmUp();
        var ones = new ArrayList<Long>();
        var others = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            ones.add(one.nanos());
            others.add(other.nanos());
        }
        System.out.printf("  nanoseconds a query: %s, %s%n", spread(ones), spread(others));
        return (double) tenth(ones) / tenth(others);
    }

    private static long tenth(List<Long> rounds) {
        return rounds.stream().sorted().toList().get(rounds.size() / 10);
    }

    private static String spread(List<Long> rounds) {
        List<Long> sorted = rounds.stream().sorted().toList();
        return tenth(rounds) + " to " + sorted.get(sorted.size() / 2);
    }

    /// @return how many responses came, each of which was read whole and answers one of the packets
    private static long storm(InetSocketAddress server, int packets, long seed) throws Exception {
        try (var senders = Executors.newFixedThreadPool(SOCKETS)) {
            var tasks = new ArrayList<Callable<Long>>();
            for (int i = 0; i < SOCKETS; i++) {
                long own = seed + i * 1_000L;
                tasks.add(() -> stormOf(server, packets / SOCKETS, own));
            }
            long responses = 0;
            for (Future<Long> task : senders.invokeAll(tasks)) responses += task.get();
            return responses;
        }
    }

    private static long stormOf(InetSocketAddress server, int packets, long seed) throws Exception {
        var storm = new StormPackets(seed, NAMES);
        long responses = 0;
        try (var asked = new Asked(server)) {
            for (int sent = 0; sent < packets; sent += BURST) {
                var burst = new ArrayList<byte[]>();
                for (int i = 0; i < BURST; i++) burst.add(storm.next());
                for (byte[] packet : burst) asked.send(packet);
                responses += awaitAnswered(asked, sent / BURST, burst);
            }
        }
        return responses;
    }

    /// Asks a good query, and reads responses until its own.
    ///
    /// @param burst what came before it, of which each may have one response
    ///
    /// @return how many came before
    private static int awaitAnswered(Asked asked, int number, List<byte[]> burst)
            throws IOException {
        Message query = Message.newQuery(GOOD);
        query.getHeader().setID(number & 0xffff);
        asked.send(query.toWire());
        for (int others = 0; ; others++) {
            byte[] octets = asked.receive("good query " + number);
            Message response = read(octets);
            if (isAnswer(response) && response.getHeader().getID() == query.getHeader().getID())
                return others;
            takeAnswered(octets, burst);
        }
    }

    private static void takeAnswered(byte[] response, List<byte[]> burst) {
        for (byte[] packet : burst)
            if (StormPackets.isAnswered(packet, response)) {
                burst.remove(packet);
                return;
            }
        throw new AssertionError("nobody asked for " + HexFormat.of().formatHex(response));
    }

    /// Whether it answers a good query.
    private static boolean isAnswer(Message response) {
        return response.getRcode() == Rcode.NOERROR
                && GOOD.equals(response.getQuestion())
                && response.getSection(Section.ANSWER).size() == 1
                && response.getOPT() == null;
    }

    private static Message read(byte[] octets) {
        String hex = HexFormat.of().formatHex(octets);
        try {
            var response = new Message(octets);
            assertThat(response.getHeader().getFlag(Flags.QR)).as("QR of " + hex).isTrue();
            return response;
        } catch (IOException e) {
            throw new AssertionError("a response that cannot be read: " + hex, e);
        }
    }

    private static Path configuration(Path folder, int port) throws IOException {
        Files.writeString(folder.resolve("example.com.zone"), ZONE);
        String text =
                """
                nodes { solo { region = us-east, roles = [dns], dns = ["127.0.0.1:%d"] } }
                regions { us-east { location = [38.9, -77.0] }, eu-west { location = [53.3, -6.2] } }
                zones { "example.com" { file = "example.com.zone" } }
                services {
                  www {
                    names = ["www.example.com", "good.example.com"]
                    pools {
                      us-east { endpoints = [{ v4 = "198.51.100.10", v6 = "2001:db8::10" }] }
                      eu-west { endpoints = [{ v4 = "192.0.2.10" }] }
                    }
                    steer = [{ to = [nearest] }]
                  }
                }
                """
                        .formatted(port);
        return Files.writeString(folder.resolve("storm.conf"), text);
    }

    private static final String ZONE =
            """
            $ORIGIN example.com.
            $TTL 300
            @       SOA   ns hostmaster 1 7200 900 1209600 300
                    NS    ns
            ns      A     192.0.2.53
            alias   CNAME www
            renamed DNAME elsewhere
            *.wild  TXT   "anything"
            sub     NS    ns.sub
            ns.sub  A     192.0.2.54
            """
                    + "long TXT"
                    + " \"a text of which there is more than a datagram holds\"".repeat(40)
                    + "\n";
}
