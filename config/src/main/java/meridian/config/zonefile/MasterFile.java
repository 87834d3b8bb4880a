package meridian.config.zonefile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import meridian.config.source.Spot;
import meridian.record.Octets;
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
/// absolute one, against RFC 1035 §5.1. Between them [PlainLines] reads what it can.
final class MasterFile {

    private static final int MOST_INCLUDES = 16;
    private static final long MOST_GENERATED = 65_536;
    private static final Pattern PREFIXED =
            Pattern.compile("(?:<none>:[0-9]+: )+(.*)", Pattern.DOTALL);

    private final ZoneIntake intake;
    private final Path file;
    private final Octets octets;

    /// This file, the one that includes it, and so on.
    private final List<Path> chain;

    private Name origin;
    private OptionalLong defaultTtl;
    private OptionalLong lastTtl = OptionalLong.empty();
    private Optional<Name> lastOwner = Optional.empty();
    private final Optional<PlainLines> plain;
    private LineCounter source;
    private Tokenizer tokens;
    private int entryStart;
    private int entryLine = 1;
    private Reached reached = Reached.NOTHING;

    /// The owner that entries without one have is not known, since the entry that says it could not
    /// be read.
    private boolean isOwnerLost;

    /// How far into an entry reading has come, so that a problem can name it.
    ///
    /// @param path what is known of the record: its owner, or its owner and type
    /// @param type of the record whose data are being read, or -1
    private record Reached(boolean owner, String path, int type) {
        private static final Reached NOTHING = new Reached(false, "", -1);
        private static final Reached NO_RECORD = new Reached(true, "", -1);
    }

    /// What the words before the data say: for how long, in which class, of what type.
    private record Head(long ttl, int dclass, int type, boolean ttlFromSoa) {}

    private MasterFile(
            ZoneIntake intake,
            List<Path> chain,
            Octets octets,
            Name origin,
            OptionalLong defaultTtl,
            boolean hasPlainLines) {
        this.intake = intake;
        this.chain = chain;
        this.file = chain.getFirst();
        this.octets = octets;
        this.origin = origin;
        this.defaultTtl = defaultTtl;
        this.plain = hasPlainLines ? Optional.of(new PlainLines(octets)) : Optional.empty();
        this.source = new LineCounter(octets, 0, 1);
        this.tokens = new Tokenizer(source);
    }

    /// Hands every record and every mistake to `intake`.
    static void read(Path file, Octets octets, Name origin, ZoneIntake intake) {
        read(file, octets, origin, intake, true);
    }

    /// @param hasPlainLines false: dnsjava reads every line, which gives the same
    static void read(
            Path file, Octets octets, Name origin, ZoneIntake intake, boolean hasPlainLines) {
        new MasterFile(intake, List.of(file), octets, origin, OptionalLong.empty(), hasPlainLines)
                .readEntries();
    }

    private void readEntries() {
        for (boolean more = true; more && !intake.hasEnded(); ) {
            try {
                if (plain.isPresent()) readPlainLines(plain.get());
                more = !intake.hasEnded() && readEntry();
                if (source.offset() == octets.size())
                    EntryEnd.of(octets, entryStart).unclosed().ifPresent(this::refuseUnclosed);
            } catch (IOException | RuntimeException e) {
                // dnsjava throws both where a value makes no sense, such as a TTL above 2^31.
                isOwnerLost |= !reached.owner();
                EntryEnd end = EntryEnd.of(octets, entryStart);
                if (end.unclosed().isPresent()) refuseUnclosed(end.unclosed().getAsInt());
                else refuse(e);
                resume(end.offset());
            }
        }
    }

    /// As many as stand here, with dnsjava's view of where we are carried there and back.
    private void readPlainLines(PlainLines plain) throws IOException {
        int begin = source.offset();
        if (begin > 0 && octets.get8(begin - 1) != '\n') return;
        byte[] owner = lastOwner.isEmpty() || isOwnerLost ? new byte[0] : lastOwner.get().toWire();
        plain.goTo(begin, source.nextLine(), origin.toWire(), owner);
        boolean hasRead = false;
        while (!intake.hasEnded() && plain.next(defaultTtl.orElse(lastTtl.orElse(-1)))) {
            hasRead = true;
            lastTtl = OptionalLong.of(plain.ttl());
            intake.take(plain.record(), plain.ttl(), file, plain.line() - 1);
        }
        if (hasRead) {
            lastOwner = Optional.of(new Name(plain.owner()));
            isOwnerLost = false;
        }
        if (plain.offset() == begin) return;
        source = new LineCounter(octets, plain.offset(), plain.line());
        tokens = new Tokenizer(source);
    }

