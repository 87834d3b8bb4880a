package meridian.node;

import java.util.List;
import meridian.config.source.ConfigProblem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The warnings of files that are accepted, in the log: what is amiss with one of a hundred
/// thousand services may be so with all.
final class WarningLog {

    private static final Logger LOG = LoggerFactory.getLogger(WarningLog.class);
    private static final int MOST = 100;

    private WarningLog() {}

    static void tell(List<ConfigProblem> warnings) {
        warnings.stream().limit(MOST).forEach(warning -> LOG.warn("{}", warning));
        if (warnings.size() > MOST)
            LOG.warn(
                    "and {} warnings more; ./meridian check FILE tells all of them",
                    warnings.size() - MOST);
    }
}
