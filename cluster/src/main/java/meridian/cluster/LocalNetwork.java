package meridian.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Topics between nodes of one process, for tests, and for a node without peers. A message is
/// delivered before `send` returns.
public final class LocalNetwork {

    private final List<LocalTopic> topics = new CopyOnWriteArrayList<>();

    /// Gives a node its end.
    ///
    /// @param address what others are told of where its messages come from
    public Topic join(String address) {
        var topic = new LocalTopic(address);
        topics.add(topic);
        return topic;
    }

    private final class LocalTopic implements Topic {

        private final String address;
        private volatile Listener listener = (message, from) -> {};
        private volatile boolean closed;

        private LocalTopic(String address) {
            this.address = address;
        }

        @Override
        public void send(byte[] message) {
            if (closed) return;
            topics.stream()
                    .filter(other -> other != this)
                    .forEach(other -> other.listener.heard(message.clone(), address));
        }

        @Override
        public void onMessage(Listener next) {
            listener = next;
        }

        @Override
        public Membership membership() {
            return new Membership(topics.size(), topics.size(), "in one process");
        }

        @Override
        public void close() {
            closed = true;
            topics.remove(this);
        }
    }
}
