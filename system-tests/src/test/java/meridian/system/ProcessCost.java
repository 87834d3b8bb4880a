package meridian.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What another Java process on this Linux machine costs: processor time and memory.
record ProcessCost(long pid) {

    /// The columns of the kernel's `schedstat`, in nanoseconds.
    private static final int RAN = 0;

    private static final int WAITED = 1;

    /// Nanoseconds that its threads have run so far. Those that compile are left out: how much
    /// there is left to compile says nothing about what a query costs.
    long runNanos() throws IOException {
        return sum(RAN, name -> !name.startsWith("C1 Comp") && !name.startsWith("C2 Comp"));
    }

    /// Nanoseconds that its threads were ready to run so far, and others had the processors.
    long waitedNanos() throws IOException {
        return sum(WAITED, _ -> true);
    }

    private long sum(int column, Predicate<String> counts) throws IOException {
        long sum = 0;
        try (Stream<Path> threads = Files.list(proc("task"))) {
            for (Path thread : threads.toList()) sum += nanos(thread, column, counts);
        }
        return sum;
    }

    private static long nanos(Path thread, int column, Predicate<String> counts)
            throws IOException {
        try {
            if (!counts.test(Files.readString(thread.resolve("comm")).strip())) return 0;
            var columns = List.of(Files.readString(thread.resolve("schedstat")).split(" "));
            return Long.parseLong(columns.get(column));
        } catch (IOException _) {
            // It ended meanwhile.
            return 0;
        }
    }

    /// Kilobytes that it holds in memory, once it has collected its garbage.
    long residentKilobytes(Path folder) throws IOException, InterruptedException {
        collectGarbage(folder);
        return Files.readAllLines(proc("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private void collectGarbage(Path folder) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        Run run = Run.of(folder, Map.of(), List.of(jcmd, Long.toString(pid), "GC.run"));
        if (run.status() != 0) throw new IOException("jcmd failed: " + run.out() + run.err());
    }

    private Path proc(String what) {
        return Path.of("/proc", Long.toString(pid), what);
    }
}
