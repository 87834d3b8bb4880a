package meridian.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How resources become JSON: records with names_like_this, moments in ISO 8601, and null for what
/// is not there; and how a body is read.
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Instant.class, new InstantText())
                                    .addSerializer(Optional.class, new Maybe()))
                    .build();

    private static final Pattern TWICE = Pattern.compile("Duplicate field '(.*)'");

    private Json() {}

    static String text(Object resource) {
        try {
            return MAPPER.writeValueAsString(resource) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a resource cannot be written as JSON", e);
        }
    }

    /// One line, for files that hold a value a line.
    static String line(Object value) {
        try {
            return MAPPER.writer()
                            .without(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(value)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value cannot be written as JSON", e);
        }
    }

    /// The body as one JSON object.
    ///
    /// @throws Refusal naming the place in the body where it stops being one
    static ObjectNode object(String body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node instanceof ObjectNode object) return object;
            throw Refusal.of(400, "the body is not a JSON object, such as {\"region\": …}");
        } catch (JsonProcessingException e) {
            String problem = "the body is not JSON: " + place(e) + words(e);
            Matcher twice = TWICE.matcher(words(e));
            throw twice.matches()
                    ? Refusal.badField(twice.group(1), problem)
                    : Refusal.of(400, problem);
        }
    }

    /// What the library says, without what it says of itself.
    private static String words(JsonProcessingException e) {
        if (e instanceof JsonEOFException) return "it ends too early";
        return e.getOriginalMessage()
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst(" \\(?(start marker )?at \\[.*", "");
    }

    /// What breaks a limit, such as arrays a thousand deep, has no place.
    private static String place(JsonProcessingException e) {
        return Optional.ofNullable(e.getLocation())
                .map(at -> "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ")
                .orElse("");
    }

    private static final class InstantText extends JsonSerializer<Instant> {

        @Override
        public void serialize(Instant value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(value.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }

    /// `Optional` without a library of its own.
    @SuppressWarnings("rawtypes") // a class literal has no parameters
    private static final class Maybe extends JsonSerializer<Optional> {

        @Override
        public void serialize(Optional value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            if (value.isPresent()) provider.defaultSerializeValue(value.get(), out);
            else out.writeNull();
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Optional value) {
            return value.isEmpty();
        }
    }
}
