package meridian.record;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Octets that grow at their end, big-endian: what a zone of a million names is made of.
///
/// They are in pieces, each of them outside of the heap but for the first while that is small. So
/// the collector moves none of them and is never called to make room for one, a thread that makes
/// or copies one can be stopped soon, and to grow is not to copy. They go back to the system by
/// [#close], or when nobody refers to them any more.
///
/// What is put at once is never parted; of what is put one by one, only what [#reserve] was called
/// for. One thread puts; then any number may read.
public final class Octets implements AutoCloseable {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int PIECE_BITS = 18;

    /// The longest that can be put at once.
    public static final int PIECE = 1 << PIECE_BITS;

    private static final int IN_PIECE = PIECE - 1;

    /// So that sums of two offsets are whole.
    private static final int MOST = 1 << 30;

    private static final int LEAST = 64;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private ByteBuffer[] pieces = {ByteBuffer.allocate(LEAST)};
    private int count = 1;
    private int size;
    private Optional<Outside> outside = Optional.empty();

    /// Memory outside of the heap, of which large ones alone have any.
    private static final class Outside {

        private static final Cleaner CLEANER = Cleaner.create();

        private final Arena arena = Arena.ofShared();
        private final Cleaner.Cleanable cleanable;

        Outside(Octets owner) {
            // Not a lambda of the owner's, which would refer to it for ever.
            cleanable = CLEANER.register(owner, closing(arena));
        }

        private static Runnable closing(Arena arena) {
            return arena::close;
        }
    }

    /// So many zeros.
    public static Octets ofZeros(int count) {
        var octets = new Octets();
        for (int left = count; left > 0; left -= PIECE) octets.putZeros(Math.min(left, PIECE));
        return octets;
    }

    /// Where the next octet will be put, unless it begins another piece.
    public int size() {
        return size;
    }

    /// What they take up.
    public long bytes() {
        return pieces[0].capacity() + ((count - 1L) << PIECE_BITS);
    }

    /// Makes room, so that the next so many octets stand together however they are put.
    ///
    /// @return where
    public int reserve(int length) {
        if (length > PIECE)
            throw new IllegalArgumentException(
                    length + " octets; up to " + PIECE + " are put at once");
        if ((size & IN_PIECE) + length > PIECE) size = (size | IN_PIECE) + 1;
        if (size > MOST - length)
            throw new IllegalArgumentException("zones of more than a gigabyte are not served");
        int piece = size >>> PIECE_BITS;
        if (piece == count) addPiece();
        else if (piece == 0 && size + length > pieces[0].capacity()) growFirst(size + length);
        return size;
    }

    private void addPiece() {
        if (count == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * count);
            Arrays.fill(pieces, count, pieces.length, NONE);
        }
        pieces[count++] = wholePiece();
    }

    private void growFirst(int least) {
        int capacity = Math.max(2 * pieces[0].capacity(), 2 * Integer.highestOneBit(least));
        ByteBuffer larger = capacity < PIECE ? ByteBuffer.allocate(capacity) : wholePiece();
        pieces[0] = larger.put(0, pieces[0], 0, size);
    }

    private ByteBuffer wholePiece() {
        if (outside.isEmpty()) outside = Optional.of(new Outside(this));
        return outside.get().arena.allocate(PIECE, Long.BYTES).asByteBuffer();
    }

    /// Puts so many zeros, to be overwritten: for several numbers that is less work than to put one
    /// after the other.
    ///
    /// @return where
    public int putZeros(int length) {
        int at = reserve(length);
        size = at + length;
        return at;
    }

    /// Each of these gives the offset at which it puts.
    public int put8(int value) {
        int at = putZeros(1);
        set8(at, value);
        return at;
    }

    public int put16(int value) {
        int at = putZeros(2);
        set16(at, value);
        return at;
    }

    public int put32(int value) {
        int at = putZeros(4);
        set32(at, value);
        return at;
    }

    public int put(byte[] from, int begin, int length) {
        int at = putZeros(length);
        set(at, from, begin, length);
        return at;
    }

    /// Each of these overwrites what was put before.
    public void set8(int at, int value) {
        piece(at).put(at & IN_PIECE, (byte) value);
    }

    public void set16(int at, int value) {
        piece(at).putShort(at & IN_PIECE, (short) value);
    }

    /// Octets that were put at once, or in room that was reserved for them.
    public void set(int at, byte[] from, int begin, int length) {
        piece(at).put(at & IN_PIECE, from, begin, length);
    }

    public void set32(int at, int value) {
        piece(at).putInt(at & IN_PIECE, value);
    }

    public void set64(int at, long value) {
        piece(at).putLong(at & IN_PIECE, value);
    }

    public int get8(int at) {
        return piece(at).get(at & IN_PIECE) & 0xff;
    }

    public int get16(int at) {
        return piece(at).getShort(at & IN_PIECE) & 0xffff;
    }

    public int get32(int at) {
        return piece(at).getInt(at & IN_PIECE);
    }

    public long get64(int at) {
        return piece(at).getLong(at & IN_PIECE);
    }

    /// Copies octets that were put at once, or in room that was reserved for them.
    public void copy(int at, byte[] into, int begin, int length) {
        piece(at).get(at & IN_PIECE, into, begin, length);
    }

    /// Copies octets from the beginning of one piece into the next, for whoever put them so that
    /// there are no gaps: always as many at once, a part of [#PIECE].
    public void copyAcross(int at, byte[] into, int length) {
        for (int done = 0; done < length; ) {
            int most = Math.min(length - done, PIECE - (at + done & IN_PIECE));
            copy(at + done, into, done, most);
            done += most;
        }
    }

    /// Whether these octets stand here.
    public boolean areAt(int at, byte[] others, int begin, int length) {
        ByteBuffer piece = piece(at);
        int from = at & IN_PIECE;
        if (from + length > piece.capacity()) return false;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES)
            if (piece.getLong(from + i) != (long) LONGS.get(others, begin + i)) return false;
        for (; i < length; i++) if (piece.get(from + i) != others[begin + i]) return false;
        return true;
    }

    /// The same for a name: letters are equal whatever their case.
    public boolean isNamedAt(int at, byte[] name, int begin, int length) {
        if (areAt(at, name, begin, length)) return true;
        ByteBuffer piece = piece(at);
        int from = at & IN_PIECE;
        if (from + length > piece.capacity()) return false;
        for (int i = 0; i < length; i++)
            if (DomainName.lower(piece.get(from + i)) != DomainName.lower(name[begin + i]))
                return false;
        return true;
    }

    private ByteBuffer piece(int at) {
        return pieces[at >>> PIECE_BITS];
    }

    /// Gives memory outside of the heap back at once. Whoever reads then gets an
    /// [IllegalStateException].
    @Override
    public void close() {
        outside.ifPresent(it -> it.cleanable.clean());
    }
}
