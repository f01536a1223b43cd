package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.canvas.Binder;
import io.patchbay.canvas.YamlReader;
import io.patchbay.connector.definition.PropertyConfig;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingRulesTest {

    private static PropertyConfig property(String yaml) {
        Problems problems = new Problems();
        var node = new YamlReader().read("x.yaml", yaml, problems).orElseThrow();
        PropertyConfig bound = new Binder(Map.of()).bind(node, PropertyConfig.class, problems);
        assertThat(problems.list()).isEmpty();
        return Objects.requireNonNull(bound);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{pattern: '[a-z]+'} | shop | ''",
                "{pattern: '[a-z]+'} | Shop | must match [a-z]+",
                "{minLength: 2} | a | must have at least 2 characters",
                "{minLength: 2} | 😀😀 | ''",
                "{maxLength: 2} | abc | must have at most 2 characters",
                "{maxLength: 2} | 😀😀 | ''",
                "{type: integer, minimum: 1} | 0 | must be at least 1",
                "{type: integer, minimum: 1, maximum: 65535} | 443 | ''",
                "{type: integer, maximum: 65535} | 65536 | must be at most 65535",
                "{type: number, maximum: 0.5} | 0.50 | ''",
                "{type: number, maximum: 0.5} | half | must be a number",
                "{format: uri} | https://example.com/a?b | ''",
                "{format: uri} | example.com | 'must be a URI with its scheme, like https://example.com'",
                "{format: uri} | http://a b | 'must be a URI with its scheme, like https://example.com'",
                "{format: email} | someone@example.com | ''",
                "{format: email} | someone | 'must be a mail address, like someone@example.com'",
                "{format: email} | A <a@b.com> | 'must be a mail address, like someone@example.com'",
                "{format: date} | 2026-02-28 | ''",
                "{format: date} | 2026-02-30 | 'must be a date, like 2026-01-31'",
                "{format: hostname} | shop.example.com | ''",
                "{format: hostname} | -shop.example.com | 'must be the name of a host, like shop.example.com'",
                "{format: hostname} | https://shop | 'must be the name of a host, like shop.example.com'",
                "{format: uuid} | 0190163D-8694-739b-aea5-966c26f8ad91 | ''",
                "{format: uuid} | 1-1-1-1-1 | 'must be a UUID, like 0190163d-8694-739b-aea5-966c26f8ad91'",
                "{format: uuid, default: x} | '' | ''"
            })
    void aValueIsHeldToWhatItsDeclarationSays(String yaml, String value, String expected) {
        assertThat(SettingRules.broken(Json.NODES.textNode(value), property(yaml))
                        .orElse(""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{minimum: 1} | 'minimum' is for the types integer and number",
                "{type: boolean, maximum: 1} | 'maximum' is for the types integer and number",
                "{type: integer, minLength: 1} | 'minLength' is for the type string",
                "{type: number, maxLength: 1} | 'maxLength' is for the type string",
                "{type: integer, format: uri} | 'format' is for the type string",
                "{type: integer, minimum: 5, maximum: 4} | 'maximum' is smaller than 'minimum', so no value is right",
                "{minLength: 5, maxLength: 4} | 'maxLength' is smaller than 'minLength', so no value is right",
                "{type: integer, minimum: 5, maximum: 5} | null",
            },
            quoteCharacter = '"',
            nullValues = "null")
    void wordsThatDoNotFitTheTypeOrEachOtherAreSaid(String yaml, String expected) {
        assertThat(SettingRules.against(property(yaml))
                        .map(SettingRules.Against::what)
                        .orElse(null))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: integer} | 12 | ''",
                "{type: integer} | 1.5 | must be a whole number",
                "{type: integer} | many | must be a whole number",
                "{type: integer, minimum: 5} | 4 | must be at least 5",
                "{type: number} | -0.5 | ''",
                "{type: number} | 1e9 | must be a number",
                "{type: boolean} | yes | must be true or false",
                "{type: instant} | soon | 'must be a time like 2026-01-31T00:00:00Z, or how long ago, like -2h'",
                "{enum: [eu, us]} | us | ''",
                "{enum: [eu, us]} | mars | 'must be one of eu, us'",
                "{type: integer, enum: [1, 2]} | 2 | ''"
            })
    void whatAReferenceYieldsIsTextAndMustBeOfTheKind(String yaml, String value, String expected) {
        assertThat(SettingRules.brokenText(Json.NODES.textNode(value), property(yaml))
                        .orElse(""))
                .isEqualTo(expected);
    }
}
