package meridian.intent;

import meridian.topology.NodeId;

/// A person's wish that a vantage be counted no more: neither its vote nor its place in the
/// majority. For one that is gone for good while the configuration still names it.
public record Retirement(Origin origin, NodeId vantage) implements Intent {}
