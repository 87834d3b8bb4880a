package meridian.system;

import java.io.IOException;
import java.util.SplittableRandom;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/// What breaks streams of one transport, many at once.
interface BrokenStreams extends AutoCloseable {

    /// Breaks one, and reads what comes on it if it is not left before.
    ///
    /// @throws WireParseException if a response does not parse
    /// @throws IOException if the stream ended badly, as it was to
    void breakOne(SplittableRandom random) throws IOException;

    /// The gauge that tells of its open connections.
    String connections();

    /// How many answers so many streams get at least.
    int fewestAnswers(int streams);

    @Override
    default void close() {}

    /// A query, often a damaged one.
    static byte[] message(SplittableRandom random, int id) throws IOException {
        boolean isLong = random.nextInt(10) == 0;
        byte[] query =
                isLong
                        ? query(id, "long.example.com.", Type.TXT)
                        : query(id, "mail.example.com.", Type.A);
        switch (random.nextInt(8)) {
            case 0 -> query[random.nextInt(query.length)] = (byte) random.nextInt();
            case 1 -> random.nextBytes(query);
            default -> {
                // as it is
            }
        }
        return query;
    }

    private static byte[] query(int id, String name, int type) throws IOException {
        var query = new Message(id);
        query.addRecord(Record.newRecord(Name.fromString(name), type, DClass.IN), Section.QUESTION);
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        return query.toWire();
    }
}
