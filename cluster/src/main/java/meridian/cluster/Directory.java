package meridian.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// The files of one folder that one process has to itself, as far as keeping a state needs them.
///
/// What is written and not synced yet, a power cut may leave there in part, or not at all.
public interface Directory extends Closeable {

    boolean has(String name) throws IOException;

    /// Empty where there is no file of this name.
    Optional<byte[]> read(String name) throws IOException;

    /// Makes a file hold these bytes and nothing else; they are on disk when it returns. That the
    /// file has this name is so only after [#sync].
    void write(String name, byte[] bytes) throws IOException;

    /// Gives a file another name, in one step, and takes that name from whichever had it.
    void move(String from, String to) throws IOException;

    /// Nothing happens where there is no such file.
    void delete(String name) throws IOException;

    /// All names are on disk when it returns.
    void sync() throws IOException;
}
