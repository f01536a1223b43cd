package io.patchbay.script.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.patchbay.script.Scripts.Bounds;
import io.patchbay.script.language.Engine.Data;
import io.patchbay.script.language.Engine.Value;
import io.patchbay.script.language.LanguageException.Kind;
import io.patchbay.script.language.Languages.Given;
import io.patchbay.script.language.Languages.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/**
 * Expressions of one language, as tests ask for them.
 *
 * @param languages with the usual limits
 * @param strict with narrow ones
 */
record Expressions(Language language, Languages languages, Languages strict) implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static Expressions of(Language language) {
        return new Expressions(
                language,
                new Languages(LanguagesProperties.DEFAULT),
                new Languages(new LanguagesProperties(
                        Duration.ofMillis(300), DataSize.ofMegabytes(64), DataSize.ofMegabytes(1), 2)));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        languages.close();
        strict.close();
    }

    private Given given(Languages by, String text, Map<String, String> others, Data data) throws LanguageException {
        Map<String, JsonNode> variables = Map.of(
                "meta", json("{\"file\": \"a.json\"}"),
                "flow", json("{\"currency\": \"GBP\"}"),
                "run", json("{\"id\": \"r1\"}"));
        return by.each(languages.read(new Source(language, text, others)), Bounds.NONE, NOW, variables, List.of(data))
                .get(0);
    }

    private Value value(Languages by, String text, Map<String, String> others, Data data) throws LanguageException {
        Given given = given(by, text, others, data);
        if (given.failure() != null) {
            throw given.failure();
        }
        return given.value();
    }

    /** All values, as one list, or the text. */
    String of(String text, String data) throws LanguageException {
        return of(text, Map.of(), data);
    }

    String of(String text, Map<String, String> others, String data) throws LanguageException {
        return of(languages, text, others, data);
    }

    private String of(Languages by, String text, Map<String, String> others, String data) throws LanguageException {
        Value value = value(
                by,
                text,
                others,
                language.xml() ? Data.of(data.getBytes(StandardCharsets.UTF_8)) : Data.of(json(data)));
        return value.json() == null
                ? value.text()
                : JsonNodeFactory.instance.arrayNode().addAll(value.json()).toString();
    }

    /** It must fail, in that way, and soon. */
    LanguageException fails(String text, String data, Kind... kinds) {
        return fails(text, Map.of(), data, kinds);
    }

    LanguageException fails(String text, Map<String, String> others, String data, Kind... kinds) {
        long began = System.nanoTime();
        LanguageException failed = catchThrowableOfType(LanguageException.class, () -> of(strict, text, others, data));
        assertThat(failed).as(text).isNotNull();
        assertThat(failed.kind()).as(text + ": " + failed.getMessage()).isIn((Object[]) kinds);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as(text).isLessThan(Duration.ofSeconds(20));
        ended(text);
        return failed;
    }

    private static String shown(String text) {
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    /** It gives something or fails, and nothing of it goes on. */
    void ends(String text, String data) {
        long began = System.nanoTime();
        Throwable thrown = catchThrowable(() -> of(strict, text, Map.of(), data));
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(LanguageException.class);
            assertThat(((LanguageException) thrown).kind())
                    .as(shown(text) + ": " + thrown.getMessage())
                    .isNotIn(Kind.SYNTAX, Kind.BROKEN);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as(shown(text)).isLessThan(Duration.ofSeconds(20));
        ended(text);
    }

    private void ended(String text) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(strict.left())
                        .as("calls that go on, after " + shown(text))
                        .isZero());
    }

    LanguageException refused(String text) {
        return fails(text, language.xml() ? "<a/>" : "{}", Kind.SYNTAX);
    }
}
