package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Data pools as a caller sees them. */
@OverHttp
class PoolsHttpTest {

    private static final String ALL = "/api/v1/pools";
    private static final String ONE = "/api/v1/pools/{pool}";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void listsPoolsAndPagesThroughTheirKeys() throws Exception {
        api.pools.with("erp", "", "10:01", false);
        api.pools.with("erp", "", "1002", true);
        api.pools.with("erp", "or:der", "1001", false);
        JsonNode all = api.ok(api.get(ALL), ALL, "get");
        assertThat(all.at("/data/0/remembered").asInt()).isEqualTo(2);
        assertThat(all.at("/data/0/claimed").asInt()).isEqualTo(1);

        List<String> keys = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = api.ok(api.get(ALL + "/erp/keys?limit=1" + after), ONE + "/keys", "get");
            page.get("data")
                    .forEach(key -> keys.add(
                            key.get("entity").asText() + "/" + key.get("key").asText()));
            after = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").asText();
        } while (!after.isEmpty());
        assertThat(keys).containsExactly("/1002", "/10:01", "or:der/1001");
        assertThat(api.ok(api.get(ALL + "/erp/keys?prefix=100&entity="), ONE + "/keys", "get")
                        .get("data"))
                .hasSize(1);
        problem(api.get(ALL + "/erp/keys?after=x"), 400, "'after' is the 'next' of the page before, found 'x'.");
    }

    @Test
    void forgetsOneManyOrAll() throws Exception {
        List.of("a1", "a2", "b1", "b2").forEach(key -> api.pools.with("erp", "", key, false));
        String forget = ALL + "/erp/forget";
        assertThat(api.ok(api.post(forget + "?key=a1", ""), ONE + "/forget", "post")
                        .get("forgotten")
                        .asInt())
                .isEqualTo(1);
        problem(api.post(forget + "?key=a1", ""), 404, "There is no key in pool 'erp' 'a1'.");
        assertThat(api.ok(api.post(forget + "?prefix=a", ""), ONE + "/forget", "post")
                        .get("forgotten")
                        .asInt())
                .isEqualTo(1);
        problem(api.post(forget, ""), 400, "'all=true'");
        problem(api.post(forget + "?all=true&prefix=b", ""), 400, "'all=true'");
        assertThat(api.ok(api.post(forget + "?all=true", ""), ONE + "/forget", "post")
                        .get("forgotten")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void takesInWhatItHandedOut() throws Exception {
        IntStream.range(0, 1_203).forEach(i -> api.pools.with("erp", "", "k,\"" + i, false));
        api.pools.with("erp", "order", "mine", true);
        api.pools.with("erp", "", "=1+1", false);
        HttpResponse<String> file = api.get(ALL + "/erp/export");
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(file.body())
                .startsWith("key,entity,state,run,since,expires\r\n")
                .contains("\"k,\"\"7\",,remembered,run-1")
                .as("what a spreadsheet would take for a formula")
                .contains("'=1+1,,remembered,run-1");

        JsonNode taken = api.ok(api.post(ALL + "/other/import?keep=1d", file.body()), ONE + "/import", "post");
        assertThat(taken.get("rows").asInt())
                .as("what was claimed was not sent")
                .isEqualTo(1_204);
        assertThat(taken.get("added").asInt()).isEqualTo(1_204);
        assertThat(api.ok(api.get(ALL + "/other/keys?prefix=%3D"), ONE + "/keys", "get")
                        .get("data"))
                .hasSize(1);
        JsonNode again = api.ok(api.post(ALL + "/other/import", file.body()), ONE + "/import", "post");
        assertThat(again.get("added").asInt()).isZero();
        assertThat(api.ok(api.get(ALL + "/other/keys?limit=1"), ONE + "/keys", "get")
                        .at("/data/0/expires")
                        .asText())
                .isEqualTo("2026-11-25T12:00:00Z");
    }

    @Test
    void refusesRowsThatAreWrongAndSaysWhichOnesAreIn() throws Exception {
        problem(api.post(ALL + "/erp/import", "id\n1\n"), 400, "Row 1 has no value in the column 'key'");
        String long501 = "x".repeat(501);
        problem(api.post(ALL + "/erp/import", "key\n" + long501 + "\n"), 400, "a key of 501 characters, more than 500");
        String many = IntStream.range(0, 600).mapToObj(i -> "k" + i + "\n").collect(Collectors.joining());
        problem(api.post(ALL + "/erp/import", "key\n" + many + "\"open"), 400, "keys that were added: 500");
        problem(api.post(ALL + "/my%20pool/import", "key\n1\n"), 400, "A pool is a name of letters");
        problem(api.post(ALL + "/erp/import?keep=never", "key\n1\n"), 400, "'keep' is a time like 30d");
    }
}
