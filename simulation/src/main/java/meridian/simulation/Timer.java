package meridian.simulation;

/// Something that a process does now and then. It has one due time: a new one replaces the last.
final class Timer {

    private final Machine machine;
    private final Runnable task;
    private long setting;

    Timer(Machine machine, Runnable task) {
        this.machine = machine;
        this.task = task;
    }

    void in(long nanos) {
        long mine = ++setting;
        machine.in(
                nanos,
                () -> {
                    if (mine == setting) task.run();
                });
    }
}
