package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import meridian.config.zonefile.ZoneFileReader;
import meridian.record.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every problem that a zone file can have, in the words that an operator reads.
class ZoneProblemsTest {

    private static final String NAME = "zone-files.txt";

    @TempDir private Path folder;

    @Test
    void eachMistakeIsToldWithItsLine() throws IOException {
        List<Golden.Case> cases = Golden.cases(NAME);
        var told = new ArrayList<Golden.Case>();
        for (Golden.Case one : cases) told.add(one.with(problems(one)));
        if (Golden.isUpdated()) Golden.write(NAME, told);
        else assertThat(told).isEqualTo(cases);
    }

    private List<String> problems(Golden.Case one) throws IOException {
        Path zones = Files.createTempDirectory(folder, "case");
        for (var file : one.files().entrySet())
            Files.writeString(zones.resolve(file.getKey()), file.getValue());
        var problems = new Problems();
        Path file = zones.resolve("example.com.zone");
        new ZoneFileReader(problems, new ConfigFiles(problems)::zone)
                .read(file, DomainName.of("example.com"), Optional.empty(), new Spot(file, 1, ""));
        return problems.toList().stream()
                .map(problem -> problem.toString().replace(zones + "/", ""))
                .toList();
    }
}
