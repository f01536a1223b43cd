package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which endpoints take nothing of the payload that they are called with: edited content would be passed over there. */
class ReadByItselfTest {

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '#',
            value = {
                "https://x.example! kind: read\\nmethod: GET\\npath: /orders ! true",
                "https://x.example! kind: read\\nmethod: GET\\npath: /orders/${record.id} ! false",
                "https://x.example! kind: read\\nmethod: GET\\npath: /orders\\nrequest: { query: { id: '${payload.id}' } } ! false",
                "https://x.example! kind: read\\nmethod: POST\\npath: /search\\nrequest: { body: { type: json, template: { q: all } } } ! false",
                "https://x.example! kind: upsert\\nmethod: PUT\\npath: /orders ! false",
                "file:inbox! kind: read\\nfile: { op: read, path: stock.csv } ! true",
                "file:inbox! kind: read\\nfile: { op: read, path: '${record.name}' } ! false",
                "file:inbox! kind: upsert\\nfile: { op: write, path: stock.csv } ! false",
                "jdbc:postgresql://db.example/x! kind: read\\nsql: { query: 'select 1 from stock' } ! true",
                "jdbc:postgresql://db.example/x! kind: read\\nsql: { query: 'select 1 from stock where id = :id', parameters: { id: '${record.id}' } } ! false",
                "jdbc:postgresql://db.example/x! kind: upsert\\nsql: { query: 'update stock set n = 1' } ! false",
                "imap://mail.example! kind: read\\nmail: { op: list } ! true",
                "imap://mail.example! kind: read\\nmail: { op: read, folder: INBOX } ! true",
                "imap://mail.example! kind: read\\nmail: { op: attachments, id: '${record.id}' } ! false",
                "amqp://broker.example! kind: read\\nqueue: { op: check } ! true",
                "amqp://broker.example! kind: action\\nqueue: { op: send, destination: orders } ! false"
            })
    void saysWhetherAnEndpointLooksAtItsPayload(String baseUrl, String endpoint, boolean byItself) throws Exception {
        Path file = home.resolve("connectors/shop/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: shop
                version: 1.0.0
                requester: { baseUrl: '%s' }
                endpoints:
                  orders.list:
                %s
                """.formatted(
                        baseUrl, endpoint.strip().replace("\\n", "\n").indent(4)));
        Path instances = Files.createDirectories(home.resolve("connectors/shop/instances"));
        Files.writeString(instances.resolve("uk.yaml"), "{ instance: uk, connector: shop }");

        CatalogReader.Reading read = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);

        assertThat(read.problems().values())
                .allSatisfy(problems -> assertThat(problems).isEmpty());
        Endpoint one = Objects.requireNonNull(read.catalog().instance("uk")).endpoint("orders.list");
        assertThat(Objects.requireNonNull(one).readsByItself()).isEqualTo(byItself);
    }
}
