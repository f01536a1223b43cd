package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.ops.security.LocalUsers;
import io.patchbay.ops.security.Role;
import io.patchbay.run.RunStatus;
import io.patchbay.run.jdbc.RunCaches;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What stands in the audit log after calls, and how it is had. */
@OverHttp
class AuditHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/api/v1/audit";

    private ApiFixture api;

    @Autowired
    private AccessKeys keys;

    @Autowired
    private RunCaches caches;

    private String reader;

    @Autowired
    private LocalUsers users;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) throws Exception {
        api = new ApiFixture(context);
        reader = keys.add("reader", Role.READ_ONLY, List.of(), Duration.ofHours(1), "test")
                .text();
        try (Connection connection = caches.store().database().dataSource().getConnection()) {
            connection.createStatement().execute("delete from audit_entry");
        }
    }

    @AfterEach
    void forget() {
        keys.list().forEach(key -> keys.remove(key.name()));
        users.list().forEach(user -> users.remove(user.name()));
    }

    @Test
    void tellsWhoStartedARunAndWhichRunItBecame() throws Exception {
        HttpResponse<String> started =
                api.post("/api/v1/flows/orders-to-erp/start?var.currency=top-secret&trigger=manual", "{}");
        assertThat(started.statusCode()).isEqualTo(202);

        JsonNode entry = entries("?action=startFlows").get(0);
        assertThat(entry.path("actor").asText()).isEqualTo("admin");
        assertThat(entry.path("kind").asText()).isEqualTo("token");
        assertThat(entry.path("role").asText()).isEqualTo("administrator");
        assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(entry.path("outcome").asText()).isEqualTo("done");
        assertThat(entry.path("status").asInt()).isEqualTo(202);
        assertThat(entry.path("subject").asText())
                .startsWith("orders-to-erp?var.currency=***&trigger=*** made /api/v1/runs/")
                .doesNotContain("top-secret");
    }

    @Test
    void tellsWhoReadAPayloadBeforeItGoesOut() throws Exception {
        api.history.runs.add(ApiFixture.run("r-1", RunStatus.SUCCEEDED, ApiFixture.NOON));

        assertThat(by(reader, "/api/v1/runs/r-1/payloads?bytes=true").statusCode())
                .isEqualTo(200);

        JsonNode entry = entries("?actor=reader").get(0);
        assertThat(entry.path("action").asText()).isEqualTo("payloadsRuns");
        assertThat(entry.path("subject").asText()).isEqualTo("r-1?bytes=true");
        assertThat(entry.path("outcome").asText()).isEqualTo("allowed");
        assertThat(entry.path("status").isNull()).isTrue();
    }

    @Test
    void tellsWhoWasNotLet() throws Exception {
        problem(
                api.send(api.request("/api/v1/flows/orders-to-erp/disable")
                        .setHeader("Authorization", "Bearer " + reader)
                        .POST(BodyPublishers.noBody())),
                403,
                "read-only");
        problem(by("wrong-token", "/api/v1/flows"), 401, "token");

        // Nobody who was not let waits for the disk.
        await().until(() -> entries("?outcome=denied").size() == 2);
        JsonNode denied = entries("?outcome=denied");
        assertThat(denied.get(0).path("actor").asText()).isEqualTo("-");
        assertThat(denied.get(0).path("action").asText()).isEqualTo("login");
        assertThat(denied.get(1).path("actor").asText()).isEqualTo("reader");
        assertThat(denied.get(1).path("action").asText()).isEqualTo("disableFlows");
        assertThat(denied.get(1).path("subject").asText()).isEqualTo("orders-to-erp");
        assertThat(denied.toString()).doesNotContain("wrong-token");
    }

    @Test
    void tellsWithWhichUsersNameALoginWasTriedAndKeepsNoOtherText() throws Exception {
        users.add("ada", Role.USER, "nine blue boats");
        String mistaken = "my password\u0000\u001b[31m";
        for (String name : List.of("ada", "admin", mistaken, mistaken, "ada2")) {
            problem(
                    api.send(api.request("/api/v1/flows").setHeader("Authorization", basic(name, "wrong"))),
                    401,
                    "name and password");
        }

        await().until(() -> entries("?action=login").size() == 5);
        List<String> subjects = new ArrayList<>();
        entries("?action=login")
                .forEach(entry -> subjects.add(0, entry.path("subject").asText()));
        assertThat(subjects.subList(0, 2)).containsExactly("user ada", "user admin");
        assertThat(subjects.get(2))
                .matches("no user: #[0-9a-f]{8}, 17 characters")
                .isEqualTo(subjects.get(3));
        assertThat(subjects.get(4)).startsWith("no user: #").isNotEqualTo(subjects.get(3));
        assertThat(subjects.toString()).doesNotContain("my password", "ada2", "wrong");
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tellsWhatFailedAndLeavesOutWhatOnlyViews() throws Exception {
        assertThat(api.get("/api/v1/flows").statusCode()).isEqualTo(200);
        assertThat(api.post("/api/v1/flows/nope/disable", "").statusCode()).isEqualTo(404);

        JsonNode entries = entries("?actor=admin&outcome=failed");
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).path("status").asInt()).isEqualTo(404);
        assertThat(entries("?action=listFlows")).isEmpty();
    }

    @Test
    void showsANewKeyByItsNameAlone() throws Exception {
        String key = api.fits(
                        api.post("/api/v1/keys", "{\"name\":\"robot\",\"role\":\"user\",\"flows\":[\"orders-*\"]}"),
                        "/api/v1/keys",
                        "post")
                .path("key")
                .asText();

        JsonNode entry = entries("?action=addAccessKeys").get(0);
        assertThat(entry.path("subject").asText()).isEqualTo("robot as user for orders-*");
        assertThat(entries("").toString()).doesNotContain(key.substring(0, 20));
    }

    @Test
    void givesTheLogInPartsAndAsAFile() throws Exception {
        for (int i = 0; i < 3; i++) {
            api.post("/api/v1/flows/nope-" + i + "/disable", "");
        }
        JsonNode first = api.ok(api.get(PATH + "?subject=nope-&limit=2"), PATH, "get");
        JsonNode second = api.ok(
                api.get(PATH + "?subject=nope-&limit=2&after="
                        + first.path("next").asText()),
                PATH,
                "get");
        assertThat(first.at("/data/0/subject").asText()).isEqualTo("nope-2");
        assertThat(second.path("data")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();

        String csv = api.get(PATH + "/export?format=csv&subject=nope-").body();
        assertThat(csv.lines().toList()).hasSize(4).first().asString().contains("actor", "subject", "outcome");
        String lines = api.get(PATH + "/export?subject=nope-").body();
        assertThat(lines.lines().toList()).hasSize(3);
        assertThat(JSON.readTree(lines.lines().findFirst().orElseThrow())
                        .path("subject")
                        .asText())
                .isEqualTo("nope-2");
        problem(api.get(PATH + "/export?format=xml"), 400, "there are ndjson, csv");
    }

    @Test
    void isReadByAdministratorsAlone() throws Exception {
        problem(by(reader, PATH), 403, "no right to audit");
    }

    private HttpResponse<String> by(String token, String path) throws Exception {
        return api.send(api.request(path).setHeader("Authorization", "Bearer " + token));
    }

    private JsonNode entries(String query) throws Exception {
        return api.ok(api.get(PATH + query), PATH, "get").path("data");
    }
}
