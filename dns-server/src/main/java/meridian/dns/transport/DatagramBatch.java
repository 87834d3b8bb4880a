package meridian.dns.transport;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import meridian.dns.ResolverAddress;

/// The memory in which one thread takes datagrams from the kernel and hands it the responses: slots
/// that are made once and used again and again, and the structures that tell the kernel of them.
///
/// ```
/// received[i] -> name[i], control[i], query[i]         filled by recvmmsg
/// sending[k]  -> name[i], control[i], response[k]      k-th response, to the i-th query
/// ```
///
/// A response goes to where its query came from, and leaves by the address that was asked, because
/// both are left where the kernel wrote them. Without a response to some query, k falls behind i.
///
/// What answers sees the slots as byte buffers. Over memory of a confined arena they cost what
/// others do, and less than memory segments: a query read octet by octet and copied with its answer
/// took 23 ns through them, 21 through `ByteBuffer.allocateDirect`, 25 on the heap, and 40 through
/// segments.
final class DatagramBatch {

    /// What a call costs is shared by so many that more would save next to nothing.
    static final int SIZE = 64;

    /// No query needs as much; a longer datagram is cut, and so malformed.
    static final int LONGEST_QUERY = 2048;

    private static final int LINE = 64;
    private static final long CONTROL_ROOM = 64;
    private static final long PKTINFO_AT = Libc.CMSGHDR.byteSize();

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfLong HALF = LONG.withOrder(ByteOrder.BIG_ENDIAN);

    private static final long MESSAGE = Libc.MMSGHDR.byteSize();
    private static final long VECTOR = Libc.IOVEC.byteSize();
    private static final long MSG_LEN = offset(Libc.MMSGHDR, "msg_len");
    private static final long MSG_NAME = offset(Libc.MSGHDR, "msg_name");
    private static final long MSG_NAMELEN = offset(Libc.MSGHDR, "msg_namelen");
    private static final long MSG_IOV = offset(Libc.MSGHDR, "msg_iov");
    private static final long MSG_IOVLEN = offset(Libc.MSGHDR, "msg_iovlen");
    private static final long MSG_CONTROL = offset(Libc.MSGHDR, "msg_control");
    private static final long MSG_CONTROLLEN = offset(Libc.MSGHDR, "msg_controllen");
    private static final long IOV_BASE = offset(Libc.IOVEC, "iov_base");
    private static final long IOV_LEN = offset(Libc.IOVEC, "iov_len");
    private static final long IPI_IFINDEX = offset(Libc.IN_PKTINFO, "ipi_ifindex");
    private static final long IPI6_HIGH = offset(Libc.IN6_PKTINFO, "ipi6_addr_high");
    private static final long IPI6_IFINDEX = offset(Libc.IN6_PKTINFO, "ipi6_ifindex");

    private final int family;
    private final long controlLength;
    private final MemorySegment errno;
    private final MemorySegment received;
    private final MemorySegment sending;
    private final MemorySegment responseVectors;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final ByteBuffer[] queries = new ByteBuffer[SIZE];
    private final ByteBuffer[] responses = new ByteBuffer[SIZE];
    private int queued;

    /// @param family of the socket
    /// @param tellsAsked whether the socket tells which address was asked
    /// @param payloadSize octets of the longest response
    DatagramBatch(Arena arena, int family, boolean tellsAsked, int payloadSize) {
        this.family = family;
        controlLength = tellsAsked ? CONTROL_ROOM : 0;
        errno = arena.allocate(Libc.ERRNO);
        received = arena.allocate(Libc.MMSGHDR, SIZE);
        sending = arena.allocate(Libc.MMSGHDR, SIZE);
        names = arena.allocate(SIZE * SockAddr.ROOM, LINE);
        controls = arena.allocate(SIZE * CONTROL_ROOM, LINE);
        MemorySegment queryVectors = arena.allocate(Libc.IOVEC, SIZE);
        responseVectors = arena.allocate(Libc.IOVEC, SIZE);
        vectors(queryVectors, slots(arena, LONGEST_QUERY), LONGEST_QUERY, queries);
        vectors(responseVectors, slots(arena, payloadSize), payloadSize, responses);
        for (int i = 0; i < SIZE; i++) {
            describe(received, i, queryVectors);
            describe(sending, i, responseVectors);
            received.set(LONG, i * MESSAGE + MSG_NAME, names.address() + i * SockAddr.ROOM);
        }
        reuse(SIZE);
    }

