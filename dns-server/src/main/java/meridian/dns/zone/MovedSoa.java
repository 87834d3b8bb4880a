package meridian.dns.zone;

import meridian.record.RRset;
import meridian.record.RecordType;

/// The SOA of a zone whose serial has moved since its file was read. All that the zone says is as
/// it was but for that.
record MovedSoa(RRset soa, RRset negative) {

    MovedSoa(RRset soa) {
        this(soa, Zone.negativeSoa(soa));
    }

    Lookup in(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Found(var rrset, var additional, var proof)
                    when rrset.type().equals(RecordType.SOA) ->
                    new Lookup.Found(soa, additional, proof);
            case Lookup.NoData(var _, var proof) -> new Lookup.NoData(negative, proof);
            case Lookup.NameError(var _, var proof) -> new Lookup.NameError(negative, proof);
            case Lookup.Steered(var name, var type, var owner, var _, var proof, var nothing) ->
                    new Lookup.Steered(name, type, owner, negative, proof, nothing);
            case Lookup.Found found -> found;
            case Lookup.Alias alias -> alias;
            case Lookup.Referral referral -> referral;
            case Lookup.TooLong tooLong -> tooLong;
            case Lookup.NotOurs notOurs -> notOurs;
        };
    }
}
