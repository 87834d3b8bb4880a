package meridian.cluster;

import java.util.function.UnaryOperator;

/// Rewrites what a node hears: a fault in how it reads its messages.
public final class RewritingTopic implements Topic {

    private final Topic topic;
    private final MessageCodec codec;
    private final UnaryOperator<Message> rewriting;

    public RewritingTopic(Topic topic, ClusterKeys keys, UnaryOperator<Message> rewriting) {
        this.topic = topic;
        this.codec = new MessageCodec(keys);
        this.rewriting = rewriting;
    }

    @Override
    public void send(byte[] message) {
        topic.send(message);
    }

    @Override
    public void onMessage(Listener listener) {
        topic.onMessage((message, from) -> listener.heard(rewritten(message), from));
    }

    @Override
    public Membership membership() {
        return topic.membership();
    }

    @Override
    public void close() {
        topic.close();
    }

    private byte[] rewritten(byte[] bytes) {
        return switch (codec.open(bytes)) {
            case MessageCodec.Opened.Authentic(var message) -> codec.seal(rewriting.apply(message));
            case MessageCodec.Opened.Refused _ -> bytes;
        };
    }
}
