package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a way to prove who calls is said where it stands, with how to mend it. */
class AuthProblemsTest {

    @TempDir
    Path home;

    private List<String> problems(String auth) throws Exception {
        Path file = home.resolve("connectors/shop/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: shop
                version: 1.0.0
                settings: {properties: {id: {}, region: {}}, secrets: [secret, other]}
                requester: {baseUrl: 'https://shop.example.com'}
                auth:
                  a: %s
                endpoints:
                  me.get: {kind: read, method: GET, path: /me}
                """.formatted(auth));
        return new CatalogReader(home)
                .read(List.of(home), Catalog.EMPTY).problems().values().stream()
                        .flatMap(List::stream)
                        .map(Problem::toString)
                        .toList();
    }

    private void finds(String auth, String problem, String hint) throws Exception {
        assertThat(problems(auth)).singleElement().satisfies(found -> {
            assertThat(found).startsWith("connectors/shop/connector.yaml:6:").contains(problem);
            if (hint != null) {
                assertThat(found).contains(hint);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: oauth1} | auth of type oauth1 needs oauth1: {consumerKey, consumerSecret, token, tokenSecret} [MISSING_KEY] |",
                "{type: oauth1, oauth1: {consumerKey: x}} | needs the key 'consumerSecret' [MISSING_KEY] | shared secret",
                "{type: oauth1, oauth1: {consumerKey: x, consumerSecret: y}} | must not stand in a connector file [LITERAL_SECRET] | ${settings.consumerSecret}",
                "{type: oauth1, oauth1: {consumerKey: x, consumerSecret: '${settings.id}'}} | reads no secret setting [NOT_SECRET] | add the setting",
                "{type: oauth1, oauth1: {consumerKey: x, consumerSecret: '${settings.secert}'}} | 'secert' is not a setting | did you mean 'secret'?",
                "{type: oauth1, oauth1: {consumerKey: x, consumerSecret: '${settings.secret}', signatureMethod: hmacSha2}} | 'hmacSha2' is not one of hmacSha1, hmacSha256 [BAD_VALUE] | did you mean",
            })
    void ofOAuth1(String auth, String problem, String hint) throws Exception {
        finds(auth, problem, hint);
    }
}
