package meridian.topology;

import java.util.List;

/// How a service picks: the first rule that is for the client holds. Services with equal policies
/// share what is compiled from them. A client that no rule is for gets the regions by distance.
public record Policy(List<Rule> rules) {

    public Policy {
        rules = List.copyOf(rules);
    }
}
