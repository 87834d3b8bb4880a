package meridian.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A connection that was made and closed again, to see how far a node is.
///
/// @param took how long it took
record Knock(Duration took) {

    /// The kernel sends the first packet of a connection again after a second, and what that takes
    /// says nothing of the way: so first it is waited for less, and then, for what is as far or on
    /// a way that loses much, for more.
    private static final List<Duration> PATIENCE =
            List.of(Duration.ofMillis(900), Duration.ofSeconds(2));

    /// A process that starts, or a machine that is busy, is slower than a wire.
    private static final Duration LEAST = Duration.ofMillis(250);

    /// Waits for up to three seconds.
    ///
    /// @return empty if nobody is there
    static Optional<Knock> at(InetSocketAddress peer) {
        return PATIENCE.stream().flatMap(patience -> at(peer, patience).stream()).findFirst();
    }

    private static Optional<Knock> at(InetSocketAddress peer, Duration patience) {
        long began = System.nanoTime();
        try (var socket = new Socket()) {
            socket.connect(peer, (int) patience.toMillis());
            return Optional.of(new Knock(Duration.ofNanos(System.nanoTime() - began)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Whether none like this one is made by who waits for so long. A way that is a little longer
    /// than it was is no reason to begin anew.
    boolean isTooFarFor(Duration patience) {
        return took.compareTo(patience) > 0;
    }

    /// How long a connection to there is to be waited for: twice as long as this one, since ways
    /// are now longer and now shorter.
    Duration patience() {
        Duration twice = took.multipliedBy(2);
        Duration most = PATIENCE.getLast();
        if (twice.compareTo(most) > 0) return most;
        return twice.compareTo(LEAST) < 0 ? LEAST : twice;
    }
}
