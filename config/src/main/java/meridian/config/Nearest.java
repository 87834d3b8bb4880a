package meridian.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/// What someone who wrote an unknown word may have meant.
final class Nearest {

    /// More known words than this are not listed.
    private static final int MANY = 16;

    private Nearest() {}

    /// A sentence about what is accepted instead of `word`: the nearest known word if one is near,
    /// and all of them if they are few.
    static String accepted(String word, Collection<String> known) {
        if (known.isEmpty()) return "none is defined";
        Optional<String> near = near(word, known);
        if (near.isPresent()) return "did you mean " + near.get() + "? " + list(known, near);
        return list(known, near);
    }

    private static Optional<String> near(String word, Collection<String> known) {
        return known.stream()
                .filter(
                        one ->
                                !word.isEmpty()
                                        && distance(word, one) <= Math.max(1, one.length() / 3))
                .min(Comparator.comparingInt(one -> distance(word, one)));
    }

    private static String list(Collection<String> known, Optional<String> near) {
        if (known.size() == 1)
            return near.isPresent()
                    ? "it alone is accepted"
                    : known.iterator().next() + " is accepted";
        if (known.size() > MANY) return "one of " + known.size() + " known ones is accepted";
        return known.stream().collect(Collectors.joining(", ")) + " are accepted";
    }

    /// How many letters must be put in, taken out, replaced or swapped with their neighbour.
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) cost[i][j] = cost(a, b, i, j, cost);
        }
        return cost[a.length()][b.length()];
    }

    private static int cost(String a, String b, int i, int j, int[][] cost) {
        if (i == 0 || j == 0) return i + j;
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int replaced = cost[i - 1][j - 1] + (same ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
