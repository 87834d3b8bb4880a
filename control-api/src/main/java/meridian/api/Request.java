package meridian.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One request, admitted and read.
///
/// @param path its variable parts by name
/// @param query every parameter with all its values
/// @param wantsText whether the client would rather have text than JSON
record Request(
        Caller caller,
        Map<String, String> path,
        Map<String, List<String>> query,
        boolean wantsText,
        String body) {

    Request {
        path = Map.copyOf(path);
        query = Map.copyOf(query);
    }

    /// @throws Refusal if the query has others than these, or one of them twice
    Request accepting(Set<String> names) {
        for (var parameter : query.entrySet()) {
            String name = parameter.getKey();
            if (!names.contains(name)) {
                throw Refusal.badField(
                        name,
                        "there is no parameter \""
                                + name
                                + "\" here; "
                                + (names.isEmpty()
                                        ? "none"
                                        : String.join(", ", new TreeSet<>(names)))
                                + " is accepted");
            }
            if (parameter.getValue().size() > 1) {
                throw Refusal.badField(name, "the parameter " + name + " is given twice");
            }
        }
        return this;
    }

    /// Empty where it is not given.
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(List::getFirst);
    }

    /// @throws Refusal if it is not given
    String needed(String name, String example) {
        return parameter(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(
                        () ->
                                Refusal.badField(
                                        name,
                                        "the parameter "
                                                + name
                                                + " is missing; "
                                                + example
                                                + " is accepted"));
    }
}
