package meridian.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import meridian.config.source.Problems;
import meridian.record.RecordType;
import meridian.topology.Binding;
import meridian.topology.Pool;

/// The `https { … }` and `svcb { … }` of a service.
final class BindingReader {

    private static final int LAST_PORT = 65_535;

    private final Problems problems;
    private final Values values;

    BindingReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    /// @param pools of the service: what is told needs something to tell it of
    List<Binding> read(Fields service, List<Pool> pools) {
        var bindings = new ArrayList<Binding>();
        for (String key : List.of("svcb", "https")) {
            Schema schema = key.equals("svcb") ? Schema.SVCB : Schema.HTTPS_RECORD;
            RecordType type = key.equals("svcb") ? RecordType.SVCB : RecordType.HTTPS;
            boolean hasHosts = pools.stream().anyMatch(pool -> pool.has(type));
            Optional<Binding> binding =
                    service.block(key, schema)
                            .flatMap(fields -> binding(type, key, hasHosts, fields));
            if (hasHosts) checkAlike(service, pools, type, key);
            if (pools.isEmpty() || pools.stream().anyMatch(pool -> isOf(pool, type)))
                binding.ifPresent(bindings::add);
            else if (service.has(key))
                problems.refuse(
                        service.at(key),
                        "stands in a service without an address or a host for it",
                        "a service with v4, v6 or " + key + " endpoints is accepted");
        }
        return bindings;
    }

    /// Clients ask for these records with the addresses, and go where they lead.
    private void checkAlike(Fields service, List<Pool> pools, RecordType type, String key) {
        for (Pool pool : pools) {
            if (hasAddress(pool) && !pool.has(type))
                problems.refuse(
                        service.at("pools"),
                        "the pool of "
                                + pool.region()
                                + " has addresses and no "
                                + key
                                + ", so its clients would be told of other regions",
                        key + " in each pool that has addresses, or in none, is accepted");
        }
    }

    private static boolean hasAddress(Pool pool) {
        return pool.has(RecordType.A) || pool.has(RecordType.AAAA);
    }

    private static boolean isOf(Pool pool, RecordType type) {
        return hasAddress(pool) || pool.has(type);
    }

    private Optional<Binding> binding(
            RecordType type, String key, boolean hasHosts, Fields fields) {
        if (hasHosts && fields.has("hints")) {
            problems.refuse(
                    fields.at("hints"),
                    "stands in a service whose " + key + " are hosts, which have none",
                    key + " without hints is accepted");
            return Optional.empty();
        }
        List<String> alpn = fields.readEach("alpn", values::text);
        OptionalInt port =
                fields.read("port", tree -> values.number(tree, 1, LAST_PORT)).stream()
                        .mapToInt(Integer::intValue)
                        .findFirst();
        Optional<String> ech = fields.text("ech");
        boolean hints = fields.truth("hints", true);
        if (alpn.size() < fields.items("alpn").size()) return Optional.empty();
        return problems.attempt(fields.at(), () -> new Binding(type, alpn, port, ech, hints));
    }
}
