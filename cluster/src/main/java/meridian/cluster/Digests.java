package meridian.cluster;

import meridian.intent.Intents;

/// The digests of what this node holds, worked out anew only where something is other than the last
/// time: a beat a second asks for them, and mostly little is.
final class Digests {

    private Intents intents = Intents.NONE;
    private Digest ofIntents = Digest.of(intents);
    private Knowledge knowledge;
    private Digest ofVerdicts;

    Digests(Knowledge first) {
        knowledge = first;
        ofVerdicts = Digest.of(first.watchedVerdicts());
    }

    synchronized Digest intents(Intents now) {
        if (!now.equals(intents)) ofIntents = Digest.of(now);
        intents = now;
        return ofIntents;
    }

    /// Of the verdicts on what anybody watches.
    synchronized Digest verdicts(Knowledge now) {
        ofVerdicts = ofVerdicts.after(knowledge, now);
        knowledge = now;
        return ofVerdicts;
    }
}
