package meridian.node.drill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the changes of answers that nothing was done for.
final class Audit {

    private final Collection<String> clients;
    private final List<Stray> strays = new ArrayList<>();
    private long answers;
    private long timeOuts;

    /// @param clients by the regions that they are sent to while all is well
    Audit(Collection<String> clients) {
        this.clients = List.copyOf(clients);
    }

    /// What was answered since the last look.
    ///
    /// @param replies of each node, by when they were sent
    /// @param moved the region that was killed or came back meanwhile, whose clients may be sent
    ///   elsewhere
    /// @param when a word on that time
    /// @return the answers that led elsewhere and should not have
    List<Stray> look(Map<String, List<Reply>> replies, Optional<String> moved, String when) {
        var found = new ArrayList<Stray>();
        replies.forEach(
                (node, all) -> {
                    for (String client : clients) {
                        List<Reply> its =
                                all.stream()
                                        .filter(reply -> reply.client().equals(client))
                                        .toList();
                        count(its);
                        if (!moved.filter(client::equals).isPresent())
                            found.addAll(strays(node, its, when));
                    }
                });
        strays.addAll(found);
        return found;
    }

    long unexplained() {
        return strays.size();
    }

    long answers() {
        return answers;
    }

    long timeOuts() {
        return timeOuts;
    }

    private void count(List<Reply> replies) {
        for (Reply reply : replies) {
            if (reply.kind() == Reply.Kind.TIMED_OUT) timeOuts++;
            if (reply.kind() == Reply.Kind.ANSWERED) answers++;
        }
    }

    /// A row of answers that lead elsewhere counts once.
    private static List<Stray> strays(String node, List<Reply> replies, String when) {
        var strays = new ArrayList<Stray>();
        boolean away = false;
        for (Reply reply : replies) {
            if (reply.kind() != Reply.Kind.ANSWERED) continue;
            boolean elsewhere = !reply.leadsTo(reply.client());
            if (elsewhere && away) strays.add(strays.removeLast().until(reply.received()));
            else if (elsewhere) strays.add(Stray.of(node, reply, when));
            away = elsewhere;
        }
        return strays;
    }
}
