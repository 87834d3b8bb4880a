package meridian.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What another Java process on this Linux machine costs: processor time and memory.
record ProcessCost(long pid) {

    /// Nanoseconds that its threads have run so far. Those that compile are left out: how much
    /// there is left to compile says nothing about what a query costs.
    long runNanos() throws IOException {
        long sum = 0;
        try (Stream<Path> threads = Files.list(proc("task"))) {
            for (Path thread : threads.toList()) sum += runNanos(thread);
        }
        return sum;
    }

    private static long runNanos(Path thread) throws IOException {
        try {
            String name = Files.readString(thread.resolve("comm")).strip();
            if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) return 0;
            String statistics = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(statistics.substring(0, statistics.indexOf(' ')));
        } catch (NoSuchFileException _) {
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
