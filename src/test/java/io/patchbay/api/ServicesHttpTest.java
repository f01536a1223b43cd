package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.secret.Redactor;
import io.patchbay.service.Services;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.IntStream;
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
        services.take(List.of(
                new Services.File("routes/services/orders.service.yaml", """
                service: orders
                note: with hidden-word-2
                entity: orders
                source: { instance: shop }
                reference: number
                mapping: { order: [ { to: nr, from: number } ] }
                destination: { instance: erp }
                """),
                new Services.File("routes/services/orders-to-erp.service.yaml", """
                service: orders-to-erp
                status: draft
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
    void showsAServiceInAnEnvironmentWithItsNames() throws Exception {
        JsonNode base = api.ok(api.get(ALL + "/orders-to-erp"), ALL + "/{id}", "get");
        assertThat(base.get("environments")).extracting(JsonNode::asText).containsExactly("live", "uk");
        assertThat(base.get("environment").isNull()).isTrue();

        JsonNode uk = api.ok(api.get(ALL + "/orders-to-erp@uk"), ALL + "/{id}", "get");

        assertThat(uk.get("id").asText()).isEqualTo("orders-to-erp@uk");
        assertThat(uk.get("environment").asText()).isEqualTo("uk");
        assertThat(uk.get("source").asText()).as("what stands for it there").isEqualTo("shop-uk");
        assertThat(uk.get("destination").asText()).isEqualTo("erp");
        assertThat(uk.get("status").asText()).isEqualTo("active");
        assertThat(api.get(ALL + "/orders-to-erp@uk/flow").body())
                .contains("flow: orders-to-erp@uk", "instance: shop-uk");
        assertThat(api.get(ALL + "/orders-to-erp@uk/report").statusCode()).isEqualTo(200);
        problem(api.get(ALL + "/orders-to-erp@ku/report"), 404, "Did you mean 'orders-to-erp@uk'?");
        problem(api.get(ALL + "/orders@uk/report"), 404, "There is no service 'orders@uk'.");
        problem(api.post(ALL + "/orders-to-erp@uk/clone?name=other", ""), 404, "'orders-to-erp@uk'");
    }

    @Test
    void showsTheFlowThatOneBecomesWithoutWhatIsSecret(@Autowired Redactor redactor) throws Exception {
        redactor.learn("SHOP_KEY", "hidden-word-2");
        JsonNode flow = api.ok(api.get(ALL + "/orders/flow"), ALL + "/{id}/flow", "get");
        assertThat(flow.get("text").asText()).contains("flow: orders", "note: with ***");
        problem(api.get(ALL + "/order/flow"), 404, "'orders'");
    }

    @Test
    void eachReferenceThatIsSentAgainHasAnAnswerAlsoWhereNoItemHasIt() throws Exception {
        JsonNode again =
                api.fits(api.post(ALL + "/orders/resync?reference=1,5&reference=2", ""), ALL + "/{id}/resync", "post");

        assertThat(again.get("data"))
                .extracting(one -> one.get("reference").asText())
                .containsExactly("1,5", "2");
        assertThat(again.get("data"))
                .extracting(one -> one.get("refused").asText())
                .containsOnly("no such item is known");
        assertThat(again.get("next").isNull()).isTrue();
        String many = IntStream.range(0, 101)
                .mapToObj(number -> "reference=" + number)
                .collect(joining("&"));
        problem(api.post(ALL + "/orders/resync?" + many, ""), 400, "100 references at most, found 101");
    }

    @Test
    void aCallWithoutTheBodyThatItNeedsIsToldSo() throws Exception {
        HttpRequest.Builder empty = api.request(ALL + "/preview").header("Content-Type", "application/json");
        problem(api.send(empty.POST(BodyPublishers.noBody())), 400, "This call needs a body, and there is none.");
    }
}
