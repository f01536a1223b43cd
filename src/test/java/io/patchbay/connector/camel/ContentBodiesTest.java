package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of requests in the formats of files. */
class ContentBodiesTest extends Writes {

    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final List<String> types = new CopyOnWriteArrayList<>();
    private final List<String> lengths = new CopyOnWriteArrayList<>();

    private void serves(int... statuses) {
        world.serve("/api/items", exchange -> {
            bodies.add(exchange.getRequestBody().readAllBytes());
            types.add(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
            lengths.add(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Length")));
            World.json(exchange, bodies.size() <= statuses.length ? statuses[bodies.size() - 1] : 200, "{}");
        });
    }

    private String body(int index, Charset charset) {
        return new String(bodies.get(index), charset);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "format: csv | text/csv; charset=utf-8 | id,name~1,Zoë~2,b~",
                "format: csv, charset: iso-8859-1, csv: {delimiter: ';', header: false, columns: [name, id]} | text/csv; charset=iso-8859-1 | Zoë;1~b;2~",
                "format: tsv | text/tab-separated-values; charset=utf-8 | ^id\tname~1\tZoë~2\tb~^",
                "format: ndjson | application/x-ndjson | {\"id\":1,\"name\":\"Zoë\"}~{\"id\":2,\"name\":\"b\"}~",
                "format: json | application/json | [{\"id\":1,\"name\":\"Zoë\"},{\"id\":2,\"name\":\"b\"}]",
                "format: yaml | application/yaml | ^- id: 1~  name: Zoë~- id: 2~  name: b~^",
                "format: fixed, fixed: {columns: [{name: id, width: 3}, {name: name, width: 4}]} | text/plain; charset=utf-8 | ^1  Zoë ~2  b   ~^",
            })
    void theRecordsAreTheBodyWithItsMediaTypeAndCharacterSet(String content, String type, String body)
            throws Exception {
        declare("request: {content: {" + content + "}}");
        serves();

        send("[{\"id\":1,\"name\":\"Zoë\"},{\"id\":2,\"name\":\"b\"}]");

        Charset charset = type.endsWith("8859-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        assertThat(types).containsExactly(type);
        assertThat(body(0, charset).replace("\r\n", "\n")).isEqualTo(body.replace('~', '\n'));
        assertThat(lengths).containsExactly(String.valueOf(bodies.get(0).length));
    }

    @Test
    void elementsStandInTheirRoot() throws Exception {
        declare("request: {content: {format: xml, root: items, element: item}}");
        serves();

        send("[{\"id\":1},{\"id\":2}]");

        assertThat(types).containsExactly("application/xml; charset=utf-8");
        assertThat(body(0, StandardCharsets.UTF_8))
                .contains("<items><item><id>1</id></item><item><id>2</id></item></items>");
    }

    @Test
    void aMessageIsAnInterchangeOfTheInstantThatTheRunWasQueued() throws Exception {
        declare(
                "request: {content: {format: edifact, edi: {sender: '1', recipient: '2', type: ORDERS, version: 'D:96A:UN'}},"
                        + " headers: {Content-Type: application/EDIFACT}}");
        serves(503);

        String message = "{\"segments\":[{\"tag\":\"BGM\",\"elements\":[\"220\",\"PO-1\",\"9\"]}]}";
        assertThat(failure(message).code()).isEqualTo("HTTP_503");
        send(message);

        assertThat(types).containsOnly("application/EDIFACT");
        assertThat(bodies.get(1)).isEqualTo(bodies.get(0));
        assertThat(body(0, StandardCharsets.UTF_8)).contains("UNH+1+ORDERS:D:96A:UN'BGM+220+PO-1+9'");
    }

    @Test
    void aFormOrATextIsOneRecord() throws Exception {
        declare("request: {content: {format: form}}");
        serves();

        send("{\"a\":\"x y\",\"b\":[\"1\",\"2\"]}");

        assertThat(types).containsExactly("application/x-www-form-urlencoded");
        assertThat(body(0, StandardCharsets.UTF_8)).isEqualTo("a=x+y&b=1&b=2");
    }

    @ParameterizedTest
    @CsvSource({"'format: ndjson, gzip: true'", "format: xlsx"})
    void aPackedBodyIsNotShownWhereBodiesAreLookedAt(String content) throws Exception {
        declare("request: {content: {" + content + "}}");
        serves();

        InstanceCalls.Recorded recorded = new InstanceCalls(
                        world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .recorded(
                        "shop",
                        "items.create",
                        Map.of(),
                        "1",
                        Json.MAPPER.readTree("[{\"id\":1}]"),
                        InstanceCalls.Reading.FIRST,
                        true);

        assertThat(recorded.exchanges())
                .singleElement()
                .satisfies(one -> assertThat(new String(one.sent().content().bytes(), StandardCharsets.UTF_8))
                        .startsWith("(not shown"));
    }

    @Test
    void aPackedBodyIsAGzipFile() throws Exception {
        declare("request: {content: {format: ndjson, gzip: true}}");
        serves();

        send("[{\"id\":1}]");

        assertThat(types).containsExactly("application/gzip");
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bodies.get(0)))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":1}\n");
        }
    }

    @Test
    void aBatchIsCutAndEachRequestHasItsRowsAndTheirNames() throws Exception {
        declare("batch: {maxRecords: 2}\nrequest: {content: {format: csv}}");
        serves();

        send("[{\"id\":1},{\"id\":2},{\"id\":3}]");

        assertThat(bodies).hasSize(2);
        assertThat(body(0, StandardCharsets.UTF_8)).isEqualTo("id\r\n1\r\n2\r\n");
        assertThat(body(1, StandardCharsets.UTF_8)).isEqualTo("id\r\n3\r\n");
    }

    @Test
    void aLargeBodyStandsInAFileUntilItWasSent() throws Exception {
        declare("request: {content: {format: ndjson}}");
        serves();
        String record = "{\"text\":\"" + "x".repeat(100) + "\"}";

        send("[" + (record + ",").repeat(9_999) + record + "]");

        assertThat(body(0, StandardCharsets.UTF_8)).isEqualTo((record + "\n").repeat(10_000));
        assertThat(lengths).containsExactly(String.valueOf(bodies.get(0).length));
        world.assertNothingLeft();
    }

    /** A list of two records that stands in a file. */
    private Payload onDisk(String json) throws IOException {
        Path file = Files.writeString(home.resolve("collected.spill"), json);
        Body stored = new Body.Stored(file, "application/json", Files.size(file), 2);
        return new Payload(Lineage.ofRun("run-1"), stored, RecordPath.ROOT_LIST, Map.of());
    }

    @Test
    void aListOnDiskIsSent() throws Exception {
        declare("request: {content: {format: csv}}");
        serves();

        world.answer("connector:shop/items.create", onDisk("[{\"id\":1},{\"id\":2}]"), attempt, INPUT);

        assertThat(body(0, StandardCharsets.UTF_8)).isEqualTo("id\r\n1\r\n2\r\n");
    }

    @Test
    void aListOnDiskThatIsNoneFailsWithItsRecord() throws Exception {
        declare("request: {content: {format: csv}}");
        serves();

        Exchange exchange = world.call("connector:shop/items.create", onDisk("[{\"id\":1},{\"id\":"), attempt, INPUT);

        assertThat(exchange.getException()).hasMessageContaining("the payload").hasMessageContaining("record 2");
        assertThat(bodies).isEmpty();
    }

    @Test
    void aLargeBodyThatIsRefusedLeavesNoFile() throws Exception {
        declare("request: {content: {format: ndjson}}");
        serves(400);
        String record = "{\"text\":\"" + "x".repeat(100) + "\"}";

        StepException why = failure("[" + (record + ",").repeat(9_999) + record + "]");

        assertThat(why.code()).isEqualTo("HTTP_400");
        world.assertNothingLeft();
    }

    @Test
    void aRecordThatTheFormatCannotCarryFailsTheRequestAndNothingIsSent() throws Exception {
        declare("request: {content: {format: csv, charset: us-ascii}}");
        serves();

        StepException why = failure("[" + "{\"id\":1},".repeat(100_000) + "{\"id\":\"Zoë\"}]");

        assertThat(why.code()).isEqualTo("NOT_CSV");
        assertThat(why).hasMessageContaining("record 100001").hasMessageContaining("US-ASCII");
        assertThat(bodies).isEmpty();
        world.assertNothingLeft();
    }
}
