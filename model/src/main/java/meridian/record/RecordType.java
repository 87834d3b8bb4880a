package meridian.record;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A record type by its number: those with a rule of their own here are named, all others are as
/// good as any (RFC 3597).
public record RecordType(int number) implements Comparable<RecordType> {

    public static final RecordType A = new RecordType(1);
    public static final RecordType NS = new RecordType(2);
    public static final RecordType CNAME = new RecordType(5);
    public static final RecordType SOA = new RecordType(6);
    public static final RecordType PTR = new RecordType(12);
    public static final RecordType MX = new RecordType(15);
    public static final RecordType TXT = new RecordType(16);
    public static final RecordType AAAA = new RecordType(28);
    public static final RecordType SRV = new RecordType(33);
    public static final RecordType DNAME = new RecordType(39);
    public static final RecordType OPT = new RecordType(41);
    public static final RecordType DS = new RecordType(43);
    public static final RecordType RRSIG = new RecordType(46);
    public static final RecordType NSEC = new RecordType(47);
    public static final RecordType DNSKEY = new RecordType(48);
    public static final RecordType NSEC3 = new RecordType(50);
    public static final RecordType NSEC3PARAM = new RecordType(51);
    public static final RecordType CDS = new RecordType(59);
    public static final RecordType CDNSKEY = new RecordType(60);
    public static final RecordType SVCB = new RecordType(64);
    public static final RecordType HTTPS = new RecordType(65);
    public static final RecordType ANY = new RecordType(255);

    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                            Map.entry("A", A),
                            Map.entry("NS", NS),
                            Map.entry("CNAME", CNAME),
                            Map.entry("SOA", SOA),
                            Map.entry("PTR", PTR),
                            Map.entry("MX", MX),
                            Map.entry("TXT", TXT),
                            Map.entry("AAAA", AAAA),
                            Map.entry("SRV", SRV),
                            Map.entry("DNAME", DNAME),
                            Map.entry("OPT", OPT),
                            Map.entry("DS", DS),
                            Map.entry("RRSIG", RRSIG),
                            Map.entry("NSEC", NSEC),
                            Map.entry("DNSKEY", DNSKEY),
                            Map.entry("NSEC3", NSEC3),
                            Map.entry("NSEC3PARAM", NSEC3PARAM),
                            Map.entry("CDS", CDS),
                            Map.entry("CDNSKEY", CDNSKEY),
                            Map.entry("SVCB", SVCB),
                            Map.entry("HTTPS", HTTPS),
                            Map.entry("ANY", ANY))
                    .entrySet()
                    .stream()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    e -> e.getValue().number(), Map.Entry::getKey));

    public RecordType {
        if (number < 0 || number > 0xffff)
            throw new IllegalArgumentException("no record type has the number " + number);
    }

    // Asked several times for each record of a zone and for each endpoint of a pool: the ones that
    // records get took a tenth of the time that a large zone takes to read.

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordType type && number == type.number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public int compareTo(RecordType other) {
        return Integer.compare(number, other.number);
    }

    /// `AAAA`, or `TYPE65280` for one without a name here (RFC 3597 §5).
    @Override
    public String toString() {
        return NAMES.getOrDefault(number, "TYPE" + number).toUpperCase(Locale.ROOT);
    }
}
