package meridian.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import meridian.dns.wire.Answer;
import meridian.dns.wire.ExtendedError;
import meridian.dns.wire.Question;
import meridian.dns.wire.Rcode;
import meridian.dns.zone.Lookup;
import meridian.dns.zone.Zones;
import meridian.record.DomainName;
import meridian.record.RRset;
import meridian.record.RecordType;

/// Collects one answer: looks the name up, and follows its aliases through our zones.
///
/// The chain ends where it leaves our zones, where it comes back to itself, and after
/// [#MAX_ALIASES]; whoever asked goes on from its last name. The rcode is that of the last name
/// (RFC 6604 §3), AA that of the first (RFC 1035 §4.1.1).
final class AnswerCollector {

    /// As many as other servers follow; a longer chain is a mistake or an attack.
    static final int MAX_ALIASES = 16;

    private final Zones zones;
    private final SteeredAnswers choices;
    private final Client client;
    private final RecordType type;
    private final boolean dnssecOk;
    private final long draw;

    private final List<RRset> answer = new ArrayList<>();
    private final List<RRset> authority = new ArrayList<>();
    private final List<RRset> glue = new ArrayList<>();
    private final List<RRset> additional = new ArrayList<>();
    private Rcode rcode = Rcode.NOERROR;
    private boolean authoritative = true;
    private int scopePrefix;

    AnswerCollector(
            Zones zones,
            SteeredAnswers choices,
            Client client,
            RecordType type,
            boolean dnssecOk,
            long draw) {
        this.zones = zones;
        this.choices = choices;
        this.client = client;
        this.type = type;
        this.dnssecOk = dnssecOk;
        this.draw = draw;
    }

    Answer collect(Question question) {
        Optional<DomainName> next = Optional.of(question.name());
        for (int aliases = 0; next.isPresent() && aliases <= MAX_ALIASES; aliases++) {
            next = follow(zones.lookup(next.get(), type));
        }
        additional.removeIf(rrset -> answer.contains(rrset) || glue.contains(rrset));
        var collected =
                new Answer(rcode, authoritative, answer, authority, glue, additional, scopePrefix);
        return rcode == Rcode.REFUSED
                ? collected.because(ExtendedError.NOT_AUTHORITATIVE)
                : collected;
    }

    /// The name to ask on with, if the look-up found an alias.
    private Optional<DomainName> follow(Lookup lookup) {
        return switch (lookup) {
            case Lookup.Found found -> end(found);
            case Lookup.Steered steered -> steer(steered);
            case Lookup.Alias alias -> link(alias.links(), alias.target(), alias.proof());
            case Lookup.Referral referral -> end(referral);
            case Lookup.NoData(var soa, var proof) -> end(Rcode.NOERROR, soa, proof);
            case Lookup.NameError(var soa, var proof) -> end(Rcode.NXDOMAIN, soa, proof);
            case Lookup.TooLong(var dname) -> endTooLong(dname);
            case Lookup.NotOurs() -> endOutside();
        };
    }

    private Optional<DomainName> end(Lookup.Found found) {
        answer.add(found.rrset());
        additional.addAll(found.additional());
        prove(found.proof());
        return Optional.empty();
    }

    /// For those who understand it; a chain may need the same twice. Where it shows a name with
    /// less than that has otherwise, this is all that is said of the name.
    private void prove(List<RRset> proof) {
        if (!dnssecOk) return;
        for (RRset record : proof) {
            if (authority.contains(record)) continue;
            authority.removeIf(it -> isOfSame(it, record));
            authority.add(record);
        }
    }

    private static boolean isOfSame(RRset one, RRset other) {
        return one.type().equals(other.type()) && one.owner().equals(other.owner());
    }

    private Optional<DomainName> steer(Lookup.Steered found) {
        var choice = choices.answer(found.name(), found.type(), client, draw);
        scopePrefix = Math.max(scopePrefix, choice.scopePrefix());
        if (choice.rrset().isEmpty()) return end(Rcode.NOERROR, found.soa(), found.ofNothing());
        RRset chosen = choice.rrset().get().ownedBy(found.owner());
        if (chosen.type().equals(RecordType.CNAME)) {
            return link(List.of(chosen), targetOf(chosen), found.proof());
        }
        answer.add(chosen);
        prove(found.proof());
        return Optional.empty();
    }

    private static DomainName targetOf(RRset cname) {
        byte[] target = cname.rdata().getFirst();
        return DomainName.ofWire(target, 0, target.length);
    }

    /// A DNAME may be met twice on the way and is told once; a CNAME met twice closes a loop. Who
    /// asked for the CNAME, be it one that a DNAME implies, has it now.
    private Optional<DomainName> link(List<RRset> links, DomainName target, List<RRset> proof) {
        if (answer.contains(links.getLast())) return Optional.empty();
        links.stream().filter(link -> !answer.contains(link)).forEach(answer::add);
        prove(proof);
        return asksForAlias() ? Optional.empty() : Optional.of(target);
    }

    private boolean asksForAlias() {
        return type.equals(RecordType.CNAME) || type.equals(RecordType.ANY);
    }

    private Optional<DomainName> end(Lookup.Referral referral) {
        authoritative = !answer.isEmpty();
        authority.add(referral.ns());
        if (dnssecOk) referral.ds().ifPresent(authority::add);
        prove(referral.proof());
        glue.addAll(referral.glue());
        additional.addAll(referral.additional());
        return Optional.empty();
    }

    private Optional<DomainName> end(Rcode ending, RRset soa, List<RRset> proof) {
        rcode = ending;
        authority.add(soa);
        prove(proof);
        return Optional.empty();
    }

    private Optional<DomainName> endTooLong(RRset dname) {
        rcode = Rcode.YXDOMAIN;
        if (!answer.contains(dname)) answer.add(dname);
        return Optional.empty();
    }

    private Optional<DomainName> endOutside() {
        if (answer.isEmpty()) {
            rcode = Rcode.REFUSED;
            authoritative = false;
        }
        return Optional.empty();
    }
}
