package meridian.simulation;

import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// What is still to happen, in order. Time is in nanoseconds since the run began, and is what a
/// perfect clock would show: nodes see it only through their own.
final class Agenda {

    private record Item(long time, long order, Runnable task) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Item> items = new PriorityQueue<>();
    private long now;
    private long order;

    long now() {
        return now;
    }

    /// What is due at one moment happens in the order in which it was asked for.
    void at(long time, Runnable task) {
        items.add(new Item(Math.max(now, time), order++, task));
    }

    void in(long nanos, Runnable task) {
        at(now + nanos, task);
    }

    /// Lets everything happen that is due before `end`, or until it is enough.
    void runUntil(long end, BooleanSupplier isEnough) {
        for (Item next = items.peek();
                next != null && next.time() < end && !isEnough.getAsBoolean();
                next = items.peek()) {
            items.poll();
            now = next.time();
            next.task().run();
        }
    }
}
