package meridian.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

    @Test
    void eachChangeIsALineBehindTheOthers(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("audit.log");
        new AuditFile(path).write(line("one\nmore"));
        new AuditFile(path).write(line("two"));
        assertThat(Files.readAllLines(path))
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo(
                        "{\"time\":\"2026-11-22T12:00:00Z\",\"owner\":\"ada\",\"remote\":\"127.0.0.1\","
                                + "\"action\":\"drain\",\"id\":\"7\",\"target\":\"region us-east\","
                                + "\"reason\":\"one\\nmore\",\"outcome\":\"accepted\"}");
    }

    private static Audit.Line line(String reason) {
        return new Audit.Line(
                HandmadeFleet.NOON,
                "ada",
                "127.0.0.1",
                "drain",
                "7",
                "region us-east",
                reason,
                "accepted");
    }
}
