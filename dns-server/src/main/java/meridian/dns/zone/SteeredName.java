package meridian.dns.zone;

import java.util.Optional;
import java.util.Set;
import meridian.record.DomainName;
import meridian.record.RecordType;

/// An owner name whose records of some types are chosen for each client.
///
/// @param owner may be a wildcard
/// @param types A, AAAA or both; or CNAME alone, and then not at a zone's apex
/// @param index which service it is, to those who choose
/// @param position which of the service's names it is
public record SteeredName(DomainName owner, Set<RecordType> types, int index, int position) {

    private static final Set<RecordType> ADDRESSES = Set.of(RecordType.A, RecordType.AAAA);

    public SteeredName {
        types = Set.copyOf(types);
        if (types.isEmpty()
                || (!ADDRESSES.containsAll(types) && !types.equals(Set.of(RecordType.CNAME)))) {
            throw new IllegalArgumentException(
                    owner + " steers " + types + "; A, AAAA or both, or CNAME alone, are accepted");
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
