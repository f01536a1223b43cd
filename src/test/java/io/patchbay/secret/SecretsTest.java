package io.patchbay.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.HtmlUtils;

class SecretsTest {

    @TempDir
    Path folder;

    private final Redactor redactor = new Redactor();

    private Secrets secrets(Map<String, String> environment) {
        return new Secrets(environment::get, folder, name -> Optional.of("from-vault:" + name), redactor);
    }

    @Test
    void findsASecretInTheEnvironmentBehindThePrefix() {
        Secrets secrets = secrets(Map.of("PATCHBAY_SECRET_SHOP", "s3cr3t", "HOME", "/root"));

        assertThat(secrets.find("SHOP")).contains(new Secret("s3cr3t"));
        assertThat(secrets.find("HOME")).isEmpty();
    }

    @Test
    void findsASecretInAFileWithoutItsLineEnd() throws Exception {
        Files.writeString(folder.resolve("SHOP"), "from file\n");

        assertThat(secrets(Map.of()).find("SHOP")).contains(new Secret("from file"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../SHOP", "/etc/passwd", "a/b", "", "A B", "env:HOME", "sys:user.home", "aws:{{env:HOME}}"})
    void findsNothingUnderANameThatIsNone(String name) throws Exception {
        Files.writeString(folder.getParent().resolve("SHOP"), "outside");

        assertThat(secrets(Map.of("HOME", "x")).find(name)).isEmpty();
    }

    @Test
    void asksTheVaultForNamesWithItsPrefix() {
        assertThat(secrets(Map.of()).find("hashicorp:secret/shop#token"))
                .contains(new Secret("from-vault:hashicorp:secret/shop#token"));
    }

    @Test
    void neverPrintsASecret() {
        assertThat(new Secret("s3cr3t")).hasToString("***");
        assertThat("" + Optional.of(new Secret("s3cr3t"))).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_live_51H/+x==", "pa ss\"wör\\d", "abcdef", "line\nbreak", "sandbox"})
    void takesASecretOutInEveryForm(String value) {
        secrets(Map.of("PATCHBAY_SECRET_X", value)).find("X");
        String urlEncoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String text = "plain " + value + " url " + urlEncoded + " path " + urlEncoded.replace("+", "%20");

        String redacted = redactor.redact(text);

        assertThat(redacted).startsWith("plain *** url ***").endsWith("path ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sent%2finel%2bKey%3d42%3fab~cd",
                "Sent/inel%2BKey%3D42%3Fab~cd",
                "Sent%252Finel%252BKey%253D42%253Fab~cd",
                "Sent\\/inel\\u002bKey\\u003d42\\u003Fab~cd",
                "Sent/inel&#43;Key&#x3D;42?ab~cd",
                "Sent&amp;#47;inel&amp;#43;Key=42?ab~cd",
                "53:65:6e:74:2f:69:6e:65:6c:2b:4b:65:79:3d:34:32:3f:61:62:7e:63:64",
                "53 65 6E 74 2F 69 6E 65 6C 2B 4B 65 79 3D 34 32 3F 61 62 7E 63 64",
                "%53%65%6E%74%2F%69%6E%65%6C%2B%4B%65%79%3D%34%32%3F%61%62%7E%63%64",
                "Sent/inel+Key=4",
                "Sent%2Finel%2BKey%3D42"
            })
    void takesASecretOutHoweverItIsWritten(String written) {
        redactor.learn("X", "Sent/inel+Key=42?ab~cd");

        assertThat(redactor.redact("{\"key\": \"" + written + "\", \"rate\": \"50%\"}"))
                .isEqualTo("{\"key\": \"***\", \"rate\": \"50%\"}");
    }

    @Test
    void leavesEscapesAloneThatAreOfNoSecret() {
        redactor.learn("X", "Sent/inel+Key=42?ab~cd");

        for (String text :
                new String[] {"100% of %zz %C3%28 \\u12 \\", "&unknown; &#99999999; & R&D;", "Sent/inel+Ka"}) {
            assertThat(redactor.redact(text)).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&b<c>\"d'e &amp;", "sEcr3t/Val+ue=42&xyz-QQ"})
    void takesASecretOutOfAPageOfHtml(String value) {
        redactor.learn("X", value);

        String page = "<p>" + HtmlUtils.htmlEscape(value) + "</p><p>" + HtmlUtils.htmlEscapeHex(value) + "</p>";

        assertThat(redactor.redact(page)).isEqualTo("<p>***</p><p>***</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "B", "Be", "Bea"})
    void leavesNothingOfASecretAtTheEndOfBase64(String before) {
        redactor.learn("X", "correct-horse-battery");

        String encoded =
                Base64.getEncoder().encodeToString((before + "correct-horse-battery").getBytes(StandardCharsets.UTF_8));

        assertThat(redactor.redact(encoded)).endsWith("***");
    }

    @Test
    void takesASecretOutOfABasicHeaderOfAnyUser() {
        redactor.learn("X", "correct-horse-battery");
        for (String user : new String[] {"u", "us", "use"}) {
            String header = Base64.getEncoder()
                    .encodeToString((user + ":correct-horse-battery").getBytes(StandardCharsets.UTF_8));

            String left = redactor.redact(header).replace("***", "");

            assertThat(left.length()).isLessThan(12);
        }
    }

    @Test
    void leavesATextWithoutSecretsAsItIs() {
        redactor.learn("X", "s3cr3t");
        String text = "nothing to see here, s3cr3 t";

        assertThat(redactor.redact(text)).isSameAs(text);
    }

    @Test
    void forgetsOldValuesOfARenewedToken() {
        for (int i = 0; i < 10; i++) {
            redactor.learn("token", "token-number-" + i);
        }

        assertThat(redactor.redact("token-number-9")).isEqualTo("***");
        assertThat(redactor.redact("token-number-2")).isEqualTo("token-number-2");
    }

    @Test
    void leavesOrdinaryWordsAndNumbersThatASecretIsTooShortToBeToldFrom() {
        redactor.learnChosen("X", "test");
        redactor.learn("Y", "longer-than-that");

        assertThat(redactor.redact("the latest test says longer-than-that")).isEqualTo("the latest test says ***");
    }

    @Test
    void aFormThatTwoSecretsHaveStaysWhenOneOfThemGoes() {
        redactor.learn("a", "shared-secret");
        redactor.learn("b", "shared-secret");
        for (int i = 0; i < 5; i++) {
            redactor.learn("a", "other-value-" + i);
        }

        assertThat(redactor.redact("shared-secret other-value-0 other-value-4")).isEqualTo("*** other-value-0 ***");
    }

    @Test
    void learnsManyInTimeThatGrowsWithTheirNumber() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 5_000; i++) {
                redactor.learn("instance/shop-" + i + "/token", "token-of-shop-" + i);
            }
        });

        assertThat(redactor.redact("token-of-shop-4999")).isEqualTo("***");
    }
}
