package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.ops.audit.AuditLog;
import io.patchbay.ops.audit.AuditQuery;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Blueprints as a caller sees, installs, upgrades and removes them, in a real home folder. */
@OverHttp
class BlueprintsHttpTest {

    private static final String ALL = "/api/v1/blueprints";
    private static final String FLOW = """
            flow: orders
            variables: { currency: GBP }
            shapes:
              - id: one
                manualPayload: { json: [ { id: 1 } ] }
            """;

    private final Path home = ApiProgram.BLUEPRINTS;
    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) throws IOException {
        api = new ApiFixture(context);
        empty();
        blueprint("1.0.0", FLOW);
    }

    @AfterEach
    void empty() throws IOException {
        for (String folder : new String[] {"blueprints", "routes", "connectors", "data"}) {
            FileSystemUtils.deleteRecursively(home.resolve(folder));
        }
    }

    private void blueprint(String version, String flow) throws IOException {
        write("blueprints/orders/blueprint.yaml", """
                blueprint: orders
                version: %s
                title: Orders of the shop
                systems: [Shop]
                picture: picture.svg
                questions:
                  currency: { title: Currency, type: choice, choices: [GBP, EUR], otherwise: GBP, sets: ['routes/orders.flow.yaml#variables.currency'] }
                """.formatted(version));
        write("blueprints/orders/README.md", "# Orders\n\n<script>alert(1)</script>\n");
        write(
                "blueprints/orders/picture.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
        write("blueprints/orders/routes/orders.flow.yaml", flow);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(home.resolve(path).getParent());
        Files.writeString(home.resolve(path), text);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return api.send(api.request(ALL + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Begins something and waits for its end. */
    private JsonNode done(String path, String pattern, String body) throws Exception {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        api.fits(answer, ALL + pattern, "post");
        String job = answer.headers().firstValue("Location").orElseThrow();
        await().atMost(Duration.ofMinutes(5))
                .until(() -> !new ObjectMapper()
                        .readTree(api.get(job).body())
                        .get("state")
                        .asText()
                        .equals("going"));
        return api.ok(api.get(job), ALL + "/jobs/{id}", "get");
    }

    @Test
    void showsWhatThereIs() throws Exception {
        JsonNode all = api.ok(api.get(ALL), ALL, "get");
        assertThat(all.at("/data/0/id").asText()).isEqualTo("orders");
        assertThat(all.at("/data/0/installed")).isEmpty();
        assertThat(all.get("troubles")).isEmpty();

        JsonNode one = api.ok(api.get(ALL + "/orders"), ALL + "/{id}", "get");
        assertThat(one.at("/questions/0/choices/1").asText()).isEqualTo("EUR");
        assertThat(one.get("readme").asText()).startsWith("# Orders");
        assertThat(one.get("picture").asBoolean()).isTrue();
        problem(api.get(ALL + "/ordres"), 404, "There is no blueprint 'ordres': did you mean 'orders'?");
        problem(api.get(ALL + "/orders?catalogue=ours"), 404, "There is no catalogue 'ours'");
    }

    @Test
    void aPictureRunsNothing() throws Exception {
        HttpResponse<String> picture = api.get(ALL + "/orders/picture");

        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
        assertThat(picture.headers().allValues("Content-Security-Policy"))
                .anyMatch(policy -> policy.equals("default-src 'none'; style-src 'unsafe-inline'; sandbox"));
        assertThat(picture.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        Files.delete(home.resolve("blueprints/orders/picture.svg"));
        problem(api.get(ALL + "/orders/picture"), 404, "There is no picture of blueprint 'orders'");
    }

    @Test
    void planInstallUpgradeAndRemoveInTurn() throws Exception {
        JsonNode plan = api.ok(
                post("/orders/plan", "{ \"as\": \"eu\", \"answers\": { \"currency\": \"EUR\" } }"),
                ALL + "/{id}/plan",
                "post");
        assertThat(plan.get("possible").asBoolean()).isTrue();
        assertThat(plan.at("/changes/0/path").asText()).isEqualTo("routes/eu/orders.flow.yaml");
        assertThat(plan.at("/changes/0/action").asText()).isEqualTo("new");
        assertThat(plan.at("/renames/0").asText()).isEqualTo("flow orders is eu-orders");
        assertThat(home.resolve("routes")).doesNotExist();

        JsonNode job =
                done("/orders/install", "/{id}/install", "{ \"as\": \"eu\", \"answers\": { \"currency\": \"EUR\" } }");
        assertThat(job.get("state").asText()).as(job.toString()).isEqualTo("done");
        assertThat(job.get("tests").asInt()).isEqualTo(1);
        assertThat(home.resolve("routes/eu/orders.flow.yaml")).content().contains("currency: EUR", "status: draft");

        blueprint("1.1.0", FLOW.replace("id: 1", "id: 2"));
        assertThat(api.ok(api.get(ALL), ALL, "get")
                        .at("/data/0/installed/0/update")
                        .asBoolean())
                .isTrue();
        api.ok(post("/installs/eu/plan-upgrade", "{}"), ALL + "/installs/{name}/plan-upgrade", "post");
        JsonNode upgraded = done("/installs/eu/upgrade", "/installs/{name}/upgrade", "{}");
        assertThat(upgraded.get("state").asText()).as(upgraded.toString()).isEqualTo("done");
        assertThat(home.resolve("routes/eu/orders.flow.yaml")).content().contains("id: 2", "currency: EUR");

        JsonNode removal =
                api.ok(post("/installs/eu/plan-removal", "{}"), ALL + "/installs/{name}/plan-removal", "post");
        assertThat(removal.at("/changes/0/action").asText()).isEqualTo("gone");
        assertThat(done("/installs/eu/remove", "/installs/{name}/remove", "{}")
                        .get("state")
                        .asText())
                .isEqualTo("done");
        assertThat(home.resolve("routes/eu")).doesNotExist();
        assertThat(api.ok(api.get(ALL + "/jobs"), ALL + "/jobs", "get")
                        .at("/data/0/verb")
                        .asText())
                .isEqualTo("remove");
    }

    @Test
    void aConflictIsToldAndASideMayBeChosen() throws Exception {
        done("/orders/install", "/{id}/install", "{}");
        Path flow = home.resolve("routes/orders/orders.flow.yaml");
        Files.writeString(flow, Files.readString(flow).replace("id: 1", "id: 7"));
        blueprint("1.1.0", FLOW.replace("id: 1", "id: 2"));

        JsonNode plan =
                api.ok(post("/installs/orders/plan-upgrade", "{}"), ALL + "/installs/{name}/plan-upgrade", "post");
        assertThat(plan.get("possible").asBoolean()).isFalse();
        assertThat(plan.at("/changes/0/action").asText()).isEqualTo("conflict");
        problem(post("/installs/orders/upgrade", "{}"), 409, "--keep");

        done("/installs/orders/upgrade", "/installs/{name}/upgrade", "{ \"keep\": \"theirs\" }");
        assertThat(flow).content().contains("id: 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/orders/install | { \"as\": \"../x\" } | 400 | is no name for an install",
                "/orders/install | { \"answers\": { \"currency\": \"USD\" } } | 409 | must be one of GBP, EUR",
                "/orders/install | { \"answer\": {} } | 400 | Key 'answer' is not known",
                "/orders/install | { \"answers\": [] } | 400 | answers must be an object",
                "/orders/install | { \"answers\": { \"currency\": {} } } | 400 | must be text",
                "/orders/install | [] | 400 | must be a JSON object",
                "/orders/install | { \"secrets\": { \"KEY\": \"not a name: sk-123\" } } | 409 | has no secret 'KEY'",
                "/orders/install | { \"catalogue\": \"../..\" } | 404 | There is no catalogue",
                "/installs/orders/upgrade | { \"keep\": \"all\" } | 400 | keep must be mine or theirs",
                "/installs/orders/remove | {} | 404 | There is no install 'orders'",
                "/other/install | {} | 404 | There is no blueprint 'other'",
            })
    void refusesWhatMakesNoSense(String path, String body, int status, String detail) throws Exception {
        problem(post(path, body), status, detail);
        assertThat(home.resolve("routes")).doesNotExist();
    }

    @Test
    void saysOfWhatKindABodyMustBe() throws Exception {
        problem(
                api.send(api.request(ALL + "/orders/install").POST(BodyPublishers.noBody())),
                415,
                "The body must have the Content-Type application/json, found none.");
    }

    @Test
    void whatChangesTheHomeIsWrittenDown(@Autowired AuditLog log) throws Exception {
        done("/orders/install", "/{id}/install", "{}");

        assertThat(log.list(new AuditQuery(null, "installBlueprints", null, null, null, null), null, 10))
                .isNotEmpty();
    }
}
