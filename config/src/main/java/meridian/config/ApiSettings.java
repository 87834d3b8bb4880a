package meridian.config;

import java.util.List;

/// Who may use the API.
///
/// @param tokens none: the API serves loopback only
public record ApiSettings(List<ApiToken> tokens) {

    public ApiSettings {
        tokens = List.copyOf(tokens);
    }
}
