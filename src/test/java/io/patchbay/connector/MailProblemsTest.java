package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about mails that are wrong. */
class MailProblemsTest {

    @TempDir
    private Path home;

    private List<Problem> problems(String endpoint) throws Exception {
        Path file = home.resolve("connectors/post/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: post
                version: 1.0.0
                requester: {baseUrl: 'smtp://mail.example.com'}
                endpoints:
                  mails.send:
                %s
                """.formatted(endpoint.indent(4)));
        return new CatalogReader(home)
                .read(List.of(home), Catalog.EMPTY).problems().values().stream()
                        .flatMap(List::stream)
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read | mail: {from: a, to: [b], text: c} | sending a mail is not of kind read",
                "action | mail: {op: check} | checking a mail server is of kind read",
                "read | {mail: {op: check}, request: {}} | 'request' has no meaning for a mail",
                "action | mail: {from: a, to: [b], attachments: [{name: x, contentType: pdf}]} | 'pdf' is not a media type",
                "read | {method: GET, path: /x} | an HTTP request needs a baseUrl of http:"
            })
    void saysWhatIsWrong(String kind, String words, String said) throws Exception {
        String plain = words.startsWith("{")
                ? words.substring(1, words.length() - 1).replace("}, ", "}\n").replace("GET, ", "GET\n")
                : words;
        assertThat(problems("kind: " + kind + "\n" + plain))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo(said));
    }

    @Test
    void aMailNeedsSenderReceiverAndContent() throws Exception {
        assertThat(problems("kind: action\nmail: {from: a, to: [b]}"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).isEqualTo("a mail needs one of 'text', 'html' or 'attachments'");
                    assertThat(problem.hint()).contains("like text:");
                    assertThat(problem.at().line()).isEqualTo(7);
                });
        assertThat(problems("kind: action\nmail: {to: [b]}")).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("a mail needs 'from', and one of 'text', 'html' or 'attachments'");
            assertThat(problem.hint()).contains("from: ${settings.from}");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: bearer, inject: {format: '${settings.secret}'} | this way to prove who calls needs a baseUrl of https: or http: [NOT_HERE]",
                "type: oauth2ClientCredentials, clientId: x, clientSecret: '${settings.secret}', token: {url: 'https://x'}"
                        + " | a token for mail needs the key 'username': the mailbox that it opens [MISSING_KEY]",
                "type: oauth2ClientCredentials, username: ada, clientId: x, clientSecret: '${settings.secret}', inject: {into: query, name: t}, token: {url: 'https://x'}"
                        + " | a token for mail is shown at the login, by XOAUTH2: there is no request that it could stand in [NOT_HERE]"
            })
    void saysWhatIsWrongWithALogin(String auth, String said) throws Exception {
        Path file = home.resolve("connectors/post/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: post
                version: 1.0.0
                settings: {secrets: [secret]}
                requester: {baseUrl: 'smtp://mail.example.com'}
                auth:
                  a: {%s}
                endpoints:
                  server.check: {kind: read, mail: {op: check}}
                """.formatted(auth));

        assertThat(new CatalogReader(home)
                        .read(List.of(home), Catalog.EMPTY).problems().values().stream()
                                .flatMap(List::stream)
                                .map(Problem::toString))
                .singleElement()
                .asString()
                .startsWith("connectors/post/connector.yaml:6:")
                .contains(said);
    }
}
