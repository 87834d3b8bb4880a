package meridian.dns;

import meridian.dns.tsig.TsigKeys;

/// What name servers of others may have from us.
///
/// @param keys by which they are known
public record Secondaries(TsigKeys keys, Transfers transfers) {

    public static final Secondaries NONE = new Secondaries(TsigKeys.NONE, Transfers.NONE);
}
