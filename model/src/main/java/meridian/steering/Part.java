package meridian.steering;

import java.util.List;
import meridian.topology.Endpoint;

/// Endpoints of one region that an answer is made of.
///
/// @param step the client tries these after those of lower steps, from 1
/// @param weight among the parts of its step
public record Part(int step, int weight, List<Endpoint> endpoints) {

    public Part {
        endpoints = List.copyOf(endpoints);
    }
}
