package io.patchbay.shape.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.camel.World;
import io.patchbay.payload.StepException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A shop that cannot be asked, or whose answer is none, is no shop that found nothing. */
class EnrichFailuresTest extends Enriching {

    @Test
    void aRequestThatStaysFailedFailsThePayloadOrTheRecordOrNothing() throws Exception {
        String in = "[{\"by\":\"a\"},{\"by\":\"bad\"},{\"by\":\"b\"},{\"by\":\"bad\"}]";

        assertThat(enrich(CUSTOMER.formatted(""), in))
                .isEqualTo("[{\"by\":\"a\",\"customer\":{\"id\":\"a\"}},{\"by\":\"b\",\"customer\":{\"id\":\"b\"}}]");
        assertThat(failed()).containsExactly("1 HTTP_400", "3 HTTP_400");
        assertThat(asked).containsExactly("a", "bad", "b");
        assertThat(enrich(CUSTOMER.formatted(", onFailure: keep"), in)).contains("{\"by\":\"bad\",\"customer\":null}");
        assertThat(attempt.log()).anyMatch(line -> line.contains("2 records go on without an answer"));
        assertThatThrownBy(() -> enrich(CUSTOMER.formatted(", onFailure: payload"), in))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("400");
    }

    @Test
    void anOutageIsTriedAgainOnceAndNotForEachQuestion() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        world.serve("/api/search", exchange -> {
            calls.incrementAndGet();
            World.json(exchange, query(exchange).equals("name=up") ? 200 : 503, "[{\"id\":1}]");
        });
        String yaml = "{instance: shop, endpoint: customers.search, with: {name: '${record.name}'}, into: hit}";

        assertThat(enrich(yaml, "[{\"name\":\"up\"},{\"name\":\"x\"},{\"name\":\"y\"},{\"name\":\"z\"}]"))
                .isEqualTo("[{\"name\":\"up\",\"hit\":{\"id\":1}}]");
        assertThat(calls).hasValue(4);
        assertThat(failed()).containsExactly("1 HTTP_503", "2 HTTP_503", "3 HTTP_503");
        assertThatThrownBy(() -> enrich(yaml, "[{\"name\":\"x\"},{\"name\":\"y\"}]"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("503");
        assertThat(failed()).hasSize(3);
    }

    @Test
    void anAnswerWithoutTheKeyIsAFailureAndNoMiss() {
        assertThatThrownBy(() -> enrich(
                        ITEM.formatted(", onFailure: payload").replace("answer: code", "answer: sku"),
                        "[{\"sku\":\"p\"}]"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("has 'sku' (match.answer)");
    }

    @Test
    void aPauseOfTheInstanceIsNoAnswerAndNoFailure() {
        world.pause("an operator looks at it");

        assertThatThrownBy(() -> enrich(CUSTOMER.formatted(", onFailure: keep"), "[{\"by\":\"a\"},{\"by\":\"b\"}]"))
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.isPaused()).isTrue());
        assertThat(asked).isEmpty();
        assertThat(attempt.failed()).isEmpty();
    }

    @Test
    void aStatusThatARuleSpeaksOfIsNoMiss() throws Exception {
        world.rewrite(
                "errorHandler: {",
                "errorHandler: {rules: [{match: {status: [404]}, action: fail, message: Wrong shop}], ");

        assertThatThrownBy(() -> enrich(CUSTOMER.formatted(""), "{\"by\":\"x\"}"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("Wrong shop");
    }

    @Test
    void aRunThatIsToldToStopKeepsThePayload() throws Exception {
        world.serve("/api/search", exchange -> {
            attempt.stopRun();
            World.json(exchange, 200, "[]");
        });
        String yaml = "{instance: shop, endpoint: customers.search, with: {name: '${record.n}'}, into: hit}";

        assertThatThrownBy(() -> enrich(yaml, "[{\"n\":1},{\"n\":2}]"))
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.isHeld()).isTrue());
    }
}
