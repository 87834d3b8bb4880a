package meridian.dns.zone;

import java.util.Optional;
import java.util.Set;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// An owner name whose records of some types are chosen for each client.
///
/// @param owner may be a wildcard
/// @param types one at least; CNAME alone, and then not at a zone's apex
/// @param index which service it is, to those who choose
/// @param position which of the service's names it is
public record SteeredName(DomainName owner, Set<RecordType> types, int index, int position) {

    public SteeredName {
        types = Set.copyOf(types);
        if (types.isEmpty() || (types.contains(RecordType.CNAME) && types.size() > 1)) {
            throw new IllegalArgumentException(
                    owner + " steers " + types + "; CNAME alone, or other types, are accepted");
        }
    }

    /// The steered type that answers a question for `type`: itself, or the alias that stands for
    /// all.
    Optional<RecordType> instead(RecordType type) {
        if (types.contains(type)) return Optional.of(type);
        return isAlias() ? Optional.of(RecordType.CNAME) : Optional.empty();
    }

    RecordType first() {
        return types.stream().min(RecordType::compareTo).orElseThrow();
    }

    boolean isAlias() {
        return types.contains(RecordType.CNAME);
    }
}
