package meridian.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgramTest {

    @Test
    void aVersionIsFoundInWhateverAProgramSays() {
        assertThat(Program.versionIn("  -s the server (default: 127.0.0.1)\nVersion 2.10.0\n"))
                .isEqualTo("2.10.0");
        assertThat(Program.versionIn("knotd (Knot DNS), version 3.2.6")).isEqualTo("3.2.6");
        assertThat(Program.versionIn("gcc (Debian 12.2.0-14+deb12u1) 12.2.0")).isEqualTo("12.2.0");
        assertThat(Program.versionIn("no idea")).isEqualTo("of an unknown version");
    }

    @Test
    void whatIsMissingIsNamedWithHowToGetIt() {
        assertThat(new Program("no-such-program", "its-package").missing())
                .contains("no-such-program is not installed: apt-get install its-package");
    }
}
