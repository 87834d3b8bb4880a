package meridian.dns.geo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Runs of equal blocks (a /24 of IPv4, a /48 of IPv6), each with a hub, and how to make them
/// fewer.
///
/// Neighbours of one country are joined, the cheapest joint first, until few enough are left: the
/// lighter takes the hub of the heavier, and the price is its weight times the kilometres it is
/// moved.
final class Runs {

    private final List<Hubs.Hub> hubs;
    private final double heaviestBlockCount;

    private long[] firsts = new long[1024];
    private int[] hubOf = new int[firsts.length];
    private double[] weights = new double[firsts.length];
    private int size;

    private int[] before = {};
    private int[] after = {};
    private int left;

    /// @param heaviestBlockCount a run of more blocks than this weighs no more: in IPv6 the size of
    ///   a network says little of the number of its clients
    Runs(List<Hubs.Hub> hubs, double heaviestBlockCount) {
        this.hubs = hubs;
        this.heaviestBlockCount = heaviestBlockCount;
    }

    void append(long first, long blocks, int hub) {
        double weight = Math.min((double) blocks, heaviestBlockCount);
        if (size > 0 && hubOf[size - 1] == hub) {
            weights[size - 1] += weight;
            return;
        }
        if (size == firsts.length) grow();
        firsts[size] = first;
        hubOf[size] = hub;
        weights[size++] = weight;
    }

    private void grow() {
        firsts = Arrays.copyOf(firsts, 2 * size);
        hubOf = Arrays.copyOf(hubOf, 2 * size);
        weights = Arrays.copyOf(weights, 2 * size);
    }

    /// A run as it comes out: from this block on, this hub.
    record Run(long first, int hub) {}

    /// One possible joint. It is void once either side has been joined to another.
    private record Joint(double price, int left, int right, double weightOfBoth) {}

    /// Joins until at most `most` runs are left, or none can be joined within its country.
    List<Run> joinedTo(int most) {
        link();
        var joints =
                new PriorityQueue<Joint>(
                        Comparator.comparingDouble(Joint::price).thenComparingInt(Joint::left));
        for (int i = 0; i + 1 < size; i++) propose(i, i + 1, joints);
        for (Joint next = joints.poll(); next != null; next = joints.poll()) {
            if (left <= most && next.price > 0) break;
            if (isVoid(next)) continue;
            join(next.left, next.right);
            if (before[next.left] >= 0) propose(before[next.left], next.left, joints);
            if (after[next.left] < size) propose(next.left, after[next.left], joints);
        }
        return remaining();
    }

    private void link() {
        before = new int[size];
        after = new int[size];
        Arrays.setAll(before, i -> i - 1);
        Arrays.setAll(after, i -> i + 1);
        left = size;
    }

    private void propose(int left, int right, PriorityQueue<Joint> joints) {
        Hubs.Hub one = hubs.get(hubOf[left]);
        Hubs.Hub other = hubs.get(hubOf[right]);
        if (!one.country().equals(other.country())) return;
        double moved = Math.min(weights[left], weights[right]) * one.at().kilometresTo(other.at());
        joints.add(new Joint(moved, left, right, weights[left] + weights[right]));
    }

    /// Weights only grow, so that an unchanged sum means unchanged sides.
    private boolean isVoid(Joint joint) {
        return weights[joint.left] < 0
                || after[joint.left] != joint.right
                || weights[joint.left] + weights[joint.right] != joint.weightOfBoth;
    }

    private void join(int one, int next) {
        if (weights[next] > weights[one]) hubOf[one] = hubOf[next];
        weights[one] += weights[next];
        weights[next] = -1;
        after[one] = after[next];
        if (after[one] < size) before[after[one]] = one;
        left--;
    }

    private List<Run> remaining() {
        List<Run> runs = new ArrayList<>(left);
        for (int i = 0; i < size; i = after[i]) runs.add(new Run(firsts[i], hubOf[i]));
        return runs;
    }
}
