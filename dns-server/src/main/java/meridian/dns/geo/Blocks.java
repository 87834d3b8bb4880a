package meridian.dns.geo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// Cuts the ranges of one family at block borders: a /24 of IPv4, a /48 of IPv6.
///
/// What a resolver tells of a client is hardly ever longer. A block of several places gets the one
/// that most of it has.
final class Blocks {

    /// Of a block, as a number of bits: 256 addresses of IPv4, 256 networks /56 of IPv6.
    private static final int PARTS = 8;

    private final Runs runs;
    private final Map<Integer, Long> votes = new LinkedHashMap<>();
    private long votedBlock = -1;

    private Blocks(Runs runs) {
        this.runs = runs;
    }

    /// @param numberOf the new number of an old one
    static void fill(Runs runs, Ranges ranges, IntUnaryOperator numberOf) {
        var blocks = new Blocks(runs);
        for (int i = 0; i < ranges.size(); i++) {
            long first = part(ranges, ranges.high(i), ranges.low(i));
            long next =
                    i + 1 < ranges.size()
                            ? part(ranges, ranges.high(i + 1), ranges.low(i + 1))
                            : 1L << (ranges.width() == 32 ? 32 : 56);
            blocks.add(first, next, numberOf.applyAsInt(ranges.number(i)));
        }
        blocks.count();
    }

    private static long part(Ranges ranges, long high, long low) {
        return ranges.width() == 32 ? low : high >>> 8;
    }

    private void add(long first, long end, int number) {
        for (long at = first; at < end; ) {
            long block = at >>> PARTS;
            long blockEnd = (block + 1) << PARTS;
            if (block != votedBlock) count();
            if (at == block << PARTS && blockEnd <= end) {
                long wholeBlocks = (end >>> PARTS) - block;
                runs.append(block, wholeBlocks, number);
                at = (block + wholeBlocks) << PARTS;
            } else {
                votedBlock = block;
                votes.merge(number, Math.min(end, blockEnd) - at, Long::sum);
                at = Math.min(end, blockEnd);
            }
        }
    }

    private void count() {
        if (votes.isEmpty()) return;
        int winner = -1;
        long most = -1;
        for (var vote : votes.entrySet()) {
            if (vote.getValue() <= most) continue;
            winner = vote.getKey();
            most = vote.getValue();
        }
        runs.append(votedBlock, 1, winner);
        votes.clear();
    }
}
