package io.patchbay.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Nothing is left of a secret, whatever it is made of and however it is written. */
class RedactorPropertiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final Pattern CODE = Pattern.compile("%[0-9A-F]{2}");

    /** Ways in which programs write texts into texts, by name. */
    private static final Map<String, UnaryOperator<String>> ESCAPES = new TreeMap<>(Map.of(
            "plain",
            text -> text,
            "url",
            RedactorPropertiesTest::url,
            "urlLower",
            text -> CODE.matcher(url(text)).replaceAll(code -> code.group().toLowerCase(Locale.ROOT)),
            "urlPath",
            text -> url(text).replace("+", "%20"),
            "json",
            text -> json(JSON, text),
            "jsonAscii",
            text -> json(ASCII, text),
            "jsonSlashes",
            text -> json(JSON, text).replace("/", "\\/"),
            "html",
            text -> text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&#39;")));

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String json(ObjectMapper mapper, String text) {
        try {
            String quoted = mapper.writeValueAsString(text);
            return quoted.substring(1, quoted.length() - 1);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.of(
                        "a", "B", "7", "x9", "%", "%41", "%2541", "%c3%a9", "+", "-", " ", "/", "=", "\"", "'", "\\",
                        "\\n", "\\u0041", "&", "&amp;", "&#65;", "<", ">", "é", "ß", "漢", "😀", "${x}")
                .list()
                .ofMinSize(8)
                .ofMaxSize(24)
                .map(parts -> "s3c" + String.join("", parts) + "=%41-");
    }

    @Provide
    Arbitrary<String> escapes() {
        return Arbitraries.of(ESCAPES.keySet());
    }

    private static String redacted(String secret, String text) {
        Redactor redactor = new Redactor();
        redactor.learn("S", secret);
        return redactor.redact("before " + text + " after");
    }

    @Property(tries = 3_000)
    void nothingIsLeftWhereItIsEscapedTwiceInAnyWay(
            @ForAll("secrets") String secret, @ForAll("escapes") String first, @ForAll("escapes") String second) {
        String text = ESCAPES.get(second).apply(ESCAPES.get(first).apply(secret));

        assertThat(redacted(secret, text))
                .as("%s, then %s, of %s", first, second, secret)
                .isEqualTo("before *** after");
    }

    @Property(tries = 1_000)
    void nothingIsLeftOfItsBytes(@ForAll("secrets") String secret, @ForAll("escapes") String escaped) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (String text : List.of(
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getEncoder().encodeToString(url(secret).getBytes(StandardCharsets.UTF_8)),
                HexFormat.of().formatHex(bytes))) {
            assertThat(redacted(secret, ESCAPES.get(escaped).apply(text)))
                    .as("%s, then %s, of %s", text, escaped, secret)
                    .isEqualTo("before *** after");
        }
    }

    @Property(tries = 1_000)
    void nothingOfItsEndIsLeftBehindAUser(@ForAll("secrets") String secret, @ForAll("escapes") String user) {
        for (String value : List.of(secret, url(secret))) {
            String text = Base64.getEncoder().encodeToString((user + ":" + value).getBytes(StandardCharsets.UTF_8));

            assertThat(redacted(secret, text))
                    .as("%s of %s", text, secret)
                    .endsWith("*** after")
                    .hasSizeLessThanOrEqualTo("before *** after".length() + (user.length() + 1) * 4 / 3 + 1);
        }
    }

    /** What leaves no whole secret takes no more away than its own characters. */
    @Property(tries = 1_000)
    void whatIsNoSecretStays(@ForAll("secrets") String secret, @ForAll("escapes") String escaped) {
        String other = ESCAPES.get(escaped).apply("nothing of it: %41-, &amp; and \\n");

        assertThat(redacted(secret, other)).isEqualTo("before " + other + " after");
    }

    @Example
    void aSecretThatIsForgottenIsNotLookedForInAnyForm() {
        Redactor redactor = new Redactor();
        for (String value : List.of("first-=%41 &amp; more", "second-value", "third-value", "fourth-value")) {
            redactor.learn("S", value);
        }
        String text = "first-=%41 &amp; more, first-=A & more, first-=A+&+more";

        assertThat(redactor.redact(text)).isEqualTo(text);
    }
}
