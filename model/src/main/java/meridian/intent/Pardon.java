package meridian.intent;

import java.net.InetAddress;

/// A person's word that an endpoint which turned often is mended: its turns until now are
/// forgotten.
///
/// @param address the address that is probed
public record Pardon(Origin origin, InetAddress address) implements Intent {}
