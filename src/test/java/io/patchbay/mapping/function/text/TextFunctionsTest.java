package io.patchbay.mapping.function.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.expression.FakeScope;
import io.patchbay.mapping.function.Applied;
import io.patchbay.mapping.function.FunctionCall;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.payload.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFunctionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "title | \"don't jean-luc l'oréal\" | \"Don't Jean-Luc L'Oréal\"",
                "title | \"ǆ ß 2nd\" | \"ǅ ß 2nd\"",
                "title | \"\" | \"\"",
                "length | \"\uD83D\uDE80x\" | 2",
                "firstWord | \"\" | \"\"",
                "lastWord | Ann | Ann",
                "squeeze | \"\\u00a0a\\t\\u2003b \" | a b",
                "{ pad: { to: 3, with: \"\uD83D\uDE80\" } } | \"\uD83D\uDE80\" | \"\uD83D\uDE80\uD83D\uDE80\uD83D\uDE80\"",
                "{ pad: { to: 0 } } | ab | ab",
                "{ substring: { from: 1, length: 1 } } | \"a\uD83D\uDE80b\" | \"\uD83D\uDE80\"",
                "{ substring: { from: -99, length: 2 } } | abc | ab",
                "{ substring: { from: 99 } } | abc | \"\"",
                "{ substring: { length: 2147483647, from: 1 } } | abc | bc",
                "{ extract: { pattern: \"(a)(b)?\", group: 2 } } | ac | missing",
                "{ extract: { pattern: \"(?i)ref: *([a-z]+)\", group: 0 } } | \"see REF: abc\" | \"REF: abc\"",
                "{ extract: { pattern: x, all: true } } | abc | []",
                "{ extract: { pattern: \"[0-9]+\" } } | [ a1, b, c3 ] | [ \"1\", \"3\" ]",
                "slug | \" Ærø & Łódź_ÀÉ \" | aero-lodz-ae",
                "{ slug: { separator: \"_\", most: 8 } } | \"one two three\" | one_two",
                "{ slug: { most: 3 } } | abcdef | abc",
                "plain | \"Ἀθήνα ﬁ Ñ\" | \"Ἀθήνα fi N\"",
                "stripHtml | \"a &nbsp; <br>b<style>p{}</style><!-- c -->\" | a b",
                "stripHtml | \"<p>unclosed <b>tags\" | unclosed tags",
                "stripHtml | \"&lt;script&gt;\" | <script>",
                "{ stripHtml: { lines: true } } | \"<h1>A</h1>x<br/>y<p>z\" | \"A\\nx\\ny\\nz\"",
                "urlEncode | \"\uD83D\uDE80+\" | \"%F0%9F%9A%80%2B\"",
                "base64Encode | \"\" | \"\"",
                "base64Decode | \"Wm/D\\n qw==\" | Zoë",
                "toJson | [ 1, a ] | \"[1,\\\"a\\\"]\"",
                "fromJson | \"12345678901234567890.10\" | 12345678901234567890.10",
                "{ hash: { algorithm: sha512, as: base64Url } } | \"\" | z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg_SpIdNs6c5H0NE8XYXysP-DGNKHfuwvY7kxvUdBeoGlODJ6-SfaPg",
                "{ hash: { algorithm: sha3-256 } } | abc | 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
                "email | \"MAILTO:x@MÜNCHEN.de\" | x@xn--mnchen-3ya.de",
                "email | \"ann@x.org <ann@x.org>\" | ann@x.org",
                "email | \"Archer, Ann <ann@x.org>\" | ann@x.org",
                "email | \"Sales @ Acme, Inc. <sales@acme.com>\" | sales@acme.com",
                "email | \"Sales@Acme, Inc. <sales@acme.com>\" | sales@acme.com",
                "{ email: { keepCase: true } } | \"Ann.O'Neill@X.ORG\" | Ann.O'Neill@x.org",
                "{ phone: { country: US } } | \"(650) 253-0000\" | \"+16502530000\"",
                "phone | 442079460958 | fails",
                "{ phone: { country: DE, form: rfc3966 } } | \"0049 30 901820\" | \"tel:+49-30-901820\"",
                "{ phone: { country: GB, form: national } } | \"+442079460958\" | \"020 7946 0958\"",
                "{ phone: { country: GB, check: possible } } | \"020 0000 0000\" | \"+442000000000\"",
                "splitName | Cher | { last: Cher }",
                "{ splitName: { single: first } } | Cher | { first: Cher }",
                "splitName | \"Mr Martin Luther King, Jr.\" | { title: Mr, first: Martin, middle: Luther, last: King, suffix: Jr. }",
                "splitName | \"  \" | {}",
                "splitName | \"Archer,\" | { last: Archer }",
                "{ addressLines: { lines: 9, length: 4 } } | \"abcdefghij kl\" | [ abcd, efgh, ij, kl ]",
                "{ addressLines: { lines: 1, length: 2 } } | \"\uD83D\uDE80\uD83D\uDE80\" | [ \"\uD83D\uDE80\uD83D\uDE80\" ]",
                "{ addressLines: { lines: 1, length: 2 } } | \"\" | []",
                "gtin | 96385074 | \"96385074\"",
                "gtin | 36000291452 | \"036000291452\"",
                "{ gtin: { to: gtin12 } } | \"0036000291452\" | \"036000291452\"",
                "{ gtin: { to: gtin14 } } | \"4006381333931\" | \"04006381333931\"",
                "{ gtin: { addDigit: true } } | 3600029145 | \"036000291452\"",
                "country | \"  cote d'ivoire\" | CI",
                "country | \"Trinidad and Tobago\" | TT",
                "country | UK | GB",
                "country | usa | US",
                "{ country: { to: name, language: de } } | DEU | Deutschland",
                "country | U.S.A. | US",
                "country | ÄO | fails",
                "{ country: { language: vi } } | Nga | RU",
                "{ country: { language: vi } } | Áo | AT",
                "{ country: { language: vi } } | bỉ | BE",
                "{ country: { language: vi } } | DE | DE",
                "{ country: { language: vi } } | Angola | AO",
                "{ country: { language: hi } } | टोगो | TG",
                "{ country: { language: hi } } | टोंगा | TO",
                "language | pt_BR | pt",
                "language | Norwegian Bokmål | nb",
                "language | Indonesian | id",
                "language | Hebrew | he",
                "language | iw-IL | he",
                "{ language: { language: de } } | Hebräisch | he",
                "{ language: { language: de } } | deutsch | de",
                "{ language: { language: de, to: alpha3 } } | English | eng",
                "{ language: { language: de, to: name } } | en-GB | Englisch",
                "{ language: { language: ja } } | フランス語 | fr",
                "{ subdivision: { country: Spain, to: name } } | M | Madrid Province",
                // Where the CLDR marks a name as another one's, too, the mark is no part of it.
                "{ subdivision: { country: FR } } | Île-de-France | FR-IDF",
                "{ subdivision: { country: FR, to: name } } | IDF | Île-de-France",
                "{ subdivision: { country: CI } } | Savanes | CI-SV",
                "{ country: { language: de, to: alpha3 } } | Deutschland | DEU",
                "{ country: { language: de, to: name } } | France | Frankreich",
                "{ country: { language: ja } } | 日本 | JP",
                "{ phone: { country: \"${record.country ?? 'x'}\" } } | \"020 7946 0958\" | \"+442079460958\"",
                "{ subdivision: { country: US } } | us-ny | US-NY",
                "currency | 978 | EUR",
                "{ currency: { to: number } } | jpy | \"392\"",
                "uuid | { a: 1 } | \"2ab8674e-66f1-513f-a4d4-bf4c6fae40ea\"",
            })
    void yields(String then, String in, String out) {
        String result;
        try {
            result = Applied.to(then, in).toString();
        } catch (FunctionException e) {
            result = "fails";
        }
        assertThat(result)
                .isEqualTo(
                        switch (out) {
                            case "missing" -> "";
                            case "fails" -> "fails";
                            default -> FakeScope.yaml(out).toString();
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "upper | { a: s3cret } | upper: the value is an object, not text",
                "email | \"s3cret@x.org; Bob <bob@x.org>\" | email: there are several mail addresses in the text",
                "phone | \"+442079460958 ext. 12\" | phone: the number has an extension, and e164 has no place for one",
                "{ country: { language: de } } | s3cret | and no name in the language 'de'",
                "{ language: { language: de } } | s3cret | and no name in the language 'de'",
                "email | \"s3cret@@x.org\" | email: the text is not a mail address",
                "email | \"s3cret x@x.org\" | email: the text is not a mail address",
                "email | \".s3cret@x.org\" | email: the text is not a mail address",
                "email | \"s3cret@-x.org\" | email: the text is not a mail address",
                "phone | \"s3cret\" | phone:",
                "{ phone: { country: \"${record.first}\" } } | \"12345678\" | phone: the number has no country that exists",
                "gtin | \"s3cret\" | gtin: the value is not a number of 8, 12, 13 or 14 digits",
                "gtin | \"١٢٣٤٥٦٧٨\" | gtin: the value is not a number of 8, 12, 13 or 14 digits",
                "{ gtin: { to: gtin8 } } | \"4006381333931\" | gtin: the number has more than 8 digits",
                "fromJson | \"{ s3cret\" | fromJson: the text is not JSON, at line 1, column",
                "fromJson | \"\" | fromJson: the text is not JSON: it is empty",
                "fromJson | \"1 2\" | fromJson: the text is not JSON",
                "urlDecode | \"%zs3cret\" | urlDecode: the text has a %",
                "country | \"\" | country: the text is not a country's code",
                "{ subdivision: { country: \"${record.first}\" } } | s3cret | subdivision: 'country' is not a country's code",
                "currency | \"s3cret\" | currency: the text is not a currency's code",
            })
    void refuses(String then, String in, String message) {
        Applied.refuses(then, in, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ hmac: { secret: \"${secret.ERP_KEY}\" } } | the name of a secret alone, like MAP_ERP_KEY, and no placeholder",
                "{ hmac: { secret: \"foo:bar\" } } | or a place in a vault, like hashicorp:secret/shop#key",
                "{ hmac: { key: s3cret } } | has no key 'key'",
                "{ pad: { to: 3, with: ab } } | 'with' must be one character",
                "{ extract: { pattern: \"(\" } } | is not a regular expression",
                "{ extract: { pattern: \"(a)\", group: 2 } } | the expression has 1 groups",
                "{ extract: { pattern: \"a{1001}\" } } | is not a regular expression",
                "{ phone: { country: Germany } } | 'Germany' is not a country of two letters",
                "{ subdivision: { country: Atlantis } } | 'Atlantis' is not a country's code",
                "{ country: { language: xx } } | 'xx' is not a language",
                "{ language: { language: xx } } | 'xx' is not a language",
                "{ uuid: { version: 4 } } | 'version' is 5 or 7, found 4",
                "{ uuid: { namespace: mine } } | 'mine' is not dns, url",
                "{ hash: { algorithm: sha2 } } | 'sha2' is not one of md5, sha1, sha256",
                "{ slug: { separator: \"--\" } } | 'separator' is one character or none",
            })
    void saysWhatIsWrong(String then, String message) {
        Applied.isWrong(then, message);
    }

    @Test
    void anEvilExpressionEndsInLinearTime() {
        var text = Json.NODES.textNode("a".repeat(100_000) + "!");

        assertThat(org.junit.jupiter.api.Assertions.assertTimeout(
                                Duration.ofSeconds(30), () -> Applied.to("{ extract: { pattern: \"^(a+)+$\" } }", text))
                        .isMissingNode())
                .isTrue();
        assertThatThrownBy(() -> org.junit.jupiter.api.Assertions.assertTimeout(
                        Duration.ofSeconds(30),
                        () -> Applied.to("email", Json.NODES.textNode("a.".repeat(100) + "a@b.c!"))))
                .isInstanceOf(FunctionException.class);
    }

    @Test
    void htmlThatIsNestedWithoutEndIsRead() {
        var html = Json.NODES.textNode("<b>".repeat(100_000) + "x");

        assertThat(Applied.to("stripHtml", html).textValue()).isEqualTo("x");
        assertThat(Applied.to("{ stripHtml: { lines: true } }", html).textValue())
                .isEqualTo("x");
    }

    @Test
    void aVersion7UuidHoldsTheInstantOfTheRunAndTellsValuesApart() {
        UUID one = UUID.fromString(Applied.to("{ uuid: { version: 7 } }", "a").textValue());
        UUID two = UUID.fromString(Applied.to("{ uuid: { version: 7 } }", "b").textValue());

        assertThat(Instant.ofEpochMilli(one.getMostSignificantBits() >>> 16)).isEqualTo(Applied.SCOPE.queuedAt());
        assertThat(one.version()).isEqualTo(7);
        assertThat(one.variant()).isEqualTo(2);
        assertThat(one).isNotEqualTo(two);
        assertThat(Applied.to("{ uuid: { version: 7 } }", "a").textValue()).isEqualTo(one.toString());
    }

    @Test
    void everyCountryIsFoundByItsNameInEveryLanguage() {
        for (String language : Locale.getISOLanguages()) {
            String then = "{ country: { language: " + language + " } }";
            FunctionCall call = Applied.call(then);
            for (String code : Locale.getISOCountries()) {
                String name = new Locale("", code).getDisplayCountry(new Locale(language));
                assertThat(call.apply(Json.NODES.textNode(name), Json.NODES.objectNode(), Applied.SCOPE)
                                .textValue())
                        .as("%s in %s", name, language)
                        .isEqualTo(code);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "it", "nl", "pl", "sv", "ja", "ar"})
    void everyLanguageIsFoundByItsNameInALanguage(String language) {
        FunctionCall call = Applied.call("{ language: { language: " + language + " } }");
        for (String code : Locale.getISOLanguages()) {
            String name = new Locale(code).getDisplayLanguage(new Locale(language));
            assertThat(call.apply(Json.NODES.textNode(name), Json.NODES.objectNode(), Applied.SCOPE)
                            .textValue())
                    .as("%s in %s", name, language)
                    .isEqualTo(new Locale(code).toLanguageTag());
        }
    }

    @Test
    void noNameOfASubdivisionHasAMark() {
        assertThat(Subdivisions.codes())
                .hasSizeGreaterThan(3000)
                .allSatisfy(code ->
                        assertThat(Subdivisions.name(code)).doesNotContainPattern("[\u00b9\u00b2\u00b3\u2020*]"));
        assertThat(Subdivisions.name("MK-801")).isEqualTo("Aerodrom");
    }

    @Test
    void everyCountryIsFoundByItsCodesAndItsName() {
        for (String code : Locale.getISOCountries()) {
            for (String to : new String[] {"alpha3", "name", "alpha2"}) {
                var written = Applied.to("{ country: { to: " + to + " } }", Json.NODES.textNode(code));
                assertThat(Applied.to("country", written).textValue()).as(code).isEqualTo(code);
            }
        }
    }

    @Property
    void whatIsEncodedIsDecodedToTheSame(@ForAll String text) {
        var value = Json.NODES.textNode(new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8));

        assertThat(Applied.to("urlDecode", Applied.to("urlEncode", value))).isEqualTo(value);
        assertThat(Applied.to("base64Decode", Applied.to("base64Encode", value)))
                .isEqualTo(value);
        assertThat(Applied.to("fromJson", Applied.to("toJson", value))).isEqualTo(value);
    }

    @Property
    void aNumberWithItsDigitIsProvenAndWithAnotherIsNot(
            @ForAll @LongRange(min = 0, max = 999_999_999_999L) long number) {
        String digits = String.format(Locale.ROOT, "%012d", number);

        String whole = Applied.to("{ gtin: { addDigit: true, to: gtin13 } }", Json.NODES.textNode(digits))
                .textValue();

        assertThat(whole).startsWith(digits);
        assertThat(Applied.to("gtin", Json.NODES.textNode(whole)).textValue()).isEqualTo(whole);
        char other = (char) ('0' + (whole.charAt(12) - '0' + 1) % 10);
        assertThatThrownBy(() -> Applied.to("gtin", Json.NODES.textNode(digits + other)))
                .isInstanceOf(FunctionException.class);
    }

    @Property
    void noLineIsLongerThanItMayBeAndNoLetterIsLost(@ForAll @NotBlank String text) {
        var lines = Applied.to("{ addressLines: { lines: 100, length: 7, cut: true } }", Json.NODES.textNode(text));

        lines.forEach(line -> assertThat(
                        line.textValue().codePointCount(0, line.textValue().length()))
                .isBetween(1, 7));
        if (lines.size() < 100) {
            StringBuilder all = new StringBuilder();
            lines.forEach(line -> all.append(line.textValue()));
            assertThat(all.toString().replaceAll("[\\s\\p{Z}\\x1c-\\x1f]", ""))
                    .isEqualTo(text.replaceAll("[\\s\\p{Z}\\x1c-\\x1f]", ""));
        }
    }
}
