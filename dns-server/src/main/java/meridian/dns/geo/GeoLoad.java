package meridian.dns.geo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What came of reading geo databases.
public sealed interface GeoLoad {

    /// Reads databases in MaxMind's format as one atlas. Where two know an address, the earlier in
    /// the list has the say and the later adds what it lacks ([Atlas#filledFrom]).
    ///
    /// One file that is refused refuses all; every refusal is told.
    static GeoLoad read(List<Path> files) {
        Atlas atlas = Atlas.EMPTY;
        List<String> remarks = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
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

    /// Nothing of it is usable; each reason names the file, and where in it.
    record Refused(List<String> reasons) implements GeoLoad {

        public Refused {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty())
                throw new IllegalArgumentException("a refusal must give a reason");
        }
    }
}
