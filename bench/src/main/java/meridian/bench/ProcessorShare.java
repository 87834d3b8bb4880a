package meridian.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A control group of the kernel's, whose processes get no more than a part of one core: of each
/// tenth of a second so much, and then none until the next begins.
///
/// Either version of control groups: `cpu.max` of the second (cgroups(7), Documentation/admin-guide
/// /cgroup-v2.rst), `cpu.cfs_quota_us` of the first.
final class ProcessorShare implements AutoCloseable {

    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final int PERIOD_MICROS = 100_000;

    private final Path group;

    private ProcessorShare(Path group) {
        this.group = group;
    }

    /// Holds these processes, with all their threads, to a part of one core. It ends with the
    /// scene.
    static void hold(List<Long> pids, int percent, Scene scene) throws BenchException {
        boolean isFirst = Files.isDirectory(MOUNT.resolve("cpu"));
        Path parent = isFirst ? MOUNT.resolve("cpu") : MOUNT;
        Path group = parent.resolve("meridian-bench-" + ProcessHandle.current().pid());
        try {
            if (!isFirst) Files.writeString(parent.resolve("cgroup.subtree_control"), "+cpu");
            Files.createDirectory(group);
            var share = new ProcessorShare(group);
            scene.endsWith(share);
            int micros = PERIOD_MICROS / 100 * percent;
            if (isFirst) {
                share.write("cpu.cfs_period_us", Integer.toString(PERIOD_MICROS));
                share.write("cpu.cfs_quota_us", Integer.toString(micros));
            } else share.write("cpu.max", micros + " " + PERIOD_MICROS);
            for (long pid : pids) share.write("cgroup.procs", Long.toString(pid));
        } catch (IOException e) {
            throw new BenchException(
                    "a control group that holds the server to "
                            + percent
                            + " % of a core cannot be made (it takes root, and the kernel's cpu"
                            + " controller at "
                            + MOUNT
                            + "): "
                            + e);
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(group.resolve(file), text);
    }

    /// Removes it, once its processes have ended.
    @Override
    public void close() throws IOException {
        Files.delete(group);
    }
}
