package meridian.node.drill;

/// A drill cannot go on; the message is for the one who typed.
final class DrillException extends Exception {
    private static final long serialVersionUID = 1;

    DrillException(String message) {
        super(message);
    }
}
