package meridian.dns.geo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What came of reading geo databases.
public sealed interface GeoLoad {

    /// Reads databases in MaxMind's format as one atlas. Where two know an address, the earlier in
    /// the list has the say and the later adds what it lacks ([Atlas#filledFrom]).
    ///
    /// One file that is refused refuses all; every refusal is told.
    static GeoLoad read(List<Path> files) {
        Atlas atlas = Atlas.EMPTY;
        List<String> remarks = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        for (Path file : files) {
            switch (MmdbFile.read(file)) {
                case Loaded loaded -> {
                    atlas = atlas == Atlas.EMPTY ? loaded.atlas : atlas.filledFrom(loaded.atlas);
                    remarks.addAll(loaded.remarks);
                }
                case Refused refused -> reasons.addAll(refused.reasons);
            }
        }
        return reasons.isEmpty() ? new Loaded(atlas, remarks) : new Refused(reasons);
    }

    /// The databases as one atlas.
    ///
    /// @param remarks values of the databases that made no sense and were left out, each kind a
    ///   sentence
    record Loaded(Atlas atlas, List<String> remarks) implements GeoLoad {

        public Loaded {
            remarks = List.copyOf(remarks);
        }
    }

    /// Why something of it is not usable.
    ///
    /// @param file the database that is to blame; empty: all of them together
    /// @param text where in it and what, as a sentence
    record Reason(Optional<Path> file, String text) {

        @Override
        public String toString() {
            return file.map(one -> one + ": ").orElse("") + text;
        }
    }

    /// Nothing of it is usable.
    record Refused(List<Reason> reasons) implements GeoLoad {

        public Refused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty())
                throw new IllegalArgumentException("a refusal must give a reason");
        }
    }
}
