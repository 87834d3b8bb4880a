package meridian.node.drill;

import java.util.List;

/// Counts the changes of answers that nothing was done for.
final class Audit {

    private final String moved;
    private long unexplained;
    private long answers;
    private long timeOuts;

    /// @param moved the region whose clients may be sent elsewhere, while it is killed and comes
    ///   back
    Audit(String moved) {
        this.moved = moved;
    }

    /// Nothing was done since the last look: each answer leads to the client's own region.
    void calm(Crowd crowd) {
        look(crowd, "");
    }

    /// The region was killed and came back since the last look.
    void moved(Crowd crowd) {
        look(crowd, moved);
    }

    long unexplained() {
        return unexplained;
    }

    long answers() {
        return answers;
    }

    long timeOuts() {
        return timeOuts;
    }

    private void look(Crowd crowd, String allowed) {
        crowd.replies()
                .values()
                .forEach(
                        replies ->
                                crowd.clients()
                                        .keySet()
                                        .forEach(
                                                client ->
                                                        count(
                                                                replies,
                                                                client,
                                                                client.equals(allowed))));
        crowd.forget();
    }

    /// A row of answers that lead elsewhere counts once.
    private void count(List<Reply> replies, String client, boolean explained) {
        boolean away = false;
        for (Reply reply : replies) {
            if (!reply.client().equals(client)) continue;
            if (reply.kind() == Reply.Kind.TIMED_OUT) timeOuts++;
            if (reply.kind() != Reply.Kind.ANSWERED) continue;
            answers++;
            boolean elsewhere = !reply.leadsTo(client);
            if (elsewhere && !away && !explained) unexplained++;
            away = elsewhere;
        }
    }
}
