package meridian.config.zonefile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meridian.config.source.Problems;
import meridian.config.source.Spot;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Generator;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TTL;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/// The records of one master file and of those that it includes, in order.
///
/// dnsjava reads the tokens and the data of each type; the entries are read here, since its own
/// `Master` tells no lines, stops at the first mistake, and takes a relative `$ORIGIN` for an
/// absolute one, against RFC 1035 §5.1.
final class MasterFile {

    /// Whoever takes the records.
    @FunctionalInterface
    interface Sink {
        void accept(Record record, long ttl, Path file, int line);
    }

    private static final int MOST_INCLUDES = 16;
    private static final Pattern PREFIXED = Pattern.compile("<none>:[0-9]+: (.*)", Pattern.DOTALL);
    private static final Pattern RANGE =
            Pattern.compile("([0-9]{1,9})-([0-9]{1,9})(?:/([0-9]{1,9}))?");

    private final FileOpener opener;
    private final Problems problems;
    private final Sink sink;
    private final Path file;
    private final byte[] octets;
    private final int depth;

    private Name origin;
    private OptionalLong defaultTtl;
    private OptionalLong lastTtl = OptionalLong.empty();
    private Optional<Name> lastOwner = Optional.empty();
    private LineCounter source;
    private Tokenizer tokens;
    private int entryStart;
    private int entryLine = 1;

    /// What the words before the data say: for how long, in which class, of what type.
    private record Head(long ttl, int dclass, int type, boolean ttlFromSoa) {}

    private MasterFile(
            FileOpener opener,
            Problems problems,
            Sink sink,
            Path file,
            byte[] octets,
            Name origin,
            OptionalLong defaultTtl,
            int depth) {
        this.opener = opener;
        this.problems = problems;
        this.sink = sink;
        this.file = file;
        this.octets = octets;
        this.origin = origin;
        this.defaultTtl = defaultTtl;
        this.depth = depth;
        this.source = new LineCounter(octets, 0, 1);
        this.tokens = new Tokenizer(source);
    }

    /// Hands every record to `sink`, and every mistake to `problems`.
    static void read(
            Path file,
            byte[] octets,
            Name origin,
            FileOpener opener,
            Problems problems,
            Sink sink) {
        new MasterFile(opener, problems, sink, file, octets, origin, OptionalLong.empty(), 0)
                .readEntries();
    }

    private void readEntries() {
        for (boolean more = true; more; ) {
            try {
                more = readEntry();
            } catch (IOException | RuntimeException e) {
                // dnsjava throws both where a value makes no sense, such as a TTL above 2^31.
                Matcher prefixed = PREFIXED.matcher(String.valueOf(e.getMessage()));
                String wrong = prefixed.matches() ? prefixed.group(1) : e.getMessage();
                problems.refuse(new Spot(file, source.line(), ""), String.valueOf(wrong), "");
                resume();
            }
        }
    }

    /// Goes on behind the entry that could not be read.
    private void resume() {
        int end = EntryEnd.of(octets, entryStart);
        source = new LineCounter(octets, end, entryLine + EntryEnd.lines(octets, entryStart, end));
        tokens = new Tokenizer(source);
    }

    /// False at the end of the file.
    private boolean readEntry() throws IOException {
        entryStart = source.offset();
        entryLine = source.nextLine();
        Tokenizer.Token token = tokens.get(true, false);
        if (token.type() == Tokenizer.EOF) return false;
        if (token.type() == Tokenizer.EOL) return true;
        if (token.type() == Tokenizer.WHITESPACE) return readOwnerless();
        if (token.value().startsWith("$")) readDirective(token.value());
        else readRecord(name(token.value(), origin));
        return true;
    }

    private boolean readOwnerless() throws IOException {
        Tokenizer.Token token = tokens.get();
        if (token.type() == Tokenizer.EOF) return false;
        if (token.type() == Tokenizer.EOL) return true;
        tokens.unget();
        if (lastOwner.isEmpty()) throw tokens.exception("no record before this one has an owner");
        readRecord(lastOwner.get());
        return true;
    }

    private Name name(String text, Name relativeTo) throws TextParseException {
        try {
            return Name.fromString(text, relativeTo);
        } catch (TextParseException e) {
            throw tokens.exception(String.valueOf(e.getMessage()));
        }
    }

