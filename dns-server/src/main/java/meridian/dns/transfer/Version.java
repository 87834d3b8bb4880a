package meridian.dns.transfer;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import meridian.dns.wire.Serial;
import meridian.record.RRset;

/// What a zone says under one serial.
///
/// @param soa with its signatures
/// @param size records that it has, the SOA among them
record Version(Content content, RRset soa, long size) {

    Serial serial() {
        return Serial.of(soa);
    }

    /// All of it as a transfer gives it (RFC 5936 §2.2): the SOA first, and once more at the end.
    Iterator<RRset> all() {
        Stream<RRset> first = Content.withSignatures(soa);
        return Stream.concat(Stream.concat(first, content.rrsets()), Stream.of(bareSoa()))
                .iterator();
    }

    RRset bareSoa() {
        return soa.signedBy(List.of());
    }
}
