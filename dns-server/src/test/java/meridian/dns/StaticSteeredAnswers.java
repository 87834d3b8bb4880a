package meridian.dns;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import meridian.dns.zone.SteeredName;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The same for every client, from lines such as `shop.example.com A 20 192.0.2.10, 192.0.2.11
/// scope 24`; `nothing` in place of the data stands for a choice of none.
public record StaticSteeredAnswers(List<Line> lines) implements SteeredAnswers {

    public record Line(DomainName owner, RecordType type, Optional<RRset> rrset, int scope) {}

    public static StaticSteeredAnswers parse(List<String> lines) {
        return new StaticSteeredAnswers(lines.stream().map(StaticSteeredAnswers::line).toList());
    }

    private static Line line(String text) {
        List<String> words = List.of(text.split(" +", -1));
        DomainName owner = DomainName.of(words.get(0));
        int type = Type.value(words.get(1));
        int scopeAt = words.indexOf("scope");
        List<String> data = List.of(String.join(" ", words.subList(3, scopeAt)).split(", ", -1));
        Optional<RRset> rrset =
                data.equals(List.of("nothing"))
                        ? Optional.empty()
                        : Optional.of(rrset(owner, type, Long.parseLong(words.get(2)), data));
        return new Line(
                owner, new RecordType(type), rrset, Integer.parseInt(words.get(scopeAt + 1)));
    }

    private static RRset rrset(DomainName owner, int type, long ttl, List<String> data) {
        return new RRset(
                owner,
                new RecordType(type),
                ttl,
                data.stream().map(each -> rdata(type, each)).toList());
    }

    private static byte[] rdata(int type, String text) {
        try {
            Record record = Record.fromString(Name.root, type, DClass.IN, 0, text, Name.root);
            byte[] wire = record.toWire(Section.ANSWER);
            return Arrays.copyOfRange(wire, 11, wire.length);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    text + " is no data of type " + Type.string(type), e);
        }
    }

    /// The names these lines steer.
    public List<SteeredName> names() {
        Map<DomainName, List<RecordType>> types =
                lines.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Line::owner,
                                        Collectors.mapping(Line::type, Collectors.toList())));
        return types.entrySet().stream()
                .map(e -> new SteeredName(e.getKey(), Set.copyOf(e.getValue()), 0, 0))
                .toList();
    }

    @Override
    public Choice answer(SteeredName name, RecordType type, Client client, long draw) {
        Line line =
                lines.stream()
                        .filter(l -> l.owner().equals(name.owner()) && l.type().equals(type))
                        .findFirst()
                        .orElseThrow();
        return new Choice(line.rrset(), line.scope());
    }
}
