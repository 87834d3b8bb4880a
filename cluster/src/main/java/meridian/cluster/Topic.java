package meridian.cluster;

/// How messages reach the other nodes: each is given to all of them, or gets lost. Nothing is
/// promised but that.
public interface Topic extends AutoCloseable {

    /// Sends to every other node that can be reached now, and waits for none of them.
    void send(byte[] message);

    /// Names the one who is given what the others send, one message after the other.
    void onMessage(Listener listener);

    /// How many nodes it reaches.
    Membership membership();

    @Override
    void close();

    /// Hears messages.
    @FunctionalInterface
    interface Listener {

        /// Takes one message.
        ///
        /// @param from where the message came from, as far as that is known: for log lines
        void heard(byte[] message, String from);

        /// Someone has begun to listen, and would not like to wait for the next beat.
        default void asked() {}

        /// A message was dropped before anyone read it.
        default void dropped(Refusal refusal, String from) {}
    }

    /// How many nodes a topic reaches.
    ///
    /// @param joined how many nodes are connected, this one included
    /// @param configured how many there are to be
    /// @param state a few words for an operator
    record Membership(int joined, int configured, String state) {}
}
