package meridian.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The load: as many queries as it can get answered, 200 of them open at a time, from 8 ports.
final class Dnsperf {

    static final Program PROGRAM = new Program("dnsperf", "dnsperf");

    private static final List<String> OPEN = List.of("-c", "8", "-q", "200");

    /// What is lost is given up after this, so that it does not stand in another's place for long.
    private static final List<String> PATIENCE = List.of("-t", "1");

    private static final Pattern COMPLETED = Pattern.compile("Queries completed: +(\\d+)");
    private static final Pattern LOST = Pattern.compile("Queries lost: +(\\d+)");
    private static final Pattern RATE = Pattern.compile("Queries per second: +([\\d.]+)");
    private static final Pattern RCODES = Pattern.compile("Response codes: +(.*)");

    private Dnsperf() {}

    /// What it counted.
    ///
    /// @param rcodes of the responses, in its words: `NOERROR 1000 (100.00%)`
    record Counts(long completed, long lost, double perSecond, String rcodes) {

        static Counts of(String said) throws BenchException {
            long completed = Long.parseLong(found(COMPLETED, said));
            if (completed == 0) throw new BenchException("no query was answered: " + said.strip());
            return new Counts(
                    completed,
                    Long.parseLong(found(LOST, said)),
                    Double.parseDouble(found(RATE, said)),
                    found(RCODES, said).strip());
        }

        private static String found(Pattern pattern, String said) throws BenchException {
            Matcher found = pattern.matcher(said);
            if (!found.find()) throw new BenchException("dnsperf says: " + said.strip());
            return found.group(1);
        }

        boolean areAll(String rcode) {
            return rcodes.startsWith(rcode + " " + completed + " ");
        }
    }

    /// @param queries a file of them
    static List<String> command(int port, Path queries, boolean overTcp, int seconds)
            throws BenchException {
        var command = new ArrayList<>(List.of(PROGRAM.required(), "-s", "127.0.0.1"));
        command.addAll(List.of("-p", Integer.toString(port), "-d", queries.toString(), "-B"));
        command.addAll(List.of("-l", Integer.toString(seconds), "-m", overTcp ? "tcp" : "udp"));
        command.addAll(OPEN);
        command.addAll(PATIENCE);
        return command;
    }
}
