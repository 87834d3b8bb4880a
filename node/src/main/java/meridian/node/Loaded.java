package meridian.node;

import java.time.Instant;
import meridian.cluster.Ledger;
import meridian.config.Configuration;
import meridian.dns.ready.Serving;
import meridian.dns.zone.Zone;

/// A configuration, ready to be served.
record Loaded(Configuration configuration, NodeOptions options, Serving serving)
        implements AutoCloseable {

    /// The same with signatures that live for a while yet, [#prepared].
    Loaded signedAgain(Ledger ledger, Instant at) {
        return new Loaded(configuration, options, serving.signedAgain(at)).prepared(ledger, at);
    }

    /// The same, once what it is answered with is signed, by what is known now.
    Loaded prepared(Ledger ledger, Instant now) {
        SigningAhead.prepare(serving, ledger, now);
        return this;
    }

    /// Gives the memory of all of it back at once; nobody may ask by this any more.
    @Override
    public void close() {
        serving.close();
        serving.zones().all().forEach(Zone::close);
        configuration.close();
    }
}
