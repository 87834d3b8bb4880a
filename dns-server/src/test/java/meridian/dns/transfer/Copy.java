package meridian.dns.transfer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import meridian.dns.wire.Serial;
import meridian.record.RRset;
import meridian.record.RecordType;

/// A zone as a secondary has it, which takes what a transfer gives as RFC 1995 §4 says, and is
/// strict: what is to go must be there, and what is to come must not.
final class Copy {

    private final Set<String> records = new HashSet<>();
    private Serial serial;

    /// Takes all of it.
    Copy(Iterator<RRset> all) {
        List<RRset> list = flat(all);
        serial = Serial.of(list.getFirst());
        takeAll(list);
    }

    Serial serial() {
        return serial;
    }

    Set<String> records() {
        return records;
    }

    /// Takes what an IXFR gives; whether that was changes alone.
    boolean take(Iterator<RRset> told) {
        List<RRset> list = flat(told);
        Serial next = Serial.of(list.getFirst());
        boolean isChanges = list.size() > 1 && isSoa(list.get(1));
        if (isChanges) takeChanges(list.subList(1, list.size() - 1));
        else if (list.size() > 1) takeAll(list);
        else assertThat(next.equals(serial), "the SOA alone says that nothing changed");
        if (isChanges) assertThat(serial.equals(next), "the changes lead to the version");
        serial = next;
        return isChanges;
    }

    private void takeAll(List<RRset> list) {
        records.clear();
        list.subList(0, list.size() - 1).forEach(one -> add(text(one)));
        assertThat(list.getFirst().equals(list.getLast()), "the SOA is first and last");
    }

    private void takeChanges(List<RRset> list) {
        boolean isAdding = true;
        for (RRset one : list) {
            if (isSoa(one)) {
                isAdding = !isAdding;
                if (isAdding) serial = Serial.of(one);
                else assertThat(Serial.of(one).equals(serial), "changes follow one another");
            }
            if (isAdding) add(text(one));
            else assertThat(records.remove(text(one)), text(one) + " is there to be removed");
        }
    }

    private void add(String record) {
        assertThat(records.add(record), record + " is new");
    }

    private static void assertThat(boolean holds, String what) {
        if (!holds) throw new AssertionError("it does not hold that " + what);
    }

    private static boolean isSoa(RRset one) {
        return one.type().equals(RecordType.SOA);
    }

    private static List<RRset> flat(Iterator<RRset> rrsets) {
        var flat = new ArrayList<RRset>();
        rrsets.forEachRemaining(
                rrset ->
                        rrset.rdata()
                                .forEach(
                                        one ->
                                                flat.add(
                                                        new RRset(
                                                                rrset.owner(),
                                                                rrset.type(),
                                                                rrset.ttl(),
                                                                List.of(one)))));
        return flat;
    }

    private static String text(RRset one) {
        return one.owner()
                + " "
                + one.type()
                + " "
                + one.ttl()
                + " "
                + HexFormat.of().formatHex(one.rdata().getFirst());
    }
}
