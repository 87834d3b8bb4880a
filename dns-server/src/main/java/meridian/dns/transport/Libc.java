package meridian.dns.transport;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Set;

/// The calls of Linux by which datagrams come and go, and the structures that they take. All of our
/// foreign-function code is here; what is read and written by these layouts is in [DatagramBatch].
///
/// Layouts and numbers are those of Linux on x86-64 and arm64, which agree in all of them: both
/// have 64 bits, the small end first, and the kernel's generic numbers.
///
/// A call gives what the C function gives, or the negated `errno`, taken down with the call itself.
/// None is *critical*: they may block, and the collector must not wait for the network.
@SuppressWarnings("restricted") // To call C is what this class is for.
final class Libc {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;

    static final int SOL_SOCKET = 1;
    static final int SO_REUSEADDR = 2;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_REUSEPORT = 15;
    static final int SO_RCVTIMEO = 20;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_MEMINFO = 55;

    static final int IPPROTO_IP = 0;
    static final int IP_PKTINFO = 8;
    static final int IP_MTU_DISCOVER = 10;
    static final int IP_PMTUDISC_OMIT = 5;

    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_MTU_DISCOVER = 23;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_RECVPKTINFO = 49;
    static final int IPV6_PMTUDISC_OMIT = 5;

    static final int PRIO_PROCESS = 0;

    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_WAITFORONE = 0x10000;

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EAFNOSUPPORT = 97;

    private static final ValueLayout.OfShort NET_SHORT =
            ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NET_INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NET_LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

