package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.trial.dry.DryRunRefusedException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Dry runs as a caller sees them. */
@OverHttp
class DryRunsHttpTest {

    private static final String PATH = "/api/v1/flows/{id}/dry-run";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void answersWithWhatWouldBeSent() throws Exception {
        HttpResponse<String> answer =
                api.post("/api/v1/flows/orders-to-erp/dry-run?var.currency=EUR&trigger=manual", "{\"n\":1}");

        JsonNode report = api.ok(answer, PATH, "post");
        assertThat(report.get("status").asText()).isEqualTo("succeeded");
        assertThat(report.at("/writes/0/kind").asText()).isEqualTo("request");
        assertThat(report.at("/writes/0/body/id").asInt()).isEqualTo(1);
        assertThat(report.at("/counts/push").asInt()).isEqualTo(3);
        assertThat(report.get("more").asBoolean()).isTrue();
        assertThat(report.get("answer").isNull()).isTrue();
        assertThat(api.dryRuns.asked).containsExactly(Map.of("var.currency", "EUR"));
        assertThat(api.dryRuns.triggers).containsExactly("manual");
        assertThat(api.bodies.discarded).hasSize(1);
        assertThat(api.flows.asked).isEmpty();
    }

    @Test
    void refusesWhatCannotBegin() throws Exception {
        problem(api.post("/api/v1/flows/nope/dry-run", ""), 404, "There is no flow 'nope'.");
        problem(api.post("/api/v1/flows/wrong/dry-run", ""), 409, "was ever right");
        problem(api.post("/api/v1/flows/orders-to-erp/dry-run?var.curency=EUR", ""), 400, "no variable 'curency'");

        api.dryRuns.refusal = new DryRunRefusedException("flow 'orders-to-erp' cannot be dry-run: why", false);
        problem(
                api.post("/api/v1/flows/orders-to-erp/dry-run", ""),
                409,
                "Flow 'orders-to-erp' cannot be dry-run: why.");

        api.dryRuns.refusal = new DryRunRefusedException("2 dry runs go on already", true);
        HttpResponse<String> full = api.post("/api/v1/flows/orders-to-erp/dry-run", "");
        problem(full, 429, "2 dry runs go on already.");
        assertThat(full.headers().firstValue("Retry-After")).isPresent();
    }
}
