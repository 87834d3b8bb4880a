package meridian.dns.ready;

import meridian.topology.Endpoint;
import meridian.topology.Pool;
import meridian.topology.Service;

/// An endpoint with where it is.
public record WatchedEndpoint(Service service, Pool pool, Endpoint endpoint) {}
