package meridian.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import meridian.record.ZoneContents;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Master-file text to zone contents, for tests; the real reader checks far more.
public final class ZoneText {

    /// Octets of a record between its owner and its data.
    private static final int RECORD_HEAD = 10;

    private record Key(DomainName owner, RecordType type) {}

    private ZoneText() {}

    public static ZoneContents parse(String apex, String text) {
        var octets = new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
        try (var master = new Master(octets, Name.fromString(apex, Name.root))) {
            return contents(apex, master);
        } catch (IOException e) {
            throw new UncheckedIOException("the zone text of " + apex + " is wrong", e);
        }
    }

    private static ZoneContents contents(String apex, Master master) throws IOException {
        var rrsets = new LinkedHashMap<Key, RRset>();
        for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
            RRset one = rrset(next);
            rrsets.merge(new Key(one.owner(), one.type()), one, ZoneText::joined);
        }
        var soa = new Key(DomainName.of(apex), RecordType.SOA);
        var soaFirst = new ArrayList<RRset>();
        rrsets.forEach((key, rrset) -> soaFirst.add(key.equals(soa) ? 0 : soaFirst.size(), rrset));
        return new ZoneContents(soa.owner(), soaFirst);
    }

    private static RRset rrset(Record record) {
        byte[] wire = record.toWire(Section.ANSWER);
        byte[] owner = record.getName().toWire();
        byte[] rdata = Arrays.copyOfRange(wire, owner.length + RECORD_HEAD, wire.length);
        return new RRset(
                DomainName.ofWire(owner, 0, owner.length),
                new RecordType(record.getType()),
                record.getTTL(),
                List.of(rdata));
    }

    private static RRset joined(RRset set, RRset one) {
        byte[] rdata = one.rdata().getFirst();
        if (set.rdata().stream().anyMatch(each -> Arrays.equals(each, rdata))) return set;
        var all = new ArrayList<>(set.rdata());
        all.add(rdata);
        return new RRset(set.owner(), set.type(), Math.min(set.ttl(), one.ttl()), all);
    }
}
