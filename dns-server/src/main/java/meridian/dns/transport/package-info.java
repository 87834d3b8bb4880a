/// Sockets: datagrams and connections in, a [meridian.dns.Responder] asked, responses out. Read
/// [meridian.dns.transport.UdpTransport] first.
///
/// May import: `meridian.dns`, Netty; and is the only package that may import Netty.
@NullMarked
package meridian.dns.transport;

import org.jspecify.annotations.NullMarked;
