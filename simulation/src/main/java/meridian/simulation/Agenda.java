package meridian.simulation;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/// What is still to happen, in order. Time is in nanoseconds since the run began, and is what a
/// perfect clock would show: nodes see it only through their own.
final class Agenda {

    /// A heap by time, and by the order in which things of one time were asked for. Each step of
    /// each node goes through it, so it makes no object of an item.
    private long[] times = new long[256];

    private long[] orders = new long[256];
    private Runnable[] tasks = new Runnable[256];
    private int size;

    private long now;
    private long order;

    long now() {
        return now;
    }

    /// What is due at one moment happens in the order in which it was asked for.
    void at(long time, Runnable task) {
        if (size == tasks.length) grow();
        rise(size++, Math.max(now, time), order++, task);
    }

    void in(long nanos, Runnable task) {
        at(now + nanos, task);
    }

    /// Lets everything happen that is due before `end`, or until it is enough.
    void runUntil(long end, BooleanSupplier isEnough) {
        while (size > 0 && times[0] < end && !isEnough.getAsBoolean()) {
            now = times[0];
            takeFirst().run();
        }
    }

    private Runnable takeFirst() {
        Runnable first = tasks[0];
        size--;
        sink(times[size], orders[size], tasks[size]);
        return first;
    }

    private void rise(int from, long time, long its, Runnable task) {
        int at = from;
        for (int above = (at - 1) / 2; at > 0 && isBefore(time, its, above); above = (at - 1) / 2) {
            move(above, at);
            at = above;
        }
        put(at, time, its, task);
    }

    /// Puts what was last where the first was, and below whatever comes before it.
    private void sink(long time, long its, Runnable task) {
        int at = 0;
        for (int below = 1; below < size; below = 2 * at + 1) {
            if (below + 1 < size && isBefore(times[below + 1], orders[below + 1], below)) below++;
            if (isBefore(time, its, below)) break;
            move(below, at);
            at = below;
        }
        put(at, time, its, task);
    }

    private boolean isBefore(long time, long its, int other) {
        return time != times[other] ? time < times[other] : its < orders[other];
    }

    private void move(int from, int to) {
        put(to, times[from], orders[from], tasks[from]);
    }

    private void put(int at, long time, long its, Runnable task) {
        times[at] = time;
        orders[at] = its;
        tasks[at] = task;
    }

    private void grow() {
        times = Arrays.copyOf(times, 2 * size);
        orders = Arrays.copyOf(orders, 2 * size);
        tasks = Arrays.copyOf(tasks, 2 * size);
    }
}
