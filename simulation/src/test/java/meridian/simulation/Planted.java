package meridian.simulation;

import java.util.List;
import java.util.function.Supplier;
import meridian.cluster.CarelessDirectory;
import meridian.intent.Intents;

/// Mistakes that one could make in a node, each in the joint where it would be made.
///
/// @param seed which caught it when this was written: looked at first, where those before it take
///   long; 0 where they do not
/// @param parts makes the parts of each process, one of them wrong
record Planted(String name, long seed, Supplier<Parts> parts) {

    private Planted(String name, Supplier<Parts> parts) {
        this(name, 0, parts);
    }

    static List<Planted> all() {
        return List.of(
                new Planted(
                        "quorum off by one",
                        () ->
                                new WrongVotes.Recounting(
                                        (votes, quorum) -> votes >= quorum.needed() - 1)),
                new Planted(
                        "one vote is enough",
                        () -> new WrongVotes.Recounting((votes, _) -> votes >= 1)),
                new Planted("second region not asked for", WrongVotes.OneRegion::new),
                new Planted("stale taken for down", WrongVotes.StaleIsDown::new),
                new Planted("unknown taken for down", WrongVotes.UnknownIsDown::new),
                new Planted("released over stale votes", 119, WrongVotes.ReleasedByTheDead::new),
                new Planted("votes aged by the senders clock", 15, WrongVotes.SendersClock::new),
                new Planted("votes never stale", 15, WrongVotes.NeverStale::new),
                new Planted("verdicts merged by arrival", WrongMemory.MergedByArrival::new),
                new Planted("guard by local clock", 31, WrongAnswers.LocalGuard::new),
                new Planted("guard not asked", WrongGuards.Unguarded::new),
                new Planted("guard asked by the snapshot", WrongGuards.AskedBySnapshot::new),
                new Planted(
                        "capacity ignored",
                        () ->
                                new WrongGuards.Misread(
                                        region -> region, WrongGuards::withoutCapacity)),
                new Planted(
                        "regions taken for one size",
                        () -> new WrongGuards.Misread(WrongGuards::ofOneSize, limits -> limits)),
                new Planted(
                        "limits of drains alone",
                        () -> new WrongGuards.Misread(region -> region, WrongGuards::onlyDrains)),
                new Planted("velocity window by the wall clock", WrongGuards.WallWindow::new),
                new Planted("drains stamped by the wall clock", WrongGuards.WallDrains::new),
                new Planted(
                        "confirmation of what falls after it", 35, WrongGuards.EverConfirmed::new),
                new Planted("confirmation not heard", 24, WrongGuards.Unconfirmed::new),
                new Planted("held region answered by nobody", WrongGuards.HeldUnanswered::new),
                new Planted(
                        "drains forgotten on restart",
                        () -> new WrongMemory.Forgetting(_ -> Intents.NONE)),
                new Planted(
                        "tombstones swept early",
                        () -> new WrongMemory.Forgetting(WrongMemory::withoutTombstones)),
                new Planted("acknowledged before it is on disk", WrongMemory.LateDisk::new),
                new Planted(
                        "torn file accepted",
                        () -> new WrongMemory.Careless(CarelessDirectory::acceptingTheTorn)),
                new Planted(
                        "older generation not used",
                        () -> new WrongMemory.Careless(CarelessDirectory::withoutTheOneBefore)),
                new Planted(
                        "state written in place",
                        () -> new WrongMemory.Careless(CarelessDirectory::writingInPlace)),
                new Planted(
                        "names not synced",
                        () -> new WrongMemory.Careless(CarelessDirectory::withoutSync)),
                new Planted("fail open ignores drains", 40, WrongAnswers.OpenToDrained::new),
                new Planted("answers made without drains", WrongAnswers.AnsweredUndrained::new),
                new Planted("freeze not looked at", WrongVotes.Unfrozen::new),
                new Planted("intents stamped by the wall clock", WrongMemory.WallStamps::new),
                new Planted("incarnation from the clock alone", WrongMemory.ClockIncarnation::new),
                new Planted("reports keyed by position", WrongSight.Positional::new),
                new Planted("snapshot before what is saved", WrongAnswers.HastySnapshot::new),
                new Planted(
                        "bad configuration serves less", WrongAnswers.SmallerConfiguration::new),
                new Planted("attempt not made is a failure", WrongSight.NotMadeIsFailed::new),
                new Planted("self-test ignored", WrongSight.SelfTestIgnored::new),
                new Planted("one reference that fails is enough", WrongSight.Timid::new),
                new Planted("abstention taken for down", WrongVotes.AbstentionIsDown::new),
                new Planted("abstention not heeded", WrongVotes.AbstentionNotHeeded::new),
                new Planted("one probe turns an opinion", WrongSight.Hasty::new),
                new Planted("stall not noticed", WrongSight.NeverStalled::new),
                new Planted(
                        "turns counted for ever",
                        () -> new WrongReturns.Impatient(WrongReturns::neverCalm)),
                new Planted(
                        "damping ignored",
                        () -> new WrongReturns.Impatient(WrongReturns::undamped)),
                new Planted(
                        "hold not waited for",
                        () -> new WrongReturns.Impatient(WrongReturns::withoutHold)),
                new Planted("pardon not heard", WrongReturns.Unpardoning::new),
                new Planted("latch lost on restart", WrongReturns.LatchLost::new),
                new Planted("what never served waits", WrongReturns.FallenFirst::new),
                new Planted("what waits is answered", WrongReturns.Unlatched::new),
                new Planted("ramp counted in microseconds", WrongReturns.Microseconds::new),
                new Planted("no IPv6 where there is some", WrongTypes.WithoutIpv6::new),
                new Planted("hosts told of without an order", WrongTypes.OneStep::new));
    }

    @Override
    public String toString() {
        return name;
    }
}
