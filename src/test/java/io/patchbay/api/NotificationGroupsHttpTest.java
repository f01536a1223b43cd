package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Notification groups as a caller sees them. */
@OverHttp
class NotificationGroupsHttpTest {

    private static final String ALL = "/api/v1/notification-groups";

    @Test
    void tellsHowManyAddressesAGroupHasAndNoneOfThem(@Autowired ApplicationContext context) throws Exception {
        ApiFixture api = new ApiFixture(context);
        HttpResponse<String> answer = api.get(ALL);
        JsonNode group = api.ok(answer, ALL, "get").at("/data/0");

        assertThat(group.get("name").asText()).isEqualTo("ops");
        assertThat(group.get("mail").asInt()).isEqualTo(1);
        assertThat(group.get("slack").asInt()).isEqualTo(2);
        assertThat(group.get("teams").asInt()).isZero();
        assertThat(group.get("problem").asText()).contains("no mail server");
        assertThat(answer.body()).doesNotContain("example.com", "OPS_SLACK");
    }
}
