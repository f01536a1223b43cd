package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.service.Services;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Files of services as a caller makes, copies and activates them, in a real home folder. */
@OverHttp
class ServiceFilesHttpTest {

    private static final String ALL = "/api/v1/services";
    private static final String DRAFT = """
            { "name": "paid-orders", "title": "Orders", "entity": "orders",
              "source": { "instance": "shop", "endpoint": "orders.list", "with": { "status": "any" } },
              "destination": { "instance": "erp", "endpoint": "orders.create" },
              "trigger": { "schedule": { "every": "15m" } }, "reference": "number",
              "filters": [ { "field": "paid", "is": true } ], "fields": [ { "to": "sum", "from": "total" } ] }
            """;
    private static final String OLD = """
            # how it began
            service: old
            entity: orders   # all of them
            source: { instance: shop }
            reference: number
            mapping: { order: [ { to: nr, from: number } ] }
            destination: { instance: erp }
            """;
    private static final Path FILE = Path.of("routes/services/old.service.yaml");

    @Autowired
    private Services services;

    private final Path home = ApiProgram.BLUEPRINTS;
    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) throws IOException {
        api = new ApiFixture(context);
        empty();
        Files.createDirectories(home.resolve(FILE).getParent());
        Files.writeString(home.resolve(FILE), OLD);
        services.take(List.of(new Services.File(FILE.toString(), OLD)));
    }

    @AfterEach
    void empty() throws IOException {
        services.take(List.of());
        for (String folder : new String[] {"blueprints", "routes", "data"}) {
            FileSystemUtils.deleteRecursively(home.resolve(folder));
        }
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return api.send(api.request(ALL + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void aPreviewChangesNothingAndTellsWhatIsWrong() throws Exception {
        JsonNode seen = api.ok(post("/preview", DRAFT), ALL + "/preview", "post");

        assertThat(seen.get("file").asText()).isEqualTo("routes/services/paid-orders.service.yaml");
        assertThat(seen.get("text").asText()).contains("status: inactive", "every: \"15m\"", "from: total");
        assertThat(seen.get("wrong")).isEmpty();
        JsonNode wrong = api.ok(post("/preview", DRAFT.replace("Orders", "WRONG")), ALL + "/preview", "post");
        assertThat(wrong.at("/wrong/0").asText()).contains("it is wrong");
        assertThat(home.resolve("routes/services")).isDirectoryNotContaining("glob:**paid-orders*");
    }

    @Test
    void aServiceIsMadeOnce() throws Exception {
        HttpResponse<String> made = post("", DRAFT);

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        api.fits(made, ALL, "post");
        assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/services/paid-orders");
        assertThat(home.resolve("routes/services/paid-orders.service.yaml"))
                .content()
                .contains("service: paid-orders", "from: total");
        problem(post("", DRAFT), 409, "is there already, and nothing is written over it");
        problem(post("", DRAFT.replace("paid-orders", "old")), 409, "There is a service or a flow 'old' already");
    }

    @Test
    void whatWouldHaveErrorsIsNotWritten() throws Exception {
        problem(post("", DRAFT.replace("Orders", "WRONG")), 409, "it is wrong");

        assertThat(home.resolve("routes/services/paid-orders.service.yaml")).doesNotExist();
    }

    @Test
    void aCopyLiesBesideTheOneAndIsNotActive() throws Exception {
        HttpResponse<String> copy = api.post(ALL + "/old/clone?name=new-one", "");

        assertThat(copy.statusCode()).as(copy.body()).isEqualTo(201);
        api.fits(copy, ALL + "/{id}/clone", "post");
        assertThat(home.resolve("routes/services/new-one.service.yaml"))
                .content()
                .contains("# how it began", "service: new-one", "name: \"old (copy)\"", "status: inactive");
        problem(api.post(ALL + "/old/clone?name=old", ""), 409, "already");
        problem(api.post(ALL + "/old/clone?name=../x", ""), 400, "kebab-case");
        problem(api.post(ALL + "/odl/clone?name=x", ""), 404, "'old'");
    }

    @Test
    void theStatusIsWrittenAndAllElseStays() throws Exception {
        api.ok(api.post(ALL + "/old/deactivate", ""), ALL + "/{id}/deactivate", "post");
        assertThat(home.resolve(FILE)).content().contains("# how it began", "# all of them", "status: inactive");

        problem(api.post(ALL + "/old/activate", ""), 409, "was changed meanwhile");
        services.take(List.of(new Services.File(FILE.toString(), Files.readString(home.resolve(FILE)))));
        api.ok(api.post(ALL + "/old/activate", ""), ALL + "/{id}/activate", "post");
        assertThat(home.resolve(FILE)).content().contains("status: active");
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return api.send(api.request(ALL + path).DELETE());
    }

    @Test
    void aServiceIsRemovedWithItsTestsAndNothingElse() throws Exception {
        Files.writeString(home.resolve("routes/services/old.test.yaml"), "test: old\ncases: []\n");
        Files.writeString(home.resolve("routes/other.test.yaml"), "test: other\ncases: []\n");

        JsonNode gone = api.ok(delete("/old"), ALL + "/{id}", "delete");

        assertThat(gone.get("files"))
                .extracting(JsonNode::asText)
                .containsExactly("routes/services/old.service.yaml", "routes/services/old.test.yaml");
        assertThat(gone.get("text").asText()).isEqualTo(OLD);
        assertThat(home.resolve("routes/services")).doesNotExist();
        assertThat(home.resolve("routes/other.test.yaml")).exists();
        problem(delete("/odl"), 404, "'old'");
    }

    @Test
    void aServiceThatWasChangedMeanwhileStays() throws Exception {
        Files.writeString(home.resolve(FILE), OLD + "note: new\n");

        problem(delete("/old"), 409, "was changed meanwhile");
        assertThat(home.resolve(FILE)).content().contains("note: new");
    }

    @Test
    void aServiceThatRunsIsOnlyRemovedByForce(@Autowired FakeFlows flows) throws Exception {
        flows.with("old");
        try {
            problem(delete("/old"), 409, "Service 'old' has 1 running and 2 waiting runs");
            problem(delete("/old?force=false"), 409, "force=true");
            assertThat(home.resolve(FILE)).exists();

            api.ok(delete("/old?force=true"), ALL + "/{id}", "delete");
            assertThat(home.resolve(FILE)).doesNotExist();
        } finally {
            flows.without("old");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | name is missing",
                "{ \"nmae\": \"x\" } | Key 'nmae' is not known",
                "{ \"name\": \"../x\" } | kebab-case",
                "{ \"name\": \"x\", \"entity\": \"orders\" } | source is missing",
                "{ \"name\": \"x\", \"entity\": \"orders\", \"source\": { \"id\": 1 } } | Key 'id' of source is not known",
                "{ \"name\": \"x\", \"trigger\": [] } | trigger must be an object",
            })
    void aDraftThatIsNotWholeIsRefused(String body, String why) throws Exception {
        problem(post("/preview", body), 400, why);
        problem(post("", body), 400, why);
    }
}
