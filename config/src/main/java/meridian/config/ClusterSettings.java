package meridian.config;

import java.util.Optional;

/// What authenticates the nodes to one another. Empty keys are for a node that stands alone.
///
/// @param key signs what this node says, and is accepted from others
/// @param secondKey accepted from others too, so that a key can be replaced node by node
public record ClusterSettings(Optional<Secret> key, Optional<Secret> secondKey) {}
