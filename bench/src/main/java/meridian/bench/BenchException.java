package meridian.bench;

/// Why nothing can be measured, as a sentence for who asked for it.
final class BenchException extends Exception {

    private static final long serialVersionUID = 1;

    BenchException(String message) {
        super(message);
    }
}
