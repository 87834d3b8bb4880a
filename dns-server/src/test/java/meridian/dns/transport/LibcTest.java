package meridian.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a C compiler says of the structures, on x86-64 and arm64 alike.
@EnabledOnOs(OS.LINUX)
class LibcTest {

    private static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of("mmsghdr", Libc.MMSGHDR, 64),
                Arguments.of("msghdr", Libc.MSGHDR, 56),
                Arguments.of("iovec", Libc.IOVEC, 16),
                Arguments.of("sockaddr_in", Libc.SOCKADDR_IN, 16),
                Arguments.of("sockaddr_in6", Libc.SOCKADDR_IN6, 28),
                Arguments.of("cmsghdr", Libc.CMSGHDR, 16),
                Arguments.of("in_pktinfo", Libc.IN_PKTINFO, 12),
                Arguments.of("in6_pktinfo", Libc.IN6_PKTINFO, 20),
                Arguments.of("timeval", Libc.TIMEVAL, 16));
    }

    @ParameterizedTest(name = "{0} has {2} octets")
    @MethodSource("sizes")
    void structuresAreAsLongAsInC(String name, MemoryLayout layout, long octets) {
        assertThat(layout.byteSize()).as(name).isEqualTo(octets);
    }

    private static Stream<Arguments> members() {
        return Stream.of(
                Arguments.of(Libc.MMSGHDR, "msg_len", 56),
                Arguments.of(Libc.MSGHDR, "msg_namelen", 8),
                Arguments.of(Libc.MSGHDR, "msg_iov", 16),
                Arguments.of(Libc.MSGHDR, "msg_iovlen", 24),
                Arguments.of(Libc.MSGHDR, "msg_control", 32),
                Arguments.of(Libc.MSGHDR, "msg_controllen", 40),
                Arguments.of(Libc.SOCKADDR_IN, "sin_port", 2),
                Arguments.of(Libc.SOCKADDR_IN, "sin_addr", 4),
                Arguments.of(Libc.SOCKADDR_IN6, "sin6_port", 2),
                Arguments.of(Libc.SOCKADDR_IN6, "sin6_addr_high", 8),
                Arguments.of(Libc.SOCKADDR_IN6, "sin6_addr_low", 16),
                Arguments.of(Libc.SOCKADDR_IN6, "sin6_scope_id", 24),
                Arguments.of(Libc.IN_PKTINFO, "ipi_spec_dst", 4),
                Arguments.of(Libc.IN6_PKTINFO, "ipi6_ifindex", 16));
    }

    @ParameterizedTest(name = "{1} is at {2}")
    @MethodSource("members")
    void membersAreWhereTheyAreInC(StructLayout structure, String member, long at) {
        assertThat(structure.byteOffset(PathElement.groupElement(member))).isEqualTo(at);
    }

    @Test
    void errorsHaveTheWordsOfTheSystem() {
        assertThat(Libc.strerror(Libc.EAFNOSUPPORT)).startsWith("Address family not supported");
    }
}
