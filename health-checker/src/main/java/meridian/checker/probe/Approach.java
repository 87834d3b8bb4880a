package meridian.checker.probe;

import java.net.InetSocketAddress;
import java.time.Duration;

/// Where a probe connects to, and how long it may take.
record Approach(InetSocketAddress target, Duration timeout, Deadlines deadlines) {

    /// A connection not yet opened, whose time is running.
    Connection begin() {
        return new Connection(this);
    }
}
