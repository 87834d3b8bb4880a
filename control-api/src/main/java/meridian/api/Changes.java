package meridian.api;

import java.io.IOException;
import meridian.intent.Intent;

/// What is changed, is in the audit log first, and then on this node's disk and on its way to the
/// others.
final class Changes {

    private final Fleet fleet;
    private final Audit audit;

    Changes(Fleet fleet, Audit audit) {
        this.fleet = fleet;
        this.audit = audit;
    }

    /// Keeps an intent.
    ///
    /// @param action a word for the log
    /// @throws Refusal if it could not be written down; then nothing has changed
    Fleet.Acknowledgement put(
            Intent intent, String action, String target, String outcome, Caller caller) {
        write(intent, action, target, outcome, caller);
        return kept(() -> fleet.put(intent), intent, action, target, caller);
    }

    /// Ends an intent by hand.
    ///
    /// @throws Refusal if it could not be written down; then nothing has changed
    Fleet.Acknowledgement end(Intent intent, String action, String target, Caller caller) {
        write(intent, action, target, "accepted", caller);
        return kept(() -> fleet.end(intent.id(), caller.name()), intent, action, target, caller);
    }

    /// Takes note of something that was asked for and is no intent, or was not done.
    void noted(String action, String target, String reason, String outcome, Caller caller) {
        write(line("", action, target, reason, outcome, caller), caller);
    }

    @FunctionalInterface
    private interface Change {
        Fleet.Acknowledgement make() throws IOException;
    }

    private Fleet.Acknowledgement kept(
            Change change, Intent intent, String action, String target, Caller caller) {
        try {
            return change.make();
        } catch (IOException e) {
            write(intent, action, target, "failed: " + e.getMessage(), caller);
            throw Refusal.of(
                    507,
                    "nothing has changed: it could not be kept on this node's disk: "
                            + e.getMessage());
        }
    }

    private void write(Intent intent, String action, String target, String outcome, Caller caller) {
        write(line(intent.id(), action, target, intent.reason(), outcome, caller), caller);
    }

    private Audit.Line line(
            String id, String action, String target, String reason, String outcome, Caller caller) {
        return new Audit.Line(
                fleet.now(),
                caller.name(),
                caller.remote().getHostAddress(),
                action,
                id,
                target,
                reason,
                outcome);
    }

    private void write(Audit.Line line, Caller caller) {
        try {
            audit.write(line);
        } catch (IOException e) {
            throw Refusal.of(
                    507,
                    "what "
                            + caller.name()
                            + " asks for could not be written to the audit log, so it is not done: "
                            + e.getMessage());
        }
    }
}
