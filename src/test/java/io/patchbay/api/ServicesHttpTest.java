package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.secret.Redactor;
import io.patchbay.service.Services;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Services as a caller sees them. */
@OverHttp
class ServicesHttpTest {

    private static final String ALL = "/api/v1/services";

    @Autowired
    private Services services;

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
        services.take(List.of(new Services.File("routes/services/orders.service.yaml", """
                service: orders
                note: with hidden-word-2
                entity: orders
                source: { instance: shop }
                reference: number
                mapping: { order: [ { to: nr, from: number } ] }
                destination: { instance: erp }
                """)));
    }

    @AfterEach
    void forget() {
        services.take(List.of());
    }

    @Test
    void showsTheFlowThatOneBecomesWithoutWhatIsSecret(@Autowired Redactor redactor) throws Exception {
        redactor.learn("SHOP_KEY", "hidden-word-2");
        JsonNode flow = api.ok(api.get(ALL + "/orders/flow"), ALL + "/{id}/flow", "get");
        assertThat(flow.get("text").asText()).contains("flow: orders", "note: with ***");
        problem(api.get(ALL + "/order/flow"), 404, "'orders'");
    }
}
