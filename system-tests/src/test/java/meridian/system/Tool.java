package meridian.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A program that is not ours and that a system test asks for, with Debian's package that has it.
/// `./meridian test` installs these where it may; its list is in `.ci/tools.sh`.
enum Tool {
    DIG("dig", "bind9-dnsutils"),
    DELV("delv", "bind9-dnsutils"),
    KDIG("kdig", "knot-dnsutils"),
    UNBOUND("unbound", "unbound"),
    NAMED("named", "bind9"),
    NSD("nsd", "nsd"),
    KNOTD("knotd", "knot"),
    MMDBLOOKUP("mmdblookup", "mmdb-bin"),
    DNSVIZ("dnsviz", "dnsviz"),
    ZONEMASTER("zonemaster-cli", "zonemaster-cli"),
    DNSPERF("dnsperf", "dnsperf"),
    HAPROXY("haproxy", "haproxy"),
    GCC("gcc", "gcc libc6-dev"),
    NPM("npm", "npm"),

    /// From HashiCorp, not from Debian.
    TERRAFORM("terraform", "") {
        @Override
        String missing() {
            return "terraform is not installed (https://developer.hashicorp.com/terraform/install)";
        }
    },

    /// Network namespaces take a root that may make them, and a device for packets.
    ROOT("ip", "iproute2") {
        @Override
        boolean serves(Path ip) {
            return Files.isWritable(Path.of("/dev/net/tun"))
                    && "root".equals(System.getProperty("user.name"));
        }

        @Override
        String missing() {
            return "root, /dev/net/tun and ip (Debian: iproute2) are not all here, of which network"
                    + " namespaces are made";
        }
    },

    /// Who may hold a process to a part of a core.
    CPU_CONTROLLER("sh", "") {
        @Override
        boolean serves(Path shell) {
            return Stream.of("cpu/cgroup.procs", "cgroup.subtree_control")
                    .map(Path.of("/sys/fs/cgroup")::resolve)
                    .anyMatch(Files::isWritable);
        }

        @Override
        String missing() {
            return "control groups cannot be made here: it takes root, and a cpu controller in"
                    + " /sys/fs/cgroup that may be written to";
        }
    },

    /// A library that is preloaded: `faketime` is not needed.
    FAKETIME("libfaketimeMT.so.1", "libfaketime") {
        @Override
        Optional<Path> path() {
            return Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                    .map(machine -> Path.of("/usr/lib", machine, "faketime", "libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
        }
    },
    PYTHON("python3", "python3"),

    /// Python with the module `dns`: Debian's, where another python3 comes first on the PATH.
    DNSPYTHON("python3", "python3-dnspython") {
        @Override
        boolean serves(Path python) {
            try {
                var command = List.of(python.toString(), "-c", "import dns");
                return Run.of(Path.of("/"), Map.of(), command).status() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    };

    /// Daemons are in sbin, which is not on everybody's PATH.
    private static final String FOLDERS = System.getenv("PATH") + ":/usr/bin:/usr/sbin:/sbin";

    private final String command;
    private final String debianPackage;

    Tool(String command, String debianPackage) {
        this.command = command;
        this.debianPackage = debianPackage;
    }

    /// Where it is, if it is installed.
    Optional<Path> path() {
        return Stream.of(FOLDERS.split(File.pathSeparator))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .filter(this::serves)
                .findFirst();
    }

    boolean serves(Path program) {
        return true;
    }

    String missing() {
        return command + " is not installed (Debian: " + debianPackage + ")";
    }
}
