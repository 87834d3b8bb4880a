package meridian.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meridian.config.source.Problems;
import meridian.config.source.Tree;
import meridian.topology.Network;

/// Reads `192.0.2.1:53` and `[2001:db8::1]:53`.
final class ListenAddress {

    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+)):([0-9]{1,5})");

    private final Problems problems;
    private final Values values;

    ListenAddress(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /// @param leastPort 0 where the system may choose a free one
    Optional<InetSocketAddress> read(Tree tree, int leastPort) {
        Optional<String> text = values.text(tree);
        if (text.isEmpty()) return Optional.empty();
        Matcher matcher = FORM.matcher(text.get());
        if (!matcher.matches()) return wrong(tree, text.get());
        int port = Integer.parseInt(matcher.group(3));
        if (port < leastPort || port > 65535) return wrong(tree, text.get());
        String address = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        Optional<InetAddress> parsed =
                problems.attempt(tree.at(), () -> Network.addressOf(address));
        return parsed.map(one -> new InetSocketAddress(one, port));
    }

    private Optional<InetSocketAddress> wrong(Tree tree, String text) {
        return values.wrong(
                tree,
                "\"" + text + "\" is no address with a port",
                "192.0.2.1:53 or [2001:db8::1]:53 is accepted");
    }
}
