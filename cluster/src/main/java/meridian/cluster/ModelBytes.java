package meridian.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import meridian.cluster.Message.Relayed;
import meridian.health.Health;
import meridian.health.Opinion;
import meridian.health.Report;
import meridian.health.Verdict;
import meridian.health.WatchKey;
import meridian.intent.Entry;
import meridian.topology.NodeId;

/// How values of the model look as bytes, in messages and on disk alike.
final class ModelBytes {

    /// A report's reasons are written once each: a thousand endpoints that are down mostly share a
    /// few, and 200 letters for each would not fit into a message.
    static final int MAX_REASONS = 1000;

    /// Every opinion has as many, its key first; its reason's place is behind its key, its health
    /// and its time.
    static final int OPINION_BYTES = 8 + 1 + 12 + 2 + 4;

    private static final int REASON = 8 + 1 + 12;

    private static final int LEAST_TEXT = 2;
    private static final int LEAST_REPORT = 8 + 3 + 16 + 1 + 4 + 4;
    private static final int LEAST_VERDICT = 8 + 1 + 12 + 3;
    private static final int LEAST_MARKED_NODE = 3 + 16;

    private ModelBytes() {}

    static int code(Health health) {
        return switch (health) {
            case UNKNOWN -> 0;
            case UP -> 1;
            case DOWN -> 2;
        };
    }

    static void write(Report report, ByteSink out) {
        out.node(report.vantage());
        out.mark(Mark.of(report));
        out.flag(report.abstains());
        Map<String, Integer> reasons = reasons(report);
        writeAll(reasons.keySet(), out, out::text);
        out.i32(report.opinions().size());
        report.opinions().forEach((key, opinion) -> write(key, opinion, reasons, out));
    }

    static Report readReport(ByteSource in, KnownOpinions known) {
        NodeId vantage = in.node();
        Mark mark = in.mark();
        boolean abstains = in.flag();
        return new Report(
                vantage, mark.incarnation(), mark.sequence(), abstains, known.read(vantage, in));
    }

    static List<String> readReasons(ByteSource in) {
        return readAll(in, LEAST_TEXT, in::text);
    }

    /// The place of the reason in the opinion whose bytes begin there.
    static int reasonAt(byte[] bytes, int opinion) {
        return ((bytes[opinion + REASON] & 0xff) << 8) | (bytes[opinion + REASON + 1] & 0xff);
    }

    static void writeReports(Collection<Relayed> reports, ByteSink out) {
        writeAll(
                reports,
                out,
                relayed -> {
                    out.i64(relayed.age().toNanos());
                    write(relayed.report(), out);
                });
    }

    static List<Relayed> readReports(ByteSource in, KnownOpinions known) {
        return readAll(in, LEAST_REPORT, () -> readRelayed(in, known));
    }

    static void write(Map<WatchKey, Verdict> verdicts, ByteSink out) {
        out.i32(verdicts.size());
        verdicts.forEach(
                (key, verdict) -> {
                    out.i64(key.value());
                    out.u8(code(verdict.health()));
                    out.stamp(verdict.stamp());
                });
    }

    static Map<WatchKey, Verdict> readVerdicts(ByteSource in) {
        int count = in.count(LEAST_VERDICT);
        var verdicts = new HashMap<WatchKey, Verdict>(2 * count);
        for (int i = 0; i < count; i++) {
            verdicts.put(new WatchKey(in.i64()), new Verdict(readHealth(in), in.stamp()));
        }
        return verdicts;
    }

    static void writeEntries(Collection<Entry> entries, ByteSink out) {
        writeAll(entries, out, entry -> IntentBytes.write(entry, out));
    }

    static List<Entry> readEntries(ByteSource in) {
        return readAll(in, IntentBytes.LEAST, () -> IntentBytes.read(in));
    }

    static void writeMarks(Map<NodeId, Mark> marks, ByteSink out) {
        out.i32(marks.size());
        marks.forEach(
                (node, mark) -> {
                    out.node(node);
                    out.mark(mark);
                });
    }

    static Map<NodeId, Mark> readMarks(ByteSource in) {
        int count = in.count(LEAST_MARKED_NODE);
        var marks = new HashMap<NodeId, Mark>(2 * count);
        for (int i = 0; i < count; i++) marks.put(in.node(), in.mark());
        return marks;
    }

    static void writeNodes(Collection<NodeId> nodes, ByteSink out) {
        writeAll(nodes, out, out::node);
    }

    static List<NodeId> readNodes(ByteSource in) {
        return readAll(in, LEAST_TEXT + 1, in::node);
    }

    private static Relayed readRelayed(ByteSource in, KnownOpinions known) {
        var age = Duration.ofNanos(in.i64());
        return new Relayed(readReport(in, known), age);
    }

    private static <T> void writeAll(Collection<T> things, ByteSink out, Consumer<T> write) {
        out.i32(things.size());
        things.forEach(write);
    }

    private static <T> List<T> readAll(ByteSource in, int least, Supplier<T> read) {
        int count = in.count(least);
        var things = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) things.add(read.get());
        return things;
    }

    /// The place of each reason in the report's list of them; no reason has place 0.
    private static Map<String, Integer> reasons(Report report) {
        var places = new LinkedHashMap<String, Integer>();
        places.put("", 0);
        for (Opinion opinion : report.opinions().values()) {
            if (places.size() < MAX_REASONS) places.putIfAbsent(opinion.reason(), places.size());
        }
        return places;
    }

    private static void write(
            WatchKey key, Opinion opinion, Map<String, Integer> reasons, ByteSink out) {
        out.i64(key.value());
        out.u8(code(opinion.health()));
        out.time(opinion.since());
        out.u16(reasons.getOrDefault(opinion.reason(), 0));
        out.i32((int) Math.min(opinion.heldOut().toSeconds(), Integer.MAX_VALUE));
    }

    /// The rest of one, behind its key.
    static Opinion readOpinion(ByteSource in, List<String> reasons) {
        Health health = readHealth(in);
        var since = in.time();
        int place = in.u16();
        if (place >= reasons.size())
            throw new IllegalArgumentException("there is no reason " + place);
        return new Opinion(health, since, reasons.get(place), Duration.ofSeconds(in.i32()));
    }

    private static Health readHealth(ByteSource in) {
        int code = in.u8();
        return switch (code) {
            case 0 -> Health.UNKNOWN;
            case 1 -> Health.UP;
            case 2 -> Health.DOWN;
            default -> throw new IllegalArgumentException("there is no health " + code);
        };
    }
}
