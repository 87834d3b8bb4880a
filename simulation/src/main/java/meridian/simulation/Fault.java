package meridian.simulation;

import java.util.Set;

/// One thing that goes wrong (or that somebody does) at a moment of a run, and maybe ends. Nodes,
/// regions and endpoints are meant by their position in the [Scenario].
///
/// Times are nanoseconds since the run began.
sealed interface Fault {

    long at();

    /// When it is over; the same as `at` for what has no end.
    long until();

    /// What happens, as an end of the sentence "at 12.3 s …".
    String story(Scenario scenario);

    /// An endpoint serves nobody.
    record EndpointDown(long at, long until, int endpoint) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return scenario.target(endpoint) + " is down" + till(until);
        }
    }

    /// An endpoint is down for `period`, up for `period`, and so on.
    record Flapping(long at, long until, int endpoint, long period) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return scenario.target(endpoint) + " turns every " + Times.text(period) + till(until);
        }
    }

    record RegionDown(long at, long until, int region) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return "all endpoints in " + scenario.region(region) + " are down" + till(until);
        }
    }

    /// The first endpoint of every pool in a region serves nobody.
    record BadRelease(long at, long until, int region) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return "a bad release takes the first endpoint of each pool in "
                    + scenario.region(region)
                    + " down"
                    + till(until);
        }
    }

    /// What `from` send does not reach `to`; `both`: and the other way round.
    record Cut(long at, long until, Set<Integer> from, Set<Integer> to, boolean both)
            implements Fault {
        @Override
        public String story(Scenario scenario) {
            return "the links are cut "
                    + (both ? "between " : "one way from ")
                    + scenario.nodes(from)
                    + (both ? " and " : " to ")
                    + scenario.nodes(to)
                    + till(until);
        }
    }

    record Loss(long at, long until, int percent) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return percent + " % of all messages are lost" + till(until);
        }
    }

    record Doubling(long at, long until, int percent) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return percent + " % of all messages arrive twice" + till(until);
        }
    }

    /// Each message takes up to `most` longer, so that later ones overtake it.
    record Disorder(long at, long until, long most) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return "messages take up to "
                    + Times.text(most)
                    + " longer, and overtake one another"
                    + till(until);
        }
    }

    /// A process is killed.
    ///
    /// @param fate of its disk while it is dead
    /// @param draw where a bit is flipped
    record Crash(long at, long until, int node, Disk.Fate fate, long draw) implements Fault {
        @Override
        public String story(Scenario scenario) {
            String disk =
                    switch (fate) {
                        case KEPT -> "";
                        case LOST -> ", and its disk is lost";
                        case FLIPPED -> ", and a bit of its disk turns";
                        case FOREIGN -> ", and a foreign file takes the place of its state";
                    };
            return scenario.node(node)
                    + " is killed"
                    + disk
                    + "; it starts again at "
                    + Times.text(until);
        }
    }

    /// A machine loses its power while it writes to its disk.
    ///
    /// @param steps of writing that it takes before
    /// @param draw what of the rest is left
    record PowerCut(long at, long until, int node, int steps, long draw) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return scenario.node(node)
                    + " loses its power "
                    + steps
                    + " steps into what it writes next; it starts again at "
                    + Times.text(until);
        }
    }

    /// Every node is killed; all start again at once.
    record FleetRestart(long at, long until) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return "all nodes are killed; they start again at " + Times.text(until);
        }
    }

    /// A process stands still. `clockStops`: as in a virtual machine that is suspended, its
    /// monotonic clock too.
    record Pause(long at, long until, int node, boolean clockStops) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return scenario.node(node)
                    + " stands still"
                    + (clockStops ? ", and so does its monotonic clock," : "")
                    + till(until);
        }
    }

    record ClockJump(long at, int node, long millis) implements Fault {
        @Override
        public long until() {
            return at;
        }

        @Override
        public String story(Scenario scenario) {
            return "the wall clock of " + scenario.node(node) + " jumps by " + millis + " ms";
        }
    }

    /// What a checker tells of every probe it makes.
    enum Tongue {
        ALL_DOWN,
        ALL_UP,
        OPPOSITE
    }

    record Lie(long at, long until, int node, Tongue tongue) implements Fault {
        @Override
        public String story(Scenario scenario) {
            String what =
                    switch (tongue) {
                        case ALL_DOWN -> "sees everything down";
                        case ALL_UP -> "sees everything up";
                        case OPPOSITE -> "sees the opposite of what is";
                    };
            return "the checker of " + scenario.node(node) + " " + what + till(until);
        }
    }

    /// The checker has no file descriptor left: its probes are not made.
    record NoProbes(long at, long until, int node) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return "the checker of " + scenario.node(node) + " cannot make a probe" + till(until);
        }
    }

    /// The checker's own network is gone: each of its probes fails. What nodes tell one another
    /// comes by another.
    record NoNetwork(long at, long until, int node) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return "the checker of " + scenario.node(node) + " loses its network" + till(until);
        }
    }

    record FullDisk(long at, long until, int node) implements Fault {
        @Override
        public String story(Scenario scenario) {
            return "the disk of " + scenario.node(node) + " takes nothing" + till(until);
        }
    }

    /// An operator drains a region at a node.
    ///
    /// @param service its position; -1: of all services
    /// @param lasting how long; 0: until it is ended
    record DrainBegun(long at, int node, int region, int service, long lasting, boolean force)
            implements Fault {
        @Override
        public long until() {
            return at;
        }

        @Override
        public String story(Scenario scenario) {
            return "an operator drains "
                    + scenario.region(region)
                    + (service < 0 ? "" : " of " + scenario.service(service))
                    + " at "
                    + scenario.node(node)
                    + (lasting == 0 ? "" : " for " + Times.text(lasting))
                    + (force ? ", by force" : "");
        }
    }

    /// An operator ends, at a node, the drains of a region that it knows of.
    record DrainEnded(long at, int node, int region) implements Fault {
        @Override
        public long until() {
            return at;
        }

        @Override
        public String story(Scenario scenario) {
            return "an operator ends the drains of "
                    + scenario.region(region)
                    + " at "
                    + scenario.node(node);
        }
    }

    /// An operator retires a vantage at a node, for a while.
    record Retired(long at, int node, int vantage, long lasting) implements Fault {
        @Override
        public long until() {
            return at;
        }

        @Override
        public String story(Scenario scenario) {
            return "an operator retires the vantage "
                    + scenario.node(vantage)
                    + " at "
                    + scenario.node(node)
                    + " for "
                    + Times.text(lasting);
        }
    }

    /// An operator freezes all automatic moves at a node, for a while.
    record FreezeBegun(long at, int node, long lasting) implements Fault {
        @Override
        public long until() {
            return at;
        }

        @Override
        public String story(Scenario scenario) {
            return "an operator freezes all moves at "
                    + scenario.node(node)
                    + " for "
                    + Times.text(lasting);
        }
    }

    /// An operator lets a region that waits come back, at a node.
    ///
    /// @param service its position; -1: of all services
    record FailedBack(long at, int node, int region, int service) implements Fault {
        @Override
        public long until() {
            return at;
        }

        @Override
        public String story(Scenario scenario) {
            return "an operator fails back to "
                    + scenario.region(region)
                    + (service < 0 ? "" : " of " + scenario.service(service))
                    + " at "
                    + scenario.node(node);
        }
    }

    /// An operator lets go, at a node, what the guard holds in a region.
    ///
    /// @param service its position; -1: of all services
    record Confirmed(long at, int node, int region, int service) implements Fault {
        @Override
        public long until() {
            return at;
        }

        @Override
        public String story(Scenario scenario) {
            return "an operator confirms that "
                    + scenario.region(region)
                    + (service < 0 ? "" : " of " + scenario.service(service))
                    + " may go, at "
                    + scenario.node(node);
        }
    }

    /// An operator pardons an endpoint at a node.
    record Pardoned(long at, int node, int endpoint) implements Fault {
        @Override
        public long until() {
            return at;
        }

        @Override
        public String story(Scenario scenario) {
            return "an operator pardons "
                    + scenario.target(endpoint)
                    + " at "
                    + scenario.node(node);
        }
    }

    /// Some nodes are given another configuration.
    ///
    /// @param bad one that cannot be served
    record NewConfiguration(long at, Set<Integer> to, boolean bad) implements Fault {
        @Override
        public long until() {
            return at;
        }

        @Override
        public String story(Scenario scenario) {
            return (bad ? "a broken" : "the new")
                    + " configuration is given to "
                    + scenario.nodes(to);
        }
    }

    private static String till(long until) {
        return " until " + Times.text(until);
    }
}
