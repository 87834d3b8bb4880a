package meridian.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// Topics between nodes of one process, for tests, and for a node without peers. A message is
/// delivered before `send` returns.
public final class LocalNetwork {

    private final List<LocalTopic> topics = new CopyOnWriteArrayList<>();

    /// @param address what others are told of where its messages come from
    public Topic join(String address) {
        var topic = new LocalTopic(address);
        topics.add(topic);
        return topic;
    }

    private final class LocalTopic implements Topic {

        private final String address;
        private final AtomicReference<Listener> listener =
                new AtomicReference<>((message, from) -> {});
        private final AtomicBoolean closed = new AtomicBoolean();

        private LocalTopic(String address) {
            this.address = address;
        }

        @Override
        public void send(byte[] message) {
            if (closed.get()) return;
            topics.stream()
                    .filter(other -> other != this)
                    .forEach(other -> other.listener.get().heard(message.clone(), address));
        }

        @Override
        public void onMessage(Listener next) {
            listener.set(next);
        }

        @Override
        public Membership membership() {
            return new Membership(topics.size(), topics.size(), "in one process");
        }

        @Override
        public void close() {
            closed.set(true);
            topics.remove(this);
        }
    }
}
