package io.patchbay.api;

import static io.patchbay.api.ApiFixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.alert.AlertKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Alerts as a caller sees them. */
@OverHttp
class AlertsHttpTest {

    private static final String ALL = "/api/v1/alerts";

    private ApiFixture api;
    private FakeAlerts alerts;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        alerts = context.getBean(FakeAlerts.class);
        alerts.clear();
        alerts.add(id(1), "orders", false);
        alerts.add(id(2), "orders", true);
        alerts.add(id(3), "stock", true);
    }

    @Test
    void listsThemInPartsWithWhatWasNotSent() throws Exception {
        JsonNode first = api.ok(api.get(ALL + "?open=true&limit=1"), ALL, "get");
        JsonNode rest = api.ok(
                api.get(ALL + "?open=true&limit=1&after=" + first.get("next").asText()), ALL, "get");

        assertThat(first.at("/data/0/id").asText()).isEqualTo(id(3));
        assertThat(first.at("/data/0/kind").asText()).isEqualTo("failed_runs");
        assertThat(first.at("/data/0/open").asBoolean()).isTrue();
        assertThat(first.at("/data/0/advice").asText()).contains("patchbay runs r1");
        assertThat(first.at("/data/0/messages/0/state").asText()).isEqualTo("waiting");
        assertThat(first.at("/data/0/messages/0/problem").asText()).contains("503");
        assertThat(rest.at("/data/0/id").asText()).isEqualTo(id(2));
        assertThat(rest.get("next").isNull()).isTrue();
    }

    @Test
    void asksForAKindAndASubject() throws Exception {
        api.ok(api.get(ALL + "?kind=no_success&subject=orders"), ALL, "get");

        assertThat(alerts.asked.kind()).isEqualTo(AlertKind.NO_SUCCESS);
        assertThat(alerts.asked.subject()).isEqualTo("orders");
        assertThat(api.get(ALL + "?kind=no_sucess").statusCode()).isEqualTo(400);
    }
}
