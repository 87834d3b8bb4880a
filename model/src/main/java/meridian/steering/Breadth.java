package meridian.steering;

import java.util.List;
import java.util.Optional;
import meridian.steering.Eligibility.Liked;

/// How many of a client's regions an answer is made of.
sealed interface Breadth permits OneStep, EveryStep {

    /// What is eligible, if anything is.
    Optional<Plan> eligible(List<Liked> liked);

    /// What there is whatever was measured.
    Plan failingOpen(Reason reason, List<Liked> liked);

    static Breadth of(Shape shape) {
        return switch (shape) {
            case SAMPLE, BINDING -> new OneStep();
            case STEPS -> new EveryStep(true);
            case ORDER -> new EveryStep(false);
        };
    }
}
