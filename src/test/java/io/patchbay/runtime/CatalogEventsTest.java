package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.definition.SignedParts;
import io.patchbay.problem.Problem;
import io.patchbay.secret.Redactor;
import io.patchbay.secret.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What senders of events sign, with the settings of an instance. */
class CatalogEventsTest {

    @TempDir
    private Path home;

    private CatalogReader.Reading read(String payload) throws Exception {
        Path folder = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(home.resolve("connectors/shop/connector.yaml"), """
                connector: shop
                version: 1.0.0
                settings: { properties: { appKey: { example: a } }, secrets: [hookSecret] }
                auth: { open: { type: none } }
                requester: { baseUrl: 'https://shop.example.com' }
                endpoints:
                  hooks.create: { kind: write, method: POST, path: /hooks }
                webhooks:
                  paid:
                    verify:
                      type: hmacSha256
                      header: X-Sig
                      secret: '${settings.hookSecret}'
                      payload: %s
                """.formatted(payload));
        Files.writeString(folder.resolve("shop-uk.yaml"), """
                instance: shop-uk
                connector: shop
                settings: { appKey: abc123, hookSecret: '${secret.HOOK}' }
                """);
        return new CatalogReader(home).read(List.of(home), Catalog.EMPTY);
    }

    @Test
    void aSettingThatIsSignedIsThatOfTheInstance() throws Exception {
        CatalogReader.Reading reading = read("[{ text: '${settings.appKey}' }, body, { text: '.' }]");
        Secrets secrets = new Secrets(name -> "s3cret", home, name -> Optional.empty(), new Redactor());

        SignedParts signed = Objects.requireNonNull(new CatalogEvents(reading::catalog, secrets)
                        .event("shop-uk", "paid")
                        .orElseThrow()
                        .config()
                        .verify())
                .payload();

        assertThat(reading.problems()).isEmpty();
        assertThat(signed.before()).extracting(SignedParts.Part::text).containsExactly("abc123");
        assertThat(signed.after()).extracting(SignedParts.Part::text).containsExactly(".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{ text: '${settings.appKy}' }, body] | appKy | did you mean 'appKey'?
            [{ text: 'v1${settings.appKey}' }, body] | 'v1${settings.appKey}' cannot be filled | like { text: '${settings.appKey}' }
            [{ text: '${header.X-Key}' }, body] | '${header.X-Key}' cannot be filled | like { text: '${settings.appKey}' }
            """)
    void whatCannotBeFilledIsAProblemAtItsLine(String payload, String what, String hint) throws Exception {
        assertThat(read(payload).problems().values().stream()
                        .flatMap(List::stream)
                        .map(Problem::toString))
                .anySatisfy(problem -> assertThat(problem).contains("connector.yaml:14:", what, hint));
    }

    @Test
    void aSecretThatCannotBeReadIsNotTakenForOneThatIsNotThere() throws Exception {
        CatalogReader.Reading reading = read("[body]");
        Secrets secrets = new Secrets(name -> null, home, name -> Optional.empty(), new Redactor());
        CatalogEvents events = new CatalogEvents(reading::catalog, secrets);

        assertThat(events.proof("shop-uk", "paid")).isEmpty();
        Files.writeString(home.resolve("HOOK"), "s3cret-of-hooks");
        assertThat(events.proof("shop-uk", "paid")).contains("s3cret-of-hooks");
        Files.write(home.resolve("HOOK"), new byte[] {(byte) 0xFF});
        assertThatThrownBy(() -> events.proof("shop-uk", "paid")).isInstanceOf(Secrets.UnreachableException.class);
    }
}
