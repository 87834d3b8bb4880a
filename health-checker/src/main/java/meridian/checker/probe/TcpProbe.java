package meridian.checker.probe;

import java.io.IOException;
import meridian.health.ProbeResult;

/// Passes when a TCP connection opens.
public final class TcpProbe implements Probe {

    private final Approach approach;

    TcpProbe(Approach approach) {
        this.approach = approach;
    }

    @Override
    public ProbeResult attempt() {
        Connection connection = approach.begin();
        try (connection) {
            connection.open();
            return connection.passed();
        } catch (IOException e) {
            return connection.explained(e);
        }
    }
}
