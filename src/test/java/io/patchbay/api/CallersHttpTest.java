package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Callers of the inbound API as an operator manages them. */
@OverHttp
class CallersHttpTest {

    private static final String PATH = "/api/v1/callers";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void showsTheSecretOfANewCallerOnceAndEndsItsAccess() throws Exception {
        JsonNode made = api.ok(create("{\"name\":\"my-erp\",\"perMinute\":10}"), PATH, "post");
        assertThat(made.path("clientSecret").asText()).isEqualTo("secret-of-my-erp");
        JsonNode list = api.ok(api.get(PATH), PATH, "get");
        assertThat(list.at("/data/0/perMinute").asInt()).isEqualTo(10);
        assertThat(list.toString()).doesNotContain("secret-of-my-erp");
        problem(create("{\"name\":\"my-erp\"}"), 400, "There is a caller 'my-erp' already.");
        JsonNode gone = api.ok(api.post(PATH + "/my-erp/revoke", ""), PATH + "/{name}/revoke", "post");
        assertThat(gone.path("revokedAt").isTextual()).isTrue();
        problem(api.post(PATH + "/other/revoke", ""), 404, "There is no caller 'other'");
    }

    @Test
    void limitsWhatACallerMaySend() throws Exception {
        JsonNode made = api.ok(create("{\"name\":\"till\",\"maxBody\":\"2MB\"}"), PATH, "post");
        assertThat(made.path("maxBodyBytes").asLong()).isEqualTo(2 << 20);
        assertThat(made.path("perMinute").asInt()).isEqualTo(120);

        JsonNode limited =
                api.ok(limit("till", "{\"perMinute\":10,\"maxBody\":\"500KB\"}"), PATH + "/{name}/limits", "post");

        assertThat(limited.path("perMinute").asInt()).isEqualTo(10);
        assertThat(limited.path("maxBodyBytes").asLong()).isEqualTo(500 << 10);
        problem(limit("till", "{\"maxBody\":\"big\"}"), 400, "'maxBody' is a size like 500KB or 2MB.");
        problem(limit("till", "{\"maxBody\":\"0B\"}"), 400, "A caller's largest body has 1B at least.");
        problem(limit("till", "{\"perMinute\":0}"), 400, "A caller may call 1 to 100000 times a minute.");
        problem(limit("other", "{}"), 404, "There is no caller 'other'");
    }

    private HttpResponse<String> limit(String name, String body) throws Exception {
        return api.send(api.request(PATH + "/" + name + "/limits")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> create(String body) throws Exception {
        return api.send(
                api.request(PATH).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }
}
