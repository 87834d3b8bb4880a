package meridian.node;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every word that asks a running node.
final class ApiOptionsMixin {

    private static final String URL_VARIABLE = "MERIDIAN_API";
    private static final String TOKEN_VARIABLE = "MERIDIAN_TOKEN";

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "The API of any node; or MERIDIAN_API. Default: http://127.0.0.1:8053")
    private @Nullable URI api;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the bearer token; or the token itself in MERIDIAN_TOKEN.")
    private @Nullable Path tokenFile;

    ApiClient client() throws IOException {
        String url =
                Optional.ofNullable(System.getenv(URL_VARIABLE)).orElse("http://127.0.0.1:8053");
        return new ApiClient(Optional.ofNullable(api).orElseGet(() -> URI.create(url)), token());
    }

    private Optional<String> token() throws IOException {
        if (tokenFile != null) return Optional.of(Files.readString(tokenFile).strip());
        return Optional.ofNullable(System.getenv(TOKEN_VARIABLE));
    }
}
