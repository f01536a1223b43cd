package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a message for a broker is said where it stands. */
class QueueProblemsTest {

    @TempDir
    Path home;

    private List<String> problems(String baseUrl, String auth, String endpoint) throws Exception {
        Path file = home.resolve("connectors/shop/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: shop
                version: 1.0.0
                settings: {properties: {id: {}}, secrets: [secret]}
                requester: {baseUrl: '%s'}
                auth: {a: %s}
                endpoints:
                  order.send: %s
                """.formatted(baseUrl, auth, endpoint));
        return CatalogProblems.of(home);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {kind: write, queue: {}} | a message needs a 'destination'
            {kind: read, queue: {destination: a}} | sending a message is not of kind read [BAD_VALUE]
            {kind: write, queue: {op: check, destination: a}} | checking a broker is of kind read [BAD_VALUE]
            {kind: read, queue: {op: check, destination: a, key: b}} | belong to a message that is sent
            {kind: write, queue: {destination: a}, response: {format: json}} | 'response' has no meaning for a message [NOT_HERE]
            {kind: write, queue: {destination: a}, method: POST, path: /a} | and only one
            {kind: write, queue: {destination: a, headers: {JMSType: b}}} | header 'JMSType' has a meaning of its own [RESERVED_NAME]
            {kind: write, queue: {destination: a, headers: {CamelFileName: b}}} | header 'CamelFileName' has a meaning of its own [RESERVED_NAME]
            {kind: write, queue: {destination: a, headers: {BCC: b}}} | header 'BCC' has a meaning of its own [RESERVED_NAME]
            {kind: write, queue: {destination: a, headers: {'a b': c}}} | 'a b' is not a header's name [BAD_VALUE]
            {kind: write, queue: {destination: '${settings.secret}'}} | may stand in auth and headers only [SECRET_NOT_HERE]
            {kind: write, queue: {destination: '${with.nam}'}, inputs: {name: {}}} | 'nam' is not an input of this endpoint [UNKNOWN_INPUT]
            {kind: write, queue: {destinaton: a}} | unknown key
            {kind: write, method: POST, path: /a} | an HTTP request needs a baseUrl of http: [NOT_HERE]
            """)
    void ofAnEndpoint(String endpoint, String problem) throws Exception {
        assertThat(problems("kafka://one:9092", "{type: none}", endpoint))
                .first()
                .satisfies(found -> {
                    assertThat(found).startsWith("connectors/shop/connector.yaml:7:");
                    String[] parts = problem.split(" \\[", 2);
                    assertThat(found).containsIgnoringCase(parts[0].equals("unknown key") ? "destinaton" : parts[0]);
                    if (parts.length == 2) {
                        assertThat(found).contains("[" + parts[1]);
                    }
                });
    }

    @Test
    void aMessageNeedsABroker() throws Exception {
        assertThat(problems("https://one.example.com", "{type: none}", "{kind: write, queue: {destination: a}}"))
                .singleElement()
                .asString()
                .contains("a message needs a baseUrl of artemis:, amqp:, rabbitmq: or kafka: [NOT_HERE]");
    }

    @Test
    void aBrokerTakesNoToken() throws Exception {
        String token = "{type: bearer, inject: {format: '${settings.secret}'}}";

        assertThat(problems("amqp://one", token, "{kind: write, queue: {destination: a}}"))
                .singleElement()
                .asString()
                .contains("needs a baseUrl of https: or http: [NOT_HERE]");
    }

    @Test
    void whatIsRightHasNone() throws Exception {
        String endpoint = "{kind: write, inputs: {n: {type: integer}}, batch: {maxRecords: 1},"
                + " queue: {destination: a, key: '${record.id}', headers: {n: '${with.n}'}}}";

        assertThat(problems("amqp://one", "{type: basic, username: ada, password: '${settings.secret}'}", endpoint))
                .isEmpty();
    }
}
