package meridian.config;

import java.time.Duration;
import java.util.List;
import meridian.config.source.Problems;
import meridian.topology.Comeback;

/// `failback` and `ramp` of a service.
final class ComebackReader {

    private static final List<String> MANNERS = List.of("automatic", "ramp", "manual");
    private static final Duration RAMP = Duration.ofSeconds(60);
    private static final Duration LONGEST_RAMP = Duration.ofHours(1);

    private final Problems problems;
    private final Values values;

    ComebackReader(Problems problems) {
        this.problems = problems;
        this.values = new Values(problems);
    }

    Comeback read(Fields service) {
        String manner =
                service.read("failback", tree -> values.known(tree, "a failback", MANNERS))
                        .orElse("automatic");
        if (manner.equals("automatic")) return automatic(service);
        boolean byHand = manner.equals("manual");
        Duration least = byHand ? Duration.ZERO : Duration.ofSeconds(1);
        Duration ramp =
                service.duration("ramp", byHand ? Duration.ZERO : RAMP, least, LONGEST_RAMP);
        return new Comeback(byHand, ramp);
    }

    private Comeback automatic(Fields service) {
        if (service.has("ramp"))
            problems.refuse(
                    service.at("ramp"),
                    "is given, but failback is automatic",
                    "failback = ramp or failback = manual beside it, or no ramp, is accepted");
        return Comeback.AUTOMATIC;
    }
}
