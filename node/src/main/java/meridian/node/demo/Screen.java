package meridian.node.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What the demo prints: a table and colours for a person at a terminal; for a file or a pipe,
/// lines that mean something by themselves.
final class Screen {

    private static final int WIDTH = 100;
    private static final String INDENT = "   ";
    private static final int CLIENT = 26;
    private static final int ANSWER = 20;

    private static final String BOLD = "1";
    private static final String FAINT = "2";
    private static final String RED = "1;31";
    private static final String GREEN = "32";

    private final PrintWriter out;
    private final boolean styled;
    private volatile boolean closed;

    /// @param styled whether a person looks at it
    Screen(PrintWriter out, boolean styled) {
        this.out = out;
        this.styled = styled;
    }

    /// Whatever is said from now on, nobody hears.
    void close() {
        closed = true;
    }

    void title(String text) {
        print("");
        print(style(BOLD, text));
    }

    /// A sentence or two.
    void say(String text) {
        wrapped(text).forEach(line -> print(INDENT + line));
    }

    /// What can be typed, or was sent, as it is.
    void literally(String text) {
        print(INDENT + text);
    }

    void faint(String text) {
        print(INDENT + style(FAINT, text));
    }

    void good(String text) {
        wrapped(text).forEach(line -> print(INDENT + style(GREEN, line)));
    }

    void bad(String text) {
        wrapped("FAILED: " + text).forEach(line -> print(INDENT + style(RED, line)));
    }

    private static List<String> wrapped(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (INDENT.length() + line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /// How long each name server took, the last of them foremost.
    ///
    /// @param since what the time runs from, as in `after the kill`
    void moved(Client client, Place place, SequencedMap<NameServer, Duration> moves, String since) {
        Duration last = moves.values().stream().max(Duration::compareTo).orElseThrow();
        good(
                "%s is sent to %s by all three, %s %s"
                        .formatted(client.continent(), place.region(), seconds(last), since));
        faint(
                moves.entrySet().stream()
                        .map(move -> move.getKey().place().node() + " " + seconds(move.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    /// What each name server says to each client.
    void answers(SequencedMap<Client, SequencedMap<NameServer, Answer>> answers) {
        if (styled) table(answers);
        else answers.forEach((client, byServer) -> say(sentence(client, byServer)));
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
    }

    private void table(SequencedMap<Client, SequencedMap<NameServer, Answer>> answers) {
        print(head(List.copyOf(answers.firstEntry().getValue().keySet())));
        answers.forEach((client, byServer) -> print(row(client, byServer)));
    }

    private String head(List<NameServer> servers) {
        return INDENT
                + style(
                        FAINT,
                        padded("client", CLIENT)
                                + servers.stream()
                                        .map(server -> padded(server.place().node(), ANSWER))
                                        .collect(Collectors.joining())
                                        .stripTrailing());
    }

    private String row(Client client, SequencedMap<NameServer, Answer> answers) {
        return INDENT
                + padded(padded(client.continent(), 9) + client.subnet(), CLIENT)
                + answers.values().stream().map(this::cell).collect(Collectors.joining())
                + agreed(answers);
    }

    private String cell(Answer answer) {
        return style(colour(answer), padded(answer.toString(), ANSWER));
    }

    /// The region to which all who answer send the client.
    private String agreed(SequencedMap<NameServer, Answer> answers) {
        List<Answer> given =
                answers.values().stream()
                        .filter(answer -> !(answer instanceof Answer.Silence))
                        .toList();
        long places = given.stream().map(Answer::place).distinct().count();
        return given.stream()
                .findFirst()
                .filter(_ -> places == 1)
                .flatMap(
                        answer ->
                                answer.place().map(place -> style(colour(answer), place.region())))
                .orElseGet(() -> style(RED, "differ"));
    }

    private static String colour(Answer answer) {
        return answer.place()
                .map(
                        place ->
                                switch (place) {
                                    case US_EAST -> "36";
                                    case EU_WEST -> "33";
                                    case AP_SOUTH -> "35";
                                })
                .orElse(RED);
    }

    /// Each answer once, with those who give it.
    private static String sentence(Client client, SequencedMap<NameServer, Answer> answers) {
        var givers = new LinkedHashMap<String, List<String>>();
        answers.forEach(
                (server, answer) ->
                        givers.computeIfAbsent(answer.told(), _ -> new ArrayList<>())
                                .add(server.place().node()));
        return client.continent()
                + " "
                + client.subnet()
                + ": "
                + givers.entrySet().stream()
                        .map(each -> each.getKey() + " by " + String.join(", ", each.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String padded(String text, int width) {
        return text.length() < width ? text + " ".repeat(width - text.length()) : text + " ";
    }

    private String style(String code, String text) {
        return styled ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    private void print(String line) {
        if (closed) return;
        out.println(line);
        out.flush();
    }
}
