package meridian.signing;

import java.io.ByteArrayOutputStream;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// Hashes of names, and the data of NSEC3 records (RFC 5155 §3): SHA-1 once, without a salt, and no
/// name left out of the chain. Others are no harder to guess and dearer to answer (RFC 9276 §3.1).
public final class Nsec3 {

    /// Octets of a hash.
    public static final int HASH_LENGTH = 20;

    /// Octets by which a hashed name is longer than its zone's.
    static final int LABEL_LENGTH = 1 + 32;

    /// SHA-1, no flags, no more iterations, no salt.
    private static final byte[] PARAMETERS = {1, 0, 0, 0, 0};

    private static final int NEXT_AT = PARAMETERS.length + 1;
    private static final int BITMAP_AT = NEXT_AT + HASH_LENGTH;

    /// RFC 4648 §7.
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";

    /// To make one costs as much as to use it.
    private static final ThreadLocal<MessageDigest> SHA_1 = ThreadLocal.withInitial(Nsec3::sha1);

    private Nsec3() {}

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// The data of the NSEC3PARAM record, by which secondaries know how to hash.
    static byte[] parameters() {
        return PARAMETERS.clone();
    }

    /// Of the name in wire form that stands at `from` up to `end`, whatever its case.
    public static byte[] hash(byte[] wire, int from, int end) {
        byte[] name = Arrays.copyOfRange(wire, from, end);
        for (int i = 0; i < name.length; i++) name[i] = DomainName.lower(name[i]);
        byte[] hash = new byte[HASH_LENGTH];
        hash(name, 0, name.length, hash);
        return hash;
    }

    /// The same of a name in lower case, without an object.
    public static void hash(byte[] lower, int from, int end, byte[] into) {
        MessageDigest sha1 = SHA_1.get();
        sha1.update(lower, from, end - from);
        try {
            sha1.digest(into, 0, HASH_LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("a hash of SHA-1 has 20 octets", e);
        }
    }

    public static byte[] hash(DomainName name) {
        return hash(name.toWire(), 0, name.wireLength());
    }

    /// Where the record about a name stands.
    static DomainName owner(DomainName name, DomainName apex) {
        byte[] hash = hash(name);
        byte[] owner = new byte[LABEL_LENGTH + apex.wireLength()];
        owner[0] = LABEL_LENGTH - 1;
        for (int i = 1; i < LABEL_LENGTH; i++) owner[i] = (byte) DIGITS.charAt(digit(hash, i - 1));
        System.arraycopy(apex.toWire(), 0, owner, LABEL_LENGTH, apex.wireLength());
        return DomainName.ofWire(owner, 0, owner.length);
    }

    /// Five bits of it.
    private static int digit(byte[] hash, int index) {
        int bit = 5 * index;
        int octets = (hash[bit / 8] & 0xff) << 8;
        if (bit / 8 + 1 < hash.length) octets |= hash[bit / 8 + 1] & 0xff;
        return (octets >> (11 - bit % 8)) & 31;
    }

    /// The hash that an owner of an NSEC3 record begins with.
    public static byte[] hashIn(DomainName owner) {
        byte[] hash = new byte[HASH_LENGTH];
        for (int i = 0; i < LABEL_LENGTH - 1; i++) {
            int digit = DIGITS.indexOf(DomainName.lower(owner.wireAt(1 + i)));
            put(digit, i, hash);
        }
        return hash;
    }

    private static void put(int digit, int index, byte[] hash) {
        int bit = 5 * index;
        int octets = digit << (11 - bit % 8);
        hash[bit / 8] |= (byte) (octets >> 8);
        if (bit / 8 + 1 < hash.length) hash[bit / 8 + 1] |= (byte) octets;
    }

    /// @param next owner of the record that follows in the chain
    static byte[] rdata(DomainName next, SortedSet<RecordType> types) {
        return rdata(hashIn(next), types);
    }

    private static byte[] rdata(byte[] next, SortedSet<RecordType> types) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(PARAMETERS);
        octets.write(HASH_LENGTH);
        octets.writeBytes(next);
        TypeBitmap.put(types, octets);
        return octets.toByteArray();
    }

    /// The same data with fewer types, and without RRSIG if nothing is left to sign.
    static byte[] without(byte[] rdata, Set<RecordType> fewer) {
        SortedSet<RecordType> types = TypeBitmap.types(rdata, BITMAP_AT);
        types.removeAll(fewer);
        if (types.equals(Set.of(RecordType.RRSIG))) types.clear();
        return rdata(Arrays.copyOfRange(rdata, NEXT_AT, BITMAP_AT), types);
    }
}
