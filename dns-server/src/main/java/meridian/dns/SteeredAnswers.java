package meridian.dns;

import java.util.Optional;
import meridian.dns.zone.SteeredName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// What steered names are answered with, as part of one [Snapshot]: pure, and quick, for a query
/// waits for it.
public interface SteeredAnswers {

    /// Chooses for one client.
    ///
    /// @param type one of the name's types
    /// @param draw any number; the same arguments give the same choice
    Choice answer(SteeredName name, RecordType type, Client client, long draw);

    /// What one client gets.
    ///
    /// @param rrset empty if this client is to get no record (NODATA); its owner does not matter
    /// @param scopePrefix the widest block around the client's address with this answer, in bits
    record Choice(Optional<RRset> rrset, int scopePrefix) {}
}
