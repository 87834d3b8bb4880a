package meridian.dns.transfer;

import meridian.dns.wire.Serial;

/// What a node must not forget of a zone that it gives to secondaries: they take nothing whose
/// serial is not after the one that they have.
///
/// @param digest of what the zone said under that serial
public record SavedSerial(Serial serial, String digest) {}
