package meridian.cluster;

import java.io.IOException;
import java.util.Optional;

/// A directory that is used as it should not be: each of its kinds is a mistake of
/// [LastKnownGood]'s.
public class CarelessDirectory implements Directory {

    private final Directory disk;

    CarelessDirectory(Directory disk) {
        this.disk = disk;
    }

    /// What is torn is taken for the newest state, of which nothing more can be read.
    public static Directory acceptingTheTorn(Directory disk) {
        return new CarelessDirectory(disk) {
            @Override
            public Optional<byte[]> read(String name) throws IOException {
                return super.read(name).map(CarelessDirectory::wholeOrEmpty);
            }
        };
    }

    private static byte[] wholeOrEmpty(byte[] bytes) {
        boolean isWhole = Generation.read(bytes).isPresent();
        return isWhole ? bytes : new Generation(1L << 40, SavedState.NONE).toBytes();
    }

    /// Nobody looks for the generation before.
    public static Directory withoutTheOneBefore(Directory disk) {
        return new CarelessDirectory(disk) {
            @Override
            public Optional<byte[]> read(String name) throws IOException {
                return name.equals("state.previous") ? Optional.empty() : super.read(name);
            }

            @Override
            public boolean has(String name) throws IOException {
                return !name.equals("state.previous") && super.has(name);
            }
        };
    }

    /// The newest state is written over the one before.
    public static Directory writingInPlace(Directory disk) {
        return new CarelessDirectory(disk) {
            @Override
            public void write(String name, byte[] bytes) throws IOException {
                super.write("state", bytes);
            }

            @Override
            public void move(String from, String to) {
                // It is there already.
            }
        };
    }

    /// Names are left to the operating system.
    public static Directory withoutSync(Directory disk) {
        return new CarelessDirectory(disk) {
            @Override
            public void sync() {
                // Some time it will.
            }
        };
    }

    @Override
    public boolean has(String name) throws IOException {
        return disk.has(name);
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        return disk.read(name);
    }

    @Override
    public void write(String name, byte[] bytes) throws IOException {
        disk.write(name, bytes);
    }

    @Override
    public void move(String from, String to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public void sync() throws IOException {
        disk.sync();
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
