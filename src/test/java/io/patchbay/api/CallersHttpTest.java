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

    private HttpResponse<String> create(String body) throws Exception {
        return api.send(
                api.request(PATH).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }
}
