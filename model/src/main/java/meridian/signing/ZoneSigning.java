package meridian.signing;

import meridian.record.DomainName;

/// How a zone is signed: with which keys, and by what it shows what there is not.
public record ZoneSigning(ZoneKeys keys, Denial denial) {

    /// Octets of the longest name whose hashed names are no longer than a name may be.
    private static final int LONGEST_HASHED = DomainName.MAX_LENGTH - Nsec3.LABEL_LENGTH;

    public ZoneSigning {
        if (denial == Denial.NSEC3 && keys.apex().wireLength() > LONGEST_HASHED)
            throw new IllegalArgumentException(
                    "is nsec3, and "
                            + keys.apex()
                            + " has "
                            + keys.apex().wireLength()
                            + " octets; up to "
                            + LONGEST_HASHED
                            + ", or nsec, are accepted");
    }
}
