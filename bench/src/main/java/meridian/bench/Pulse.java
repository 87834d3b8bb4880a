package meridian.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Asks for something again and again, one after the other, and notes how long each answer took.
final class Pulse implements AutoCloseable {

    private final Question question;
    private final long eachNanos;
    private final Thread thread;
    private volatile boolean isOver;
    private int asked;
    private int answered;
    private long longest;

    /// Something that is answered, or not.
    @FunctionalInterface
    interface Question {
        /// Asks, and waits for the answer.
        ///
        /// @throws IOException if it is not answered, or not in time
        void ask() throws IOException;
    }

    /// How it went.
    record Felt(int asked, int answered, long longestMillis) {

        @Override
        public String toString() {
            return answered + " of " + asked + ", " + longestMillis + " ms";
        }
    }

    private Pulse(Question question, Duration each) {
        this.question = question;
        this.eachNanos = each.toNanos();
        this.thread = Thread.ofPlatform().daemon().name("pulse").unstarted(this::askOnAndOn);
    }

    /// @param each how much later than one question the next is asked, if that was answered by then
    static Pulse of(Question question, Duration each) {
        var pulse = new Pulse(question, each);
        pulse.thread.start();
        return pulse;
    }

    private void askOnAndOn() {
        while (!isOver) {
            long began = System.nanoTime();
            asked++;
            try {
                question.ask();
                answered++;
                longest = Math.max(longest, System.nanoTime() - began);
            } catch (IOException _) {
                // It is counted as not answered.
            }
            sleep(eachNanos - (System.nanoTime() - began));
        }
    }

    private static void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /// Ends it.
    Felt felt() throws InterruptedException {
        isOver = true;
        thread.join();
        return new Felt(asked, answered, TimeUnit.NANOSECONDS.toMillis(longest));
    }

    @Override
    public void close() {
        isOver = true;
    }
}
