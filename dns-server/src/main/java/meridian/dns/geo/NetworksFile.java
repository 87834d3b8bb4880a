package meridian.dns.geo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import meridian.topology.Network;
import meridian.topology.RegionId;

/// The operators' file that overrules the geo database: a network and its ordered regions a line.
///
/// ```text
/// # office and its backup line
/// 192.0.2.0/24     us-east, eu-west
/// 2001:db8::/32    eu-west
/// ```
///
/// Every problem of the file is found at once. A file with a problem is not to be used, and gives
/// [NetworkOrders#NONE].
public record NetworksFile(NetworkOrders orders, List<Problem> problems) {

    public NetworksFile {
        problems = List.copyOf(problems);
    }

    /// A line that cannot be used.
    ///
    /// @param line from 1; 0 when the file as a whole is meant
    /// @param accepted what could stand there instead
    public record Problem(String file, int line, String message, String accepted) {

        @Override
        public String toString() {
            String place = line == 0 ? file : file + ":" + line;
            return place + ": " + message + "; " + accepted;
        }
    }

    /// A file that cannot be read is a problem too.
    ///
    /// @param regions those that lines may name
    public static NetworksFile read(Path file, Set<RegionId> regions) {
        String name = file.toString();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return read(name, lines, regions);
        } catch (NoSuchFileException _) {
            return unreadable(name, "there is no such file");
        } catch (CharacterCodingException _) {
            return unreadable(name, "it is not text in UTF-8");
        } catch (IOException e) {
            return unreadable(name, "it cannot be read: " + e.getMessage());
        }
    }

    private static NetworksFile unreadable(String file, String why) {
        var problem = new Problem(file, 0, why, "a readable text file is accepted");
        return new NetworksFile(NetworkOrders.NONE, List.of(problem));
    }

    /// Line by line: of a file of 8 MB no more is held than what its lines say.
    private static NetworksFile read(String file, BufferedReader lines, Set<RegionId> regions)
            throws IOException {
        var reading = new Reading(file, regions);
        for (String line = lines.readLine(); line != null; line = lines.readLine())
            reading.line(line);
        return reading.whole();
    }

    private static final class Reading {

        private static final String LINE_FORM =
                "a line is \"192.0.2.0/24 region,region,…\" with at least one region";

        private final String file;
        private final Set<String> regions = new TreeSet<>();
        private final NetworkOrders.Builder orders = new NetworkOrders.Builder();
        private final List<Problem> problems = new ArrayList<>();

        /// The numbers of orders already found good, by their text: files repeat a few orders many
        /// times.
        private final Map<String, Integer> known = new HashMap<>();

        private int line;

        Reading(String file, Set<RegionId> regions) {
            this.file = file;
            regions.forEach(region -> this.regions.add(region.name()));
        }

        void line(String text) {
            line++;
            int comment = text.indexOf('#');
            String statement = (comment < 0 ? text : text.substring(0, comment)).strip();
            if (statement.isEmpty()) return;
            int gap = firstGap(statement);
            Optional<Network> network = network(statement.substring(0, gap));
            int order = order(statement.substring(gap).strip());
            network.ifPresent(good -> orders.add(good, line, order));
        }

        NetworksFile whole() {
            // Sorted by line, and of one line the network comes before its order.
            List<Problem> all =
                    Stream.concat(orders.twins().stream().map(this::twice), problems.stream())
                            .sorted(Comparator.comparingInt(Problem::line))
                            .toList();
            return new NetworksFile(all.isEmpty() ? orders.build() : NetworkOrders.NONE, all);
        }

        private Problem twice(Nesting.Twins twins) {
            return new Problem(
                    file,
                    twins.again(),
                    twins.network() + " stands in line " + twins.first() + " already",
                    "each network is accepted once");
        }

        private static int firstGap(String statement) {
            for (int i = 0; i < statement.length(); i++) {
                if (Character.isWhitespace(statement.charAt(i))) return i;
            }
            return statement.length();
        }

        private Optional<Network> network(String text) {
            try {
                return Optional.of(Network.of(text));
            } catch (IllegalArgumentException e) {
                problem(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        /// The number of an order; 0 where it has a problem.
        private int order(String text) {
            Integer before = known.get(text);
            if (before != null) return before;
            if (text.isEmpty()) {
                problem("it names no region", LINE_FORM);
                return 0;
            }
            int problemsBefore = problems.size();
            Set<RegionId> order = new LinkedHashSet<>();
            for (String name : text.split(",", -1)) region(name.strip(), order);
            if (problems.size() > problemsBefore) return 0;
            int number = orders.number(List.copyOf(order));
            known.put(text, number);
            return number;
        }

        private void region(String name, Set<RegionId> order) {
            if (name.isEmpty()) {
                problem("a region is missing beside a comma", LINE_FORM);
            } else if (firstGap(name) < name.length()) {
                problem("\"" + name + "\" is more than one word", "regions are parted by commas");
            } else if (!regions.contains(name)) {
                problem(
                        "there is no region \"" + name + "\"",
                        "accepted are " + String.join(", ", regions));
            } else if (!order.add(new RegionId(name))) {
                problem("it names the region " + name + " twice", "each is accepted once");
            }
        }

        /// Sentences of [Network] say what is accepted behind a semicolon.
        private void problem(String sentence) {
            int semicolon = sentence.indexOf("; ");
            if (semicolon < 0) problem(sentence, LINE_FORM);
            else problem(sentence.substring(0, semicolon), sentence.substring(semicolon + 2));
        }

        private void problem(String message, String accepted) {
            problems.add(new Problem(file, line, message, accepted));
        }
    }
}
