package meridian.node;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import meridian.api.ApiOptions;
import meridian.api.ControlApi;
import meridian.api.Role;
import meridian.api.Token;
import meridian.config.Configuration;
import meridian.topology.Node;

/// How a node is to serve its API. The API itself starts last; that it cannot is found out here,
/// before the first query is answered by a node that would end a moment later.
final class ApiPlan {

    private ApiPlan() {}

    /// Nothing for a node without an API.
    ///
    /// @throws IllegalArgumentException if others would reach it, and there are no tokens
    /// @throws IOException if its port is not to be had
    static Optional<ApiOptions> of(Node node, Configuration configuration) throws IOException {
        if (!node.roles().contains(meridian.topology.Role.API) || node.api().isEmpty())
            return Optional.empty();
        List<Token> tokens =
                configuration.api().tokens().stream()
                        .map(
                                token ->
                                        new Token(
                                                token.name(),
                                                Role.valueOf(token.role().name()),
                                                token.sha256()))
                        .toList();
        ApiOptions options = ApiOptions.of(node.api().get(), tokens);
        ControlApi.checkFree(options.listen());
        return Optional.of(options);
    }
}