    private void refuseUnclosed(int opened) {
        intake.refuse(
                new Spot(file, entryLine + EntryEnd.lines(octets, entryStart, opened), ""),
                "opens a parenthesis that is not closed before the end of the file",
                "( and ) around the lines of one record are accepted");
    }

    private void refuse(Exception e) {
        Matcher prefixed = PREFIXED.matcher(String.valueOf(e.getMessage()));
        String said = prefixed.matches() ? prefixed.group(1) : String.valueOf(e.getMessage());
        var at = new Spot(file, source.line(), reached.path());
        if (reached.type() >= 0) {
            Misread misread = Misread.of(said, lastToken(), reached.type());
            intake.refuse(at, misread.wrong(), misread.accepted());
        } else {
            String[] parts = said.split("; ", 2);
            intake.refuse(at, parts[0], parts.length > 1 ? parts[1] : "");
        }
    }

    private Tokenizer.Token lastToken() {
        try {
            tokens.unget();
        } catch (IllegalStateException _) {
            // It is put back already.
        }
        try {
            return tokens.get();
        } catch (IOException e) {
            throw new IllegalStateException("a token that was put back is there", e);
        }
    }

    /// Goes on behind the entry that could not be read.
    private void resume(int end) {
        source = new LineCounter(octets, end, entryLine + EntryEnd.lines(octets, entryStart, end));
        tokens = new Tokenizer(source);
    }

    /// False at the end of the file.
    private boolean readEntry() throws IOException {
        entryStart = source.offset();
        entryLine = source.nextLine();
        reached = Reached.NOTHING;
        Tokenizer.Token token = tokens.get(true, false);
        if (token.type() == Tokenizer.EOF) return false;
        if (token.type() == Tokenizer.EOL) return true;
        if (token.type() == Tokenizer.WHITESPACE) return readOwnerless();
        if (token.value().startsWith("$")) {
            reached = Reached.NO_RECORD;
            readDirective(token.value());
            return true;
        }
        lastOwner = Optional.of(name(token.value(), origin));
        isOwnerLost = false;
        readRecord(lastOwner.get());
        return true;
    }

    private boolean readOwnerless() throws IOException {
        reached = Reached.NO_RECORD;
        Tokenizer.Token token = tokens.get();
        if (token.type() == Tokenizer.EOF) return false;
        if (token.type() == Tokenizer.EOL) return true;
        tokens.unget();
        if (lastOwner.isEmpty() && !isOwnerLost)
            throw tokens.exception("no record before this one has an owner");
        readRecord(isOwnerLost ? origin : lastOwner.get());
        return true;
    }

    private String word() throws IOException {
        Tokenizer.Token token = tokens.get();
        if (token.isString()) return token.value();
        throw tokens.exception(
                "ends too early; an owner, a TTL and a class if there are any, a type and its data"
                        + " are accepted");
    }

    private String argument(String directive) throws IOException {
        Tokenizer.Token token = tokens.get();
        if (token.isString()) return token.value();
        throw tokens.exception(directive);
    }

    private void endLine() throws IOException {
        Tokenizer.Token token = tokens.get();
        if (token.isString())
            throw tokens.exception(
                    "has \"" + token.value() + "\" behind its end; nothing more is accepted");
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
        String path = isOwnerLost ? "" : owner.toString();
        reached = new Reached(true, path, -1);
        Head head = head();
        reached = new Reached(true, (path + " " + Type.string(head.type)).strip(), head.type);
        lastTtl = OptionalLong.of(head.ttl);
        Record record = RecordData.read(owner, head.type, head.dclass, head.ttl, tokens, origin);
        // Unlike a TTL, an SOA's minimum is any number of 32 bits.
        long ttl =
                head.ttlFromSoa
                        ? Math.min(((SOARecord) record).getMinimum(), Integer.MAX_VALUE)
                        : head.ttl;
        lastTtl = OptionalLong.of(ttl);
        if (!isOwnerLost) intake.take(WireRecord.of(record), ttl, file, line);
    }

