package meridian.checker.probe;

import java.io.IOException;

/// What came is no HTTP response, or exceeds what one may be.
final class NotHttp extends IOException {

    private static final long serialVersionUID = 1;

    private final String reason;

    NotHttp(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
