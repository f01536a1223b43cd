package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.run.RunStatus;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.CacheRules.Scope;
import io.patchbay.shape.Stores;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.CacheWrite.How;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.util.unit.DataSize;

/** Caches as a caller sees them, on a real database. */
@OverHttp
class CachesHttpTest {

    private static final String ALL = "/api/v1/caches";
    private static final String ONE = "/api/v1/caches/{cache}";
    private static final CacheSpace STOCK = new CacheSpace("stock", rules(Scope.COMPANY, 1_000), "");
    private static final CacheSpace COPY = new CacheSpace("copy", rules(Scope.COMPANY, 1_000), "");

    private ApiFixture api;

    @TempDir
    Path folder;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        api.flows.stores = new Stores(
                Map.of(
                        "stock",
                        STOCK.rules(),
                        "copy",
                        COPY.rules(),
                        "few",
                        rules(Scope.COMPANY, 2),
                        "own",
                        rules(Scope.FLOW, 100),
                        "parts",
                        rules(Scope.RUN, 100)),
                Map.of());
    }

    private static CacheRules rules(Scope scope, int entries) {
        return new CacheRules(scope, Duration.ofDays(1), DataSize.ofMegabytes(50), entries);
    }

    private void put(CacheSpace space, String key, How how, String json) throws Exception {
        Payload payload = Payload.of(new Lineage("x"), Json.MAPPER.readTree(json));
        put(space, key, how, payload);
    }

    private void put(CacheSpace space, String key, How how, Payload payload) throws Exception {
        api.caches.all().write(space, List.of(new CacheWrite(key, how, payload, null)), null, null);
    }

    @Test
    void listsWhatRunsFlowsAndAllHavePageByPage() throws Exception {
        put(STOCK, "a", How.PUT, "1");
        for (String run : List.of("run-2", "run-1", "run:3")) {
            put(new CacheSpace("parts", CacheRules.DEFAULT, run), "a", How.PUT, "1");
        }
        put(new CacheSpace("old", CacheRules.DEFAULT, "f"), "a", How.PUT, "1");

        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = api.ok(api.get(ALL + "?limit=2" + after), ALL, "get");
            page.get("data")
                    .forEach(one -> seen.add(one.get("name").asText() + "/"
                            + one.get("scope").asText() + "/" + one.get("owner").asText() + "/"
                            + one.get("declared").asText() + "/"
                            + one.get("entries").asText()));
            after = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").asText();
        } while (!after.isEmpty());
        assertThat(seen)
                .containsExactly(
                        "old/run/f/false/1",
                        "parts/run/run-1/true/1",
                        "parts/run/run-2/true/1",
                        "parts/run/run:3/true/1",
                        "stock/company/null/true/1");
        assertThat(api.ok(api.get(ALL + "?cache=stock"), ALL, "get").get("data"))
                .hasSize(1);
        problem(api.get(ALL + "?after=x"), 400, "'after' is the 'next' of the page before, found 'x'.");
    }

    @Test
    void listsEntriesByPatternAndPage() throws Exception {
        for (String key : List.of("order-2", "order-1", "other", "order*x")) {
            put(STOCK, key, How.PUT, "1");
        }
        String entries = ALL + "/stock/entries";
        JsonNode first = api.ok(api.get(entries + "?keys=order-*&limit=1"), ONE + "/entries", "get");
        assertThat(first.at("/data/0/key").asText()).isEqualTo("order-1");
        assertThat(first.at("/data/0/kind").asText()).isEqualTo("value");
        JsonNode second = api.ok(
                api.get(entries + "?keys=order-*&after=" + first.get("next").asText()), ONE + "/entries", "get");
        assertThat(second.get("data")).hasSize(1);
        assertThat(second.get("next").isNull()).isTrue();
        assertThat(api.ok(api.get(entries + "?keys=order%5C*x"), ONE + "/entries", "get")
                        .get("data"))
                .hasSize(1);
        problem(api.get(ALL + "/parts/entries"), 400, "Cache 'parts' is one of runs: say whose with 'run'");
        problem(api.get(ALL + "/own/entries"), 400, "Cache 'own' is one of flows: say whose with 'flow'");
        problem(api.get(ALL + "/own/entries?flow=a&run=b"), 400, "Give 'run' or 'flow', not both.");
        assertThat(api.ok(api.get(ALL + "/own/entries?flow=a"), ONE + "/entries", "get")
                        .get("data"))
                .isEmpty();
    }

    @Test
    void readsAValueAListAndAPage() throws Exception {
        put(STOCK, "value", How.PUT, "{\"n\":1}");
        put(STOCK, "list", How.APPEND, "[{\"n\":1},{\"n\":2}]");
        put(STOCK, "list", How.APPEND, large(20_000));
        put(STOCK, "list", How.APPEND, "{\"n\":\"é\"}");
        put(STOCK, "pages", How.PAGE, "\"one\"");
        put(STOCK, "pages", How.PAGE, "\"two\"");

        HttpResponse<String> value = api.get(ALL + "/stock/entry?key=value");
        assertThat(value.body()).isEqualTo("{\"n\":1}");
        assertThat(value.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(value.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"entry\"");
        JsonNode list =
                Json.MAPPER.readTree(api.get(ALL + "/stock/entry?key=list").body());
        assertThat(list).hasSize(2 + 20_000 + 1);
        assertThat(list.get(20_002).get("n").asText()).isEqualTo("é");
        assertThat(api.get(ALL + "/stock/entry?key=pages&page=2").body()).isEqualTo("\"two\"");
        problem(api.get(ALL + "/stock/entry?key=pages"), 400, "The key holds 2 pages; 'page' is 1 to 2, found none.");
        problem(api.get(ALL + "/stock/entry?key=pages&page=3"), 400, "'page' is 1 to 2, found 3.");
        problem(api.get(ALL + "/stock/entry?key=none"), 404, "There is no key in cache 'stock' 'none'.");
    }

    private Payload large(int records) throws Exception {
        Path file = Files.writeString(
                folder.resolve("large.json"), "[" + "{\"n\":\"=x\"},".repeat(records - 1) + "{\"n\":2}]");
        Body body = new Body.Stored(file, "application/json", Files.size(file), records);
        return new Payload(new Lineage("x"), body, RecordPath.ROOT_LIST, Map.of("page", "1"));
    }

    @Test
    void deletesOneManyOrAll() throws Exception {
        for (String key : List.of("a1", "a2", "b1", "a*")) {
            put(STOCK, key, How.PUT, "1");
        }
        put(new CacheSpace("stock", rules(Scope.RUN, 5), "run-1"), "a1", How.PUT, "1");
        String delete = ALL + "/stock/delete";

        assertThat(deleted(delete + "?key=a*")).isEqualTo(1);
        problem(api.post(delete + "?key=a*", ""), 404, "There is no key in cache 'stock' 'a*'.");
        assertThat(deleted(delete + "?keys=a*")).isEqualTo(2);
        problem(api.post(delete, ""), 400, "Give one of 'key', 'keys' with a pattern, and 'all=true'.");
        problem(api.post(delete + "?key=a&all=true", ""), 400, "Give one of");
        assertThat(deleted(delete + "?all=true")).as("with that of the run").isEqualTo(2);
        assertThat(api.ok(api.get(ALL), ALL, "get").get("data")).isEmpty();
    }

    private long deleted(String path) throws Exception {
        return api.ok(api.post(path, ""), ONE + "/delete", "post")
                .get("deleted")
                .asLong();
    }

    @Test
    void whatHasMoreThanItsBoundsCanBeDeleted() throws Exception {
        CacheSpace before = new CacheSpace("few", rules(Scope.COMPANY, 100), "");
        for (String key : List.of("a", "b", "c", "d")) {
            put(before, key, How.PUT, "1");
        }

        assertThat(deleted(ALL + "/few/delete?key=a")).isEqualTo(1);
        assertThat(deleted(ALL + "/few/delete?all=true")).isEqualTo(3);
    }

    @Test
    void takesInWhatItHandedOut() throws Exception {
        put(STOCK, "=1+1", How.PUT, "\"a \\\"quoted\\\" text\"");
        put(STOCK, "'kept", How.PUT, "-5");
        put(STOCK, "list", How.APPEND, "[{\"n\":1}]");
        put(STOCK, "list", How.APPEND, large(2_000));
        put(STOCK, "pages", How.PAGE, "1");
        put(STOCK, "pages", How.PAGE, "[2,3]");
        Body bytes = new Body.Bytes(new byte[] {0, -1, 5}, "image/png");
        put(STOCK, "bytes", How.PUT, new Payload(new Lineage("x"), bytes, RecordPath.ROOT, Map.of("m", "1")));
        Body text = new Body.Bytes("=SUM(A1)".getBytes(StandardCharsets.UTF_8), "text/plain");
        put(STOCK, "text", How.PUT, new Payload(new Lineage("x"), text, RecordPath.ROOT, Map.of()));
        put(STOCK, "nothing", How.PUT, Payload.empty(new Lineage("x")));

        HttpResponse<String> file = api.get(ALL + "/stock/export");
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(file.body())
                .startsWith("key,kind,part,type,records,meta,written,expires,encoding,value\r\n")
                .contains("'=1+1,value,")
                .contains("\r\n''kept,")
                .contains(",text,\"'-5\"\r\n")
                .contains(",text,\"'=SUM(A1)\"\r\n");
        for (int i = 0; i < 2; i++) {
            JsonNode taken = api.ok(api.post(ALL + "/copy/import", file.body()), ONE + "/import", "post");
            assertThat(taken.get("entries").asInt()).isEqualTo(7);
            assertThat(taken.get("rows").asInt()).isEqualTo(9);
        }
        for (CacheEntry entry : api.caches.all().list(STOCK, io.patchbay.shape.cache.KeyPattern.ALL, null, 10)) {
            CacheEntry copy = api.caches.all().find(COPY, entry.key()).orElseThrow();
            assertThat(copy.kind()).isEqualTo(entry.kind());
            assertThat(copy.parts()).isEqualTo(entry.parts());
            for (int part = 0; part < entry.parts(); part++) {
                Payload was = api.caches.all().part(entry, part, folder).orElseThrow();
                Payload is = api.caches.all().part(copy, part, folder).orElseThrow();
                assertThat(is.bytes()).as(entry.key()).isEqualTo(was.bytes());
                assertThat(is.meta()).isEqualTo(was.meta());
                assertThat(is.recordPath()).isEqualTo(was.recordPath());
                assertThat(is.body().contentType()).isEqualTo(was.body().contentType());
            }
        }
    }

    @Test
    void takesInNothingThatIsNotDeclaredOrGoesNowhere() throws Exception {
        String rows = "key,value\na,1\n";
        problem(api.post(ALL + "/stok/import", rows), 404, "routes/stores.yaml declares no cache 'stok'");
        problem(api.post(ALL + "/stock/import?run=r", rows), 400, "one that all flows share: leave 'run'");
        problem(api.post(ALL + "/parts/import", rows), 400, "say whose with 'run'");
        problem(api.post(ALL + "/parts/import?run=r", rows), 404, "There is no run 'r'.");
        api.history.runs.add(ApiFixture.run("over", RunStatus.SUCCEEDED, ApiFixture.NOON));
        problem(api.post(ALL + "/parts/import?run=over", rows), 409, "Run 'over' is over");
        problem(api.post(ALL + "/own/import?flow=orders-to-er", rows), 404, "Did you mean 'orders-to-erp'?");
        problem(api.post(ALL + "/stock/import?keep=never", rows), 400, "'keep' is a time like 1d");
        api.history.runs.add(ApiFixture.run("going", RunStatus.RUNNING, null));
        api.ok(api.post(ALL + "/parts/import?run=going", rows), ONE + "/import", "post");
        api.ok(api.post(ALL + "/own/import?flow=orders-to-erp", rows), ONE + "/import", "post");
    }

    @Test
    void refusesRowsThatAreWrongAndSaysWhichOnesAreIn() throws Exception {
        String in = ALL + "/stock/import";
        problem(api.post(in, "id\n1\n"), 400, "Row 1 has no value in the column 'key'");
        problem(api.post(in, "key\n1\n"), 400, "Row 1 has no column 'value'");
        problem(api.post(in, "key,value\na,1\nb,{\n"), 400, "Row 2 has no JSON in the column 'value'");
        problem(api.post(in, "key,kind,value\na,set,1\n"), 400, "the kind 'set'; there are value, list, pages");
        problem(api.post(in, "key,encoding,value\na,hex,1\n"), 400, "the encoding 'hex'; there are text, base64");
        problem(api.post(in, "key,encoding,value\na,base64,?\n"), 400, "not Base64");
        problem(api.post(in, "key,records,value\na,x,1\n"), 400, "names the records 'x'");
        problem(api.post(in, "key,meta,value\na,x,1\n"), 400, "no JSON object of texts in the column 'meta'");
        problem(api.post(in, "key,value\n" + "x".repeat(401) + ",1\n"), 400, "401 characters, more than 400");
        problem(api.post(in, "key,value\na,\"open"), 400, "Behind row 0");
        problem(
                api.post(ALL + "/few/import", "key,value\na,1\nb,1\nc,1\n"),
                409,
                "Cache 'few' would have 3 entries, more than its 2");
        assertThat(api.ok(api.get(ALL), ALL, "get").get("data")).isEmpty();
    }
}
