package meridian.dns.signed;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/// Work that signs: a signature takes a tenth of a millisecond or half of one, and a zone has two
/// for each name.
public final class AllCores {

    /// Pieces from which on several threads do them.
    private static final int WORTH_THREADS = 100;

    private AllCores() {}

    /// What comes of each piece, in their order. The threads are started for it, and so are as
    /// patient as whoever asks (setpriority(2)).
    public static <T, R> List<R> map(List<T> all, Function<T, R> making) {
        if (all.size() < WORTH_THREADS) return all.stream().map(making).toList();
        try (var threads = new ForkJoinPool()) {
            return threads.submit(() -> all.parallelStream().map(making).toList()).join();
        }
    }
}
