/// Sockets: datagrams and connections in, a [meridian.dns.Responder] asked, responses out. Read
/// [meridian.dns.transport.UdpTransport] first, then [meridian.dns.transport.UdpWorker].
///
/// May import: `meridian.dns`, Netty; and is the only package that may import Netty, or
/// `java.lang.foreign`; only [meridian.dns.transport.Libc] calls functions with it.
@NullMarked
package meridian.dns.transport;

import org.jspecify.annotations.NullMarked;
