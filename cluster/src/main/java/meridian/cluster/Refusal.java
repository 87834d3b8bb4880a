package meridian.cluster;

import java.util.Locale;

/// Why a message was dropped.
public enum Refusal {
    /// not signed with the cluster key
    FORGED("is not signed with the cluster key"),
    /// signed, and of a format that this version of Meridian does not read
    OTHER_VERSION("is of a format that this version does not read"),
    /// signed, and not what its format says
    MALFORMED("is malformed"),
    /// longer than any message of ours
    TOO_LARGE("is larger than 4 MiB"),
    /// heard before, or from before its sender's last start
    REPLAYED("is old: it was heard before, or its sender has started anew since"),
    /// sent under this node's own name
    NAMESAKE("was sent under this node's own name by another process"),
    /// arrived faster than messages are read
    OVERFLOWED("came faster than messages can be read");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /// The end of a sentence that begins with "a message".
    public String text() {
        return text;
    }

    /// As the label of a metric.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
