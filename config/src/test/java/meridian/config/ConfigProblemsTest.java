package meridian.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every problem that a configuration can have, in the words that an operator reads.
///
/// Each case stands beside `golden/config/base.conf` as `conf.d/base.conf`, unless its title says
/// that it stands alone.
class ConfigProblemsTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files",
                "keys",
                "fleet",
                "monitors-and-clients",
                "services",
                "steering",
                "names-and-zones",
                "transfers",
                "record-types"
            })
    void eachMistakeIsToldWithItsLineAndWhatIsAccepted(String topic) throws IOException {
        String name = "config/" + topic + ".txt";
        List<Golden.Case> cases = Golden.cases(name);
        var told = new ArrayList<Golden.Case>();
        for (Golden.Case one : cases) told.add(one.with(problems(one)));
        if (Golden.isUpdated()) Golden.write(name, told);
        else assertThat(told).isEqualTo(cases);
    }

    private List<String> problems(Golden.Case one) throws IOException {
        var config = new ConfigFolder(Files.createTempDirectory(folder, "case"));
        if (!one.title().contains("(alone)"))
            config.with("conf.d/base.conf", Golden.text("config/base.conf"))
                    .with("conf.d/base.zone", Golden.text("config/base.zone"));
        for (var file : one.files().entrySet()) config.with(file.getKey(), file.getValue());
        return config.problems();
    }
}
