package meridian.dns.transfer;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import meridian.dns.wire.Serial;
import meridian.record.RRset;
import meridian.topology.ZoneTransfer;

/// A zone as it is given to secondaries.
///
/// @param digest of the content, by which a later one is known for the same
/// @param moved when the serial last did, in monotonic nanoseconds
record Published(ZoneTransfer how, Version version, String digest, Journal journal, long moved) {

    Published by(ZoneTransfer other) {
        return new Published(other, version, digest, journal, moved);
    }

    /// With content that is the same, of another zone object: that before may be forgotten.
    Published saying(Content same) {
        return new Published(
                how, new Version(same, version.soa(), version.size()), digest, journal, moved);
    }

    /// What someone is told who has a version: that there is nothing newer (the SOA alone), what
    /// changed since, or, if that is not known, all (RFC 1995 §4).
    Iterator<RRset> since(Serial known) {
        if (!version.serial().isAfter(known)) return Stream.of(version.bareSoa()).iterator();
        return journal.since(known).map(this::told).orElseGet(version::all);
    }

    private Iterator<RRset> told(List<Delta> deltas) {
        Stream<RRset> soa = Stream.of(version.bareSoa());
        return Stream.of(soa, deltas.stream().flatMap(Delta::told), Stream.of(version.bareSoa()))
                .flatMap(part -> part)
                .iterator();
    }
}
