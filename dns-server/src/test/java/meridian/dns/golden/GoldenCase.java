package meridian.dns.golden;

import java.util.ArrayList;
import java.util.List;

/// One golden file: a sentence, zones, steered names, and questions with their responses.
///
/// ```
/// # What this shows.
///
/// ZONE example.com
/// (master-file text)
///
/// STEERED
/// shop.example.com A 20 192.0.2.10, 192.0.2.11 scope 24
///
/// > dig +bufsize=1232 www.example.com A
/// (response)
/// ```
record GoldenCase(
        String head, List<ZoneSection> zones, List<String> steered, List<Exchange> exchanges) {

    record ZoneSection(String apex, String text) {}

    /// @param command what follows the prompt
    record Exchange(String command, String response) {}

    private static final String ZONE = "ZONE ";
    private static final String STEERED = "STEERED";
    private static final String PROMPT = "> ";

    static GoldenCase parse(String text) {
        var zones = new ArrayList<ZoneSection>();
        var steered = new ArrayList<String>();
        var exchanges = new ArrayList<Exchange>();
        String[] sections = text.split("(?m)^(?=ZONE |STEERED$|> )", -1);
        for (String section : sections) {
            String first = section.lines().findFirst().orElse("");
            String rest = section.substring(first.length()).strip();
            if (first.startsWith(ZONE)) {
                zones.add(new ZoneSection(first.substring(ZONE.length()).strip(), rest + "\n"));
            } else if (first.equals(STEERED)) {
                steered.addAll(rest.lines().toList());
            } else if (first.startsWith(PROMPT)) {
                exchanges.add(new Exchange(first.substring(PROMPT.length()), rest));
            }
        }
        String head = text.substring(0, text.indexOf("\n" + PROMPT) + 1);
        return new GoldenCase(head, zones, steered, exchanges);
    }

    /// The file with these responses.
    String text(List<String> responses) {
        var text = new StringBuilder(head);
        for (int i = 0; i < exchanges.size(); i++) {
            text.append(PROMPT).append(exchanges.get(i).command()).append('\n');
            text.append(responses.get(i)).append(i + 1 < exchanges.size() ? "\n\n" : "\n");
        }
        return text.toString();
    }
}
