package io.patchbay.shape.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Use;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.shape.Contract;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.Plan;
import io.patchbay.shape.StateRef;
import io.patchbay.shape.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

class ConnectionShapeTest {

    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Catalog CATALOG =
            new CatalogReader(HOME).read(List.of(HOME), Catalog.EMPTY).catalog();
    private static final Surroundings AROUND =
            PlacedShape.surroundings(Map.of(), Map.of(), Map.of(Catalog.class, CATALOG));

    private static PlacedShape placed(String yaml) {
        PlacedShape shape = PlacedShape.of(new ConnectionShape(), yaml, AROUND);
        assertThat(shape.problems().list()).isEmpty();
        return shape;
    }

    private static String problems(String yaml) {
        return PlacedShape.of(new ConnectionShape(), yaml, AROUND).problems().toString();
    }

    @Test
    void yieldsAPayloadForEachPageOfAPagedRead() {
        PlacedShape shape = placed("{instance: sandbox-shop, endpoint: orders.list, with: {status: open}}");

        assertThat(shape.contract().yields()).isEqualTo(Contract.Yields.MANY);
        assertThat(shape.contract().outside()).isFalse();
        Plan.Endpoint plan = (Plan.Endpoint) shape.plan();
        String hash =
                CATALOG.endpoint("sandbox-shop", "orders.list").orElseThrow().hash();
        assertThat(plan.uri()).isEqualTo("connector:sandbox-shop/orders.list?revision=" + hash + "&status=open");
        assertThat(plan.retries().count()).isEqualTo(4);
        assertThat(plan.retries().backoff()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void actsOutsideWhenItWrites() {
        PlacedShape shape = placed(
                "{instance: outbox, endpoint: files.put, with: {path: 'a-${run.id}-${run.failed}.json'}, output: input}");

        assertThat(shape.contract().yields()).isEqualTo(Contract.Yields.ONE);
        assertThat(shape.contract().outside()).isTrue();
        assertThat(shape.contract().reads()).containsExactly(StateRef.run());
        Use use = (Use) ((Plan.Endpoint) shape.plan()).properties().get(Use.PROPERTY);
        assertThat(use.with()).containsOnlyKeys("path");
        assertThat(use.output()).isEqualTo(new Use.Input());
        assertThat(use.perRecord()).isFalse();
    }

    @Test
    void isCalledForEachRecordWhenItReadsTheRecord() {
        PlacedShape shape = placed("{instance: sandbox-shop, endpoint: variants.read, with: {sku: '${record.sku}'},"
                + " output: {into: variant}}");

        Use use = (Use) ((Plan.Endpoint) shape.plan()).properties().get(Use.PROPERTY);
        assertThat(use.perRecord()).isTrue();
        assertThat(use.output()).isEqualTo(new Use.Into("variant"));
    }

    @Test
    void takesAMappingWithPlaceholdersForAnInputThatIsAnObject(@TempDir Path home) throws Exception {
        Path folder = home.resolve("connectors/generic-http");
        FileSystemUtils.copyRecursively(HOME.resolve("connectors/generic-http"), folder);
        Files.createDirectories(folder.resolve("instances"));
        Files.writeString(
                folder.resolve("instances/wms.yaml"),
                "{instance: wms, connector: generic-http, auth: none, settings: {host: api.example.com, basePath: /v1}}");
        Catalog catalog =
                new CatalogReader(home).read(List.of(home), Catalog.EMPTY).catalog();
        Surroundings around = PlacedShape.surroundings(Map.of(), Map.of(), Map.of(Catalog.class, catalog));
        String yaml = "{instance: wms, endpoint: json.get, with: {path: 'orders/${record.id}/lines', query: %s}}";
        PlacedShape shape = PlacedShape.of(
                new ConnectionShape(), yaml.formatted("{status: [open, paid], id: '${record.id}'}"), around);

        assertThat(shape.problems().list()).isEmpty();
        Use use = (Use) ((Plan.Endpoint) shape.plan()).properties().get(Use.PROPERTY);
        assertThat(use.perRecord()).isTrue();
        Payload payload = PlacedShape.payload(Json.MAPPER.readTree("{\"id\":7}"));
        Map<String, JsonNode> values = use.values(
                new FakeAttempt(Map.of(), Map.of(), null, 0),
                payload,
                payload.records().get(0));
        assertThat(values.get("path").asText()).isEqualTo("orders/7/lines");
        assertThat(values.get("query")).hasToString("{\"status\":[\"open\",\"paid\"],\"id\":7}");
        assertThat(PlacedShape.of(new ConnectionShape(), yaml.formatted("[open]"), around)
                        .problems()
                        .toString())
                .contains("'query'", "[BAD_VALUE]");
        for (String wrong : List.of("[{id: '${record.id}'}]|a list", "'${record.a}-${record.b}'|a text")) {
            String[] parts = wrong.split("\\|");
            assertThat(PlacedShape.of(new ConnectionShape(), yaml.formatted(parts[0]), around)
                            .problems()
                            .toString())
                    .contains("'query' must be of type object, found " + parts[1] + " [BAD_VALUE]", "in braces");
        }
        assertThat(PlacedShape.of(new ConnectionShape(), yaml.formatted("'${record.filter}'"), around)
                        .problems()
                        .list())
                .as("nobody knows what it will be")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{instance: sandbox-shpo, endpoint: orders.list} | 1:12: there is no instance 'sandbox-shpo' [UNKNOWN_INSTANCE] | 'sandbox-shop'?",
                "{instance: sandbox-shop, endpoint: orders.lits} | instance 'sandbox-shop' has no endpoint 'orders.lits' [UNKNOWN_ENDPOINT] | 'orders.list'?",
                "{instance: sandbox-shop, endpoint: orders.list, with: {stauts: any}} | 1:56: endpoint 'orders.list' has no input 'stauts' [UNKNOWN_INPUT] | 'status'?",
                "{instance: sandbox-shop, endpoint: orders.list, with: {status: paid}} | 'status' must be one of open, closed, cancelled, any, found 'paid' [BAD_VALUE] | ``",
                "{instance: sandbox-shop, endpoint: orders.list, with: {status: '${flow.nope}'}} | the flow has no variable 'nope' | ``",
                "{instance: sandbox-shop, endpoint: variants.read} | endpoint 'variants.read' needs the input 'sku' [MISSING_INPUT] | ``",
                "{instance: sandbox-shop, endpoint: orders.list, output: input} | yields any number of payloads, so only its answers can go on | ``",
                "{instance: sandbox-shop, endpoint: orders.list, output: {onto: x}} | output must be response, input or {into: name} | ``",
                "{instance: sandbox-shop, endpoint: orders.list, incremental: off} | 1:62: endpoint 'orders.list' has no 'incremental': it reads its list from the beginning each time [NOT_HERE] | take it out",
                "{instance: sandbox-shop, endpoint: orders.list, incremental: true} | incremental must be off, on or a mapping, found boolean 'true' [BAD_VALUE] | write on",
                "{instance: sandbox-shop, endpoint: variants.read, with: {sku: '${record.sku}'}, match: {record: sku, answer: sku}, output: {into: v}} | 1:58: input 'sku' of 'variants.read' takes one value, and 'match' asks for many at once [NOT_A_LIST] | take 'match' out",
                "{instance: sandbox-shop, endpoint: orders.list, with: {status: '${record.s}'}} | cannot be called for each record yet [NOT_THERE_YET] | ``",
                "{instance: sandbox-shop, endpoint: variants.read, with: {sku: '${secret.X}'}} | 'secret' cannot be read here | ``"
            })
    void saysWhatIsWrong(String yaml, String what, String hint) {
        assertThat(problems(yaml)).contains(what).contains(hint);
    }

    @Test
    void aScriptJudgesAnswersOfHttpOnlyAndSetsKnownVariables() {
        String judged = "{instance: %s, endpoint: %s, with: {path: a.json}, response: {script: {file: judge.js%s}}}";

        assertThat(problems(judged.formatted("outbox", "files.put", "")))
                .contains("BAD_VALUE", "has no answers that a script could judge", "script shape behind");
        assertThat(problems("{instance: sandbox-shop, endpoint: orders.list, response: {script: {file: judge.js,"
                        + " sets: [nothing]}}}"))
                .contains("UNKNOWN_VARIABLE", "nothing");
    }

    @Test
    void aScriptJudgesNoAnswerThatIsReadPieceByPiece(@TempDir Path home) throws IOException {
        Path connector = Files.createDirectories(home.resolve("connectors/export/instances"));
        Files.writeString(connector.resolveSibling("connector.yaml"), """
                connector: export
                version: 1.0.0
                requester: { baseUrl: 'https://export.example.com' }
                endpoints:
                  rows.list: { kind: read, method: GET, path: /rows, recordSelector: { path: '$.rows[*]', chunk: 10 } }
                """);
        Files.writeString(connector.resolve("export.yaml"), "instance: export\nconnector: export\n");
        Catalog catalog =
                new CatalogReader(home).read(List.of(home), Catalog.EMPTY).catalog();
        Surroundings around = PlacedShape.surroundings(Map.of(), Map.of(), Map.of(Catalog.class, catalog));

        String problems = PlacedShape.of(
                        new ConnectionShape(),
                        "{instance: export, endpoint: rows.list, response: {script: {file: judge.js}}}",
                        around)
                .problems()
                .toString();

        assertThat(problems).contains("BAD_VALUE", "no answers that a script could judge", "recordSelector.chunk");
    }
}
