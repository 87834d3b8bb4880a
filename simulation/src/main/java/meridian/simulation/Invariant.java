package meridian.simulation;

import java.util.Locale;

/// What must hold at every step of every run, whatever goes wrong.
public enum Invariant {
    NO_DEFECT("no part of a node throws"),
    ANSWERED("a node that runs answers every query, and never with SERVFAIL"),
    NEVER_EMPTY("no answer is empty where the rules of eligibility allow another"),
    NO_DRAINED("no drained region is in an answer, unless all that its client may have is drained"),
    BEST_LINE(
            "an answer comes from the first line of eligibility that has anything, its hosts in the client's order, by the verdicts and intents that the node holds"),
    GUARD(
            "no drain that was not forced exceeds a limit of the guard, and what health would take out beyond one stays in service until a person confirms"),
    SAME_ANSWERS("nodes that hold the same verdicts and intents give the same answers"),
    EXPLAINED("what is explained is what is answered"),
    QUORUM(
            "a verdict turns only by the fresh votes of a quorum, or, to up, after release-after without a vote for down"),
    FROZEN("while a freeze stands, counting turns no verdict"),
    QUORUM_DECIDES(
            "what a quorum says is the verdict on every node that hears it, two beats later"),
    OWN_EYES(
            "a checker says what its own probes of late have shown, as often as its thresholds ask"),
    ABSTAINS(
            "a checker that reaches none of its references abstains, no other does, and while it does none of its opinions is a vote"),
    DAMPED(
            "what passes again is up once its hold is over and its turns have decayed or were pardoned, and not before"),
    WAITS(
            "a region that served, went out and comes back by hand waits, over restarts too, until a failback or an undrain; no other does"),
    RAMP(
            "a region that climbs has no more of its clients than its step, unless nothing else is up"),
    BOUNDED_TURNS("an endpoint's verdict turns no more often than votes and links gave cause"),
    AGREEMENT(
            "two beats after links are back, all nodes hold the same verdicts and intents, and fresh reports"),
    FOUND_AGAIN(
            "what a disk has taken is found again, whatever cuts a write short; where it was damaged since, the newest that is whole"),
    INTENT_KEPT("no acknowledged intent is lost while a disk lives that holds it"),
    HOLDERS("a node that is said to hold an intent has it on disk");

    private final String sentence;

    Invariant(String sentence) {
        this.sentence = sentence;
    }

    /// What holds, as a sentence without its full stop.
    public String sentence() {
        return sentence;
    }

    /// `never-empty`
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