    static final StructLayout IOVEC =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_LONG.withName("iov_base"),
                    ValueLayout.JAVA_LONG.withName("iov_len"));

    static final StructLayout MSGHDR =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_LONG.withName("msg_name"),
                    ValueLayout.JAVA_INT.withName("msg_namelen"),
                    MemoryLayout.paddingLayout(4),
                    ValueLayout.JAVA_LONG.withName("msg_iov"),
                    ValueLayout.JAVA_LONG.withName("msg_iovlen"),
                    ValueLayout.JAVA_LONG.withName("msg_control"),
                    ValueLayout.JAVA_LONG.withName("msg_controllen"),
                    ValueLayout.JAVA_INT.withName("msg_flags"),
                    MemoryLayout.paddingLayout(4));

    static final StructLayout MMSGHDR =
            MemoryLayout.structLayout(
                    MSGHDR.withName("msg_hdr"),
                    ValueLayout.JAVA_INT.withName("msg_len"),
                    MemoryLayout.paddingLayout(4));

    static final StructLayout SOCKADDR_IN =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_SHORT.withName("sin_family"),
                    NET_SHORT.withName("sin_port"),
                    NET_INT.withName("sin_addr"),
                    MemoryLayout.paddingLayout(8));

    /// The address is two longs here; in C it is an array of octets, and needs no alignment.
    static final StructLayout SOCKADDR_IN6 =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_SHORT.withName("sin6_family"),
                    NET_SHORT.withName("sin6_port"),
                    NET_INT.withName("sin6_flowinfo"),
                    NET_LONG.withName("sin6_addr_high"),
                    NET_LONG.withName("sin6_addr_low"),
                    ValueLayout.JAVA_INT.withName("sin6_scope_id"));

    static final StructLayout CMSGHDR =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_LONG.withName("cmsg_len"),
                    ValueLayout.JAVA_INT.withName("cmsg_level"),
                    ValueLayout.JAVA_INT.withName("cmsg_type"));

    static final StructLayout IN_PKTINFO =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_INT.withName("ipi_ifindex"),
                    NET_INT.withName("ipi_spec_dst"),
                    NET_INT.withName("ipi_addr"));

    static final StructLayout IN6_PKTINFO =
            MemoryLayout.structLayout(
                    NET_LONG.withName("ipi6_addr_high"),
                    NET_LONG.withName("ipi6_addr_low"),
                    ValueLayout.JAVA_INT.withName("ipi6_ifindex"));

    static final StructLayout TIMEVAL =
            MemoryLayout.structLayout(
                    ValueLayout.JAVA_LONG.withName("tv_sec"),
                    ValueLayout.JAVA_LONG.withName("tv_usec"));

    /// What SO_MEMINFO gives: nine counts, of which the last is the datagrams that were dropped.
    static final int SK_MEMINFO_VARS = 9;

    static final int SK_MEMINFO_DROPS = 8;

    /// Where `errno` is taken down.
    static final StructLayout ERRNO = Linker.Option.captureStateLayout();

    private static final long ERRNO_AT = ERRNO.byteOffset(PathElement.groupElement("errno"));

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    private static final MethodHandle SOCKET = function("socket", INT, INT, INT);
    private static final MethodHandle BIND = function("bind", INT, POINTER, INT);
    private static final MethodHandle GETSOCKNAME = function("getsockname", INT, POINTER, POINTER);
    private static final MethodHandle SETSOCKOPT =
            function("setsockopt", INT, INT, INT, POINTER, INT);
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", INT, INT, INT, POINTER, POINTER);
    private static final MethodHandle RECVMMSG =
            function("recvmmsg", INT, POINTER, INT, INT, POINTER);
    private static final MethodHandle SENDMMSG = function("sendmmsg", INT, POINTER, INT, INT);
    private static final MethodHandle CLOSE = function("close", INT);

    private Libc() {}

    /// Whether this is a machine that the layouts and numbers are of.
    static boolean isHere() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return system.equals("linux") && Set.of("amd64", "aarch64").contains(machine);
    }

    private static MethodHandle function(String name, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(INT, arguments),
                Linker.Option.captureCallState("errno"));
    }

    static int socket(int family, int type, int protocol, MemorySegment errno) {
        try {
            return result((int) SOCKET.invokeExact(errno, family, type, protocol), errno);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    static int bind(int socket, MemorySegment address, MemorySegment errno) {
        try {
            int length = (int) address.byteSize();
            return result((int) BIND.invokeExact(errno, socket, address, length), errno);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    /// @param length of `address`, and then of what was written there
    static int getsockname(
            int socket, MemorySegment address, MemorySegment length, MemorySegment errno) {
        try {
            return result((int) GETSOCKNAME.invokeExact(errno, socket, address, length), errno);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    static int setsockopt(
            int socket, int level, int option, MemorySegment value, MemorySegment errno) {
        try {
            int length = (int) value.byteSize();
            return result(
                    (int) SETSOCKOPT.invokeExact(errno, socket, level, option, value, length),
                    errno);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    /// @param length of `value`, and then of what was written there
    static int getsockopt(
            int socket,
            int level,
            int option,
            MemorySegment value,
            MemorySegment length,
            MemorySegment errno) {
        try {
            return result(
                    (int) GETSOCKOPT.invokeExact(errno, socket, level, option, value, length),
                    errno);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    /// Waits for a first message as long as SO_RCVTIMEO says, which is why there is no timeout
    /// here: that of `recvmmsg` is only looked at when a message has come.
    static int recvmmsg(
            int socket, MemorySegment messages, int count, int flags, MemorySegment errno) {
        try {
            return result(
                    (int)
                            RECVMMSG.invokeExact(
                                    errno, socket, messages, count, flags, MemorySegment.NULL),
                    errno);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    static int sendmmsg(
            int socket, MemorySegment messages, int count, int flags, MemorySegment errno) {
        try {
            return result((int) SENDMMSG.invokeExact(errno, socket, messages, count, flags), errno);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    static int close(int socket, MemorySegment errno) {
        try {
            return result((int) CLOSE.invokeExact(errno, socket), errno);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    /// @param who 0: on Linux this thread, where POSIX says the process. Called so seldom that it
    ///   is linked when it is
    static int setpriority(int which, int who, int niceness, MemorySegment errno) {
        MethodHandle setpriority = function("setpriority", INT, INT, INT);
        try {
            return result((int) setpriority.invokeExact(errno, which, who, niceness), errno);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    /// What the system calls an error. Asked for so seldom that it is linked when it is.
    static String strerror(int errno) {
        Linker linker = Linker.nativeLinker();
        MethodHandle strerror =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("strerror"),
                        FunctionDescriptor.of(ValueLayout.ADDRESS, INT));
        try {
            var words = (MemorySegment) strerror.invokeExact(errno);
            return words.reinterpret(Integer.MAX_VALUE, Arena.global(), null).getString(0);
        } catch (Throwable e) {
            throw undeclared(e);
        }
    }

    private static int result(int returned, MemorySegment errno) {
        return returned >= 0 ? returned : -errno.get(INT, ERRNO_AT);
    }

    /// A method handle declares that it may throw anything; these throw only what is a defect.
    private static Error undeclared(Throwable thrown) {
        if (thrown instanceof RuntimeException defect) throw defect;
        if (thrown instanceof Error error) throw error;
        return new AssertionError("a call of the C library threw", thrown);
    }
}