    /// TTL and class in either order, each if given, and the type.
    private Head head() throws IOException {
        String word = word();
        OptionalLong ttl = OptionalLong.empty();
        int dclass = -1;
        for (int i = 0; i < 2; i++) {
            if (ttl.isEmpty() && Character.isDigit(word.charAt(0))) {
                ttl = OptionalLong.of(ttl(word));
                word = word();
            } else if (dclass < 0 && DClass.value(word) >= 0) {
                dclass = DClass.value(word);
                word = word();
            }
        }
        int type = Type.value(word);
        if (type < 0)
            throw tokens.exception(
                    "\"" + word + "\" is no record type; A, AAAA, MX or TYPE65280 is accepted");
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
            case "$ORIGIN" -> readOrigin();
            case "$TTL" -> readTtl();
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

    private void readOrigin() throws IOException {
        try {
            origin = name(argument("names no origin; $ORIGIN example.com. is accepted"), origin);
            endLine();
        } catch (IOException e) {
            intake.goAstray();
            throw e;
        }
    }

    private void readTtl() throws IOException {
        // So that one mistake is not told again of every record below.
        defaultTtl = OptionalLong.of(0);
        defaultTtl = OptionalLong.of(ttl(argument("says no TTL; $TTL 300 or $TTL 5m is accepted")));
        endLine();
    }

    /// The included file starts with the origin and TTL of here, and changes neither here (RFC 1035
    /// §5.1).
    private void include() throws IOException {
        var at = new Spot(file, source.line(), "");
        String text = argument("names no file; $INCLUDE FILE or $INCLUDE FILE ORIGIN is accepted");
        Tokenizer.Token token = tokens.get();
        Name includedOrigin = token.isString() ? name(token.value(), origin) : origin;
        if (token.isString()) endLine();
        Path included = at.resolve(text);
        if (chain.stream().map(Path::normalize).anyMatch(included.normalize()::equals)) {
            intake.refuse(
                    at, included + " includes itself", "a file that leads to its end is accepted");
            return;
        }
        if (chain.size() > MOST_INCLUDES) {
            intake.refuse(
                    at,
                    "more than " + MOST_INCLUDES + " files include one another",
                    "up to " + MOST_INCLUDES + " are accepted");
            return;
        }
        var longer = new ArrayList<Path>(List.of(included));
        longer.addAll(chain);
        intake.include(included, at)
                .ifPresent(content -> readIncluded(content, longer, includedOrigin));
    }

    private void readIncluded(Octets content, List<Path> itsChain, Name itsOrigin) {
        try (content) {
            new MasterFile(intake, itsChain, content, itsOrigin, defaultTtl, plain.isPresent())
                    .readEntries();
        }
    }

    /// `$GENERATE 1-20 host$ A 192.0.2.$`, which is BIND's and widely used.
    private void generate() throws IOException {
        int line = source.line();
        String form = "$GENERATE 1-20 host$ A 192.0.2.$ is accepted";
        String text = argument("says no range; " + form);
        Optional<GeneratedRange> read = GeneratedRange.of(text);
        if (read.isEmpty())
            throw tokens.exception("\"" + text + "\" is no range; 1-20 or 2-20/2 is accepted");
        GeneratedRange range = read.get();
        if (range.count() > MOST_GENERATED)
            throw tokens.exception(
                    "\""
                            + text
                            + "\" makes "
                            + range.count()
                            + " records; up to "
                            + MOST_GENERATED
                            + " are accepted");
        String owners = argument("names no owner; " + form);
        Head head = head();
        String data = argument("has no data; " + form);
        endLine();
        var generator =
                new Generator(
                        range.first(),
                        range.last(),
                        range.step(),
                        owners,
                        head.type,
                        head.dclass,
                        head.ttl,
                        data,
                        origin);
        for (@Nullable Record record;
                !intake.hasEnded() && (record = generator.nextRecord()) != null; )
            intake.take(WireRecord.of(record), head.ttl, file, line);
    }
}