    private void readRecord(Name owner) throws IOException {
        int line = source.line();
        Head head = head();
        Record record = Record.fromString(owner, head.type, head.dclass, head.ttl, tokens, origin);
        long ttl = head.ttlFromSoa ? ((SOARecord) record).getMinimum() : head.ttl;
        lastOwner = Optional.of(owner);
        lastTtl = OptionalLong.of(ttl);
        sink.accept(record, ttl, file, line);
    }

    /// TTL and class in either order, each if given, and the type.
    private Head head() throws IOException {
        String word = tokens.getString();
        OptionalLong ttl = OptionalLong.empty();
        int dclass = -1;
        for (int i = 0; i < 2; i++) {
            if (ttl.isEmpty() && Character.isDigit(word.charAt(0))) {
                ttl = OptionalLong.of(ttl(word));
                word = tokens.getString();
            } else if (dclass < 0 && DClass.value(word) >= 0) {
                dclass = DClass.value(word);
                word = tokens.getString();
            }
        }
        int type = Type.value(word);
        if (type < 0) throw tokens.exception("\"" + word + "\" is no record type");
        if (dclass < 0) dclass = DClass.IN;
        if (ttl.isEmpty()) ttl = defaultTtl.isPresent() ? defaultTtl : lastTtl;
        if (ttl.isEmpty() && type != Type.SOA)
            throw tokens.exception("the record has no TTL; one here or a $TTL before is accepted");
        return new Head(ttl.orElse(0), dclass, type, ttl.isEmpty());
    }

    private long ttl(String word) throws TextParseException {
        try {
            return TTL.parseTTL(word);
        } catch (NumberFormatException _) {
            throw tokens.exception("\"" + word + "\" is no TTL; 300 or 5m is accepted");
        }
    }

    private void readDirective(String directive) throws IOException {
        switch (directive.toUpperCase(Locale.ROOT)) {
            case "$ORIGIN" -> {
                origin = name(tokens.getString(), origin);
                tokens.getEOL();
            }
            case "$TTL" -> {
                defaultTtl = OptionalLong.of(ttl(tokens.getString()));
                tokens.getEOL();
            }
            case "$INCLUDE" -> include();
            case "$GENERATE" -> generate();
            default ->
                    throw tokens.exception(
                            "\""
                                    + directive
                                    + "\" is no directive; $ORIGIN, $TTL, $INCLUDE and $GENERATE are"
                                    + " accepted");
        }
    }

    /// The included file starts with the origin and TTL of here, and changes neither here (RFC 1035
    /// §5.1).
    private void include() throws IOException {
        var at = new Spot(file, source.line(), "");
        String text = tokens.getString();
        Tokenizer.Token token = tokens.get();
        Name includedOrigin = token.isString() ? name(token.value(), origin) : origin;
        if (token.isString()) tokens.getEOL();
        if (depth == MOST_INCLUDES) {
            problems.refuse(at, "more than " + MOST_INCLUDES + " files include one another", "");
            return;
        }
        Path included = at.resolve(text);
        opener.octets(included, at)
                .map(
                        content ->
                                new MasterFile(
                                        opener,
                                        problems,
                                        sink,
                                        included,
                                        content,
                                        includedOrigin,
                                        defaultTtl,
                                        depth + 1))
                .ifPresent(MasterFile::readEntries);
    }

    /// `$GENERATE 1-20 host$ A 192.0.2.$`, which is BIND's and widely used.
    private void generate() throws IOException {
        int line = source.line();
        String text = tokens.getString();
        Matcher range = RANGE.matcher(text);
        if (!range.matches())
            throw tokens.exception("\"" + text + "\" is no range; 1-20 or 2-20/2 is accepted");
        String owners = tokens.getString();
        Head head = head();
        String data = tokens.getString();
        tokens.getEOL();
        long step = range.group(3) == null ? 1 : Long.parseLong(range.group(3));
        var generator =
                new Generator(
                        Long.parseLong(range.group(1)),
                        Long.parseLong(range.group(2)),
                        step,
                        owners,
                        head.type,
                        head.dclass,
                        head.ttl,
                        data,
                        origin);
        for (@Nullable Record record; (record = generator.nextRecord()) != null; )
            sink.accept(record, head.ttl, file, line);
    }
}
