package meridian.node;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every word that asks a running node.
final class ApiOptionsMixin {

    private static final String URL_VARIABLE = "MERIDIAN_API";
    private static final String TOKEN_VARIABLE = "MERIDIAN_TOKEN";
    private static final String USUAL = "http://127.0.0.1:8053";

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "The API of any node; or MERIDIAN_API. Default: " + USUAL)
    private @Nullable String api;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the bearer token; or the token itself in MERIDIAN_TOKEN.")
    private @Nullable Path tokenFile;

    /// @throws ApiClient.FailedException naming what was typed that cannot be used
    ApiClient client() throws ApiClient.FailedException {
        return new ApiClient(root(), token());
    }

    private URI root() throws ApiClient.FailedException {
        if (api != null) return url("--api", api);
        String set = System.getenv(URL_VARIABLE);
        return set == null ? URI.create(USUAL) : url(URL_VARIABLE, set);
    }

    static URI url(String from, String text) throws ApiClient.FailedException {
        try {
            var url = new URI(text);
            boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (isHttp && url.getHost() != null) return url;
        } catch (URISyntaxException _) {
            // Told below, as what is a URL of something else.
        }
        throw new ApiClient.FailedException(
                from + " is \"" + text + "\"; a URL such as " + USUAL + " is accepted");
    }

    private Optional<String> token() throws ApiClient.FailedException {
        if (tokenFile == null) return Optional.ofNullable(System.getenv(TOKEN_VARIABLE));
        try {
            return Optional.of(Files.readString(tokenFile).strip());
        } catch (NoSuchFileException _) {
            throw new ApiClient.FailedException("the token file " + tokenFile + " does not exist");
        } catch (IOException e) {
            throw new ApiClient.FailedException(
                    "the token file " + tokenFile + " cannot be read: " + e.getMessage());
        }
    }
}