    private static long offset(StructLayout structure, String member) {
        return structure.byteOffset(PathElement.groupElement(member));
    }

    /// The beginnings of slots lie on different lines of the processor's cache, for only the
    /// beginnings are used: with a power of two between them, few would fit it at once.
    private static MemorySegment slots(Arena arena, int octets) {
        return arena.allocate((long) SIZE * stride(octets), LINE);
    }

    private static int stride(int octets) {
        int lines = (octets + LINE - 1) / LINE;
        return (lines | 1) * LINE;
    }

    private static void vectors(
            MemorySegment vectors, MemorySegment slots, int octets, ByteBuffer[] views) {
        for (int i = 0; i < SIZE; i++) {
            MemorySegment slot = slots.asSlice((long) i * stride(octets), octets);
            vectors.set(LONG, i * VECTOR + IOV_BASE, slot.address());
            vectors.set(LONG, i * VECTOR + IOV_LEN, octets);
            views[i] = slot.asByteBuffer();
        }
    }

    private void describe(MemorySegment messages, int i, MemorySegment vectors) {
        long message = i * MESSAGE;
        messages.set(INT, message + MSG_NAMELEN, (int) SockAddr.layout(family).byteSize());
        messages.set(LONG, message + MSG_IOV, vectors.address() + i * VECTOR);
        messages.set(LONG, message + MSG_IOVLEN, 1);
        messages.set(LONG, message + MSG_CONTROL, controls.address() + i * CONTROL_ROOM);
    }

    MemorySegment errno() {
        return errno;
    }

    /// What `recvmmsg` fills: [#SIZE] messages.
    MemorySegment received() {
        return received;
    }

    /// What `sendmmsg` takes, from the response with this number on.
    MemorySegment sending(int from) {
        return from == 0 ? sending : sending.asSlice(from * MESSAGE);
    }

    /// The i-th datagram that came.
    ByteBuffer query(int i) {
        int length = received.get(INT, i * MESSAGE + MSG_LEN);
        return queries[i].position(0).limit(length);
    }

    /// Who sent it.
    void readSender(int i, ResolverAddress into) {
        SockAddr.read(names, i * SockAddr.ROOM, family, into);
    }

    /// Room for the next response.
    ByteBuffer response() {
        return responses[queued].clear();
    }

    /// What was written to [#response] is the response to the i-th query.
    void queue(int i, int length) {
        long message = queued * MESSAGE;
        long control = received.get(LONG, i * MESSAGE + MSG_CONTROLLEN);
        if (control > 0) leaveByAnyInterface(i * CONTROL_ROOM + PKTINFO_AT);
        sending.set(LONG, message + MSG_NAME, names.address() + i * SockAddr.ROOM);
        sending.set(LONG, message + MSG_CONTROL, controls.address() + i * CONTROL_ROOM);
        sending.set(LONG, message + MSG_CONTROLLEN, control);
        responseVectors.set(LONG, queued * VECTOR + IOV_LEN, length);
        queued++;
    }

    /// The address that was asked stays the one that answers; which way the answer goes is for the
    /// routes to say, and not for the interface by which the query came. Only a link-local address
    /// means nothing without its interface.
    private void leaveByAnyInterface(long pktinfo) {
        if (family == Libc.AF_INET) {
            controls.set(INT, pktinfo + IPI_IFINDEX, 0);
        } else if (controls.get(HALF, pktinfo + IPI6_HIGH) >>> 54 != 0xfe80 >>> 6) {
            controls.set(INT, pktinfo + IPI6_IFINDEX, 0);
        }
    }

    /// How many responses there are to send.
    int queued() {
        return queued;
    }

    /// Makes the first `used` slots ready for `recvmmsg` again.
    ///
    /// Of what the kernel writes into the structures only this differs from what it must find
    /// there: a socket gives names of one length, and the length of a query's room is elsewhere.
    void reuse(int used) {
        queued = 0;
        for (int i = 0; i < used; i++) {
            received.set(LONG, i * MESSAGE + MSG_CONTROLLEN, controlLength);
        }
    }
}
