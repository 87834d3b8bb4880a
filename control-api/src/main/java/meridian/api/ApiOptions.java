package meridian.api;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// How the API listens and whom it serves.
///
/// @param listen port 0 takes any free one
/// @param tokens none: loopback only, and everyone there may do everything
/// @param timeout for a request to arrive and to be answered
public record ApiOptions(InetSocketAddress listen, List<Token> tokens, Duration timeout) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public ApiOptions {
        tokens = List.copyOf(tokens);
        if (listen.isUnresolved()) {
            throw new IllegalArgumentException(
                    "the API cannot listen on " + listen + "; an address and a port are accepted");
        }
        if (tokens.isEmpty() && !listen.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "the API has no tokens and would listen on "
                            + listen.getAddress().getHostAddress()
                            + ", where others reach it; configure tokens, or a loopback address such as"
                            + " 127.0.0.1:8053");
        }
    }

    public static ApiOptions of(InetSocketAddress listen, List<Token> tokens) {
        return new ApiOptions(listen, tokens, DEFAULT_TIMEOUT);
    }
}
