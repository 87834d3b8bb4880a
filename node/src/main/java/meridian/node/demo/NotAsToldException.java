package meridian.node.demo;

import java.util.Optional;

/// A step that did not come out as told; the message says what was seen instead.
final class NotAsToldException extends Exception {

    private static final long serialVersionUID = 1;

    private final String seen;
    private final transient Optional<Place> node;

    NotAsToldException(String message) {
        super(message);
        this.seen = message;
        this.node = Optional.empty();
    }

    /// @param node the one whose log may say why
    NotAsToldException(String message, Place node) {
        super(message);
        this.seen = message;
        this.node = Optional.of(node);
    }

    /// The message, which is never missing.
    String seen() {
        return seen;
    }

    Optional<Place> node() {
        return node;
    }
}
