package meridian.api;

import java.net.InetAddress;

/// Who asks, once admitted.
///
/// @param name from the token; `local` where the API has no tokens; `anyone` on open paths
record Caller(String name, Role role, InetAddress remote) {}
