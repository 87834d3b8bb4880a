package meridian.node.demo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What came back for one query.
sealed interface Answer {

    /// NOERROR, with these addresses in order; there may be none.
    record Addresses(List<String> addresses) implements Answer {

        public Addresses {
            addresses = addresses.stream().sorted().toList();
        }

        @Override
        public String toString() {
            if (addresses.isEmpty()) return "an empty answer";
            String network = addresses.getFirst().replaceFirst("\\d+$", "");
            return addresses.getFirst()
                    + addresses.stream()
                            .skip(1)
                            .map(address -> " " + shortened(address, network))
                            .collect(Collectors.joining());
        }

        /// `.11` for what shares all but its last number with the first.
        private static String shortened(String address, String network) {
            return address.startsWith(network) ? address.substring(network.length() - 1) : address;
        }
    }

    /// Any other RCODE.
    record Without(String rcode) implements Answer {

        @Override
        public String toString() {
            return rcode;
        }
    }

    /// Nobody is there, or was in time.
    record Silence() implements Answer {

        @Override
        public String toString() {
            return "no answer";
        }
    }

    /// The one place that all of the answer is in.
    default Optional<Place> place() {
        return switch (this) {
            case Addresses(var addresses) -> {
                var places = addresses.stream().map(Place::of).distinct().toList();
                yield places.size() == 1 ? places.getFirst() : Optional.empty();
            }
            case Without _, Silence _ -> Optional.empty();
        };
    }

    /// What leads to a place: all of its endpoints, and no other.
    static Answer of(Place place) {
        return new Addresses(place.endpoints());
    }

    default boolean leadsTo(Place place) {
        return equals(of(place));
    }

    /// With the region, for a sentence.
    default String told() {
        return place().map(place -> this + " (" + place.region() + ")").orElseGet(this::toString);
    }
}
