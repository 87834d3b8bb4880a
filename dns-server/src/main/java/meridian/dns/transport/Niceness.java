package meridian.dns.transport;

import java.lang.foreign.Arena;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that can wait, on a core that is also needed for answers: a zone of a million names keeps
/// one busy for seconds when it is read again. Java has priorities of threads, and on Linux does
/// nothing with them.
public final class Niceness {

    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

    /// Of 19: a tenth of a core where others want it, and all that they leave.
    private static final int NICE = 10;

    private Niceness() {}

    /// Lets others go first for as long as this thread of the system lives. Elsewhere than on Linux
    /// nothing changes.
    public static void letOthersGoFirst() {
        if (!Libc.isHere()) return;
        try (Arena arena = Arena.ofConfined()) {
            int result = Libc.setpriority(Libc.PRIO_PROCESS, 0, NICE, arena.allocate(Libc.ERRNO));
            if (result < 0)
                LOG.warn("a thread stays as urgent as others: {}", Libc.strerror(-result));
        }
    }
}
