package meridian.node.drill;

/// The backends of one region, which a drill kills and brings back.
interface Backends {

    /// Kills them: from here on they refuse connections.
    void stop() throws DrillException, InterruptedException;

    /// Brings them back.
    void start() throws DrillException, InterruptedException;

    /// Those that two commands stop and start, as `sh` reads them.
    record Commanded(String stopping, String starting) implements Backends {

        @Override
        public void stop() throws DrillException, InterruptedException {
            Shell.run(stopping);
        }

        @Override
        public void start() throws DrillException, InterruptedException {
            Shell.run(starting);
        }
    }
}
