package io.patchbay.shape.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.Use;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Plan;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records get what a shop answers for them: with few requests, in their order, and whatever is found. */
class EnrichShapeTest extends Enriching {

    @Test
    void asksOnceForWhatSeveralRecordsAskAlikeAndKeepsTheirOrder() throws Exception {
        String out = enrich(CUSTOMER.formatted(""), "[{\"by\":\"b\"},{\"by\":\"a\",\"n\":2},{\"by\":\"b\",\"n\":3}]");

        assertThat(out)
                .isEqualTo(
                        "[{\"by\":\"b\",\"customer\":{\"id\":\"b\"}},{\"by\":\"a\",\"n\":2,\"customer\":{\"id\":\"a\"}},"
                                + "{\"by\":\"b\",\"n\":3,\"customer\":{\"id\":\"b\"}}]");
        assertThat(asked).containsExactly("b", "a");
    }

    @Test
    void putsTheAnswerOfASingleRecordBelowANestedName() throws Exception {
        String yaml = CUSTOMER.formatted("").replace("into: customer", "into: erp.of.customer");

        assertThat(enrich(yaml, "{\"by\":\"a\",\"erp\":{\"x\":1}}"))
                .isEqualTo("{\"by\":\"a\",\"erp\":{\"x\":1,\"of\":{\"customer\":{\"id\":\"a\"}}}}");
        assertThat(enrich(yaml, "[{\"by\":\"a\",\"erp\":7},{\"by\":\"c\"}]"))
                .isEqualTo("[{\"by\":\"c\",\"erp\":{\"of\":{\"customer\":{\"id\":\"c\"}}}}]");
        assertThat(failed()).containsExactly("0 NOT_AN_OBJECT");
    }

    @Test
    void aRecordForWhichNothingIsFoundGoesOnIsDroppedOrFails() throws Exception {
        String in = "[{\"by\":\"x\"},{\"by\":\"a\"}]";

        assertThat(enrich(CUSTOMER.formatted(""), in)).startsWith("[{\"by\":\"x\",\"customer\":null},");
        assertThat(enrich(CUSTOMER.formatted(", onMany: all"), in))
                .isEqualTo("[{\"by\":\"x\",\"customer\":[]},{\"by\":\"a\",\"customer\":[{\"id\":\"a\"}]}]");
        assertThat(enrich(CUSTOMER.formatted(", onNone: drop"), in))
                .isEqualTo("[{\"by\":\"a\",\"customer\":{\"id\":\"a\"}}]");
        assertThat(attempt.failed()).isEmpty();
        assertThat(enrich(CUSTOMER.formatted(", onNone: fail"), in))
                .isEqualTo("[{\"by\":\"a\",\"customer\":{\"id\":\"a\"}}]");
        assertThat(failed()).containsExactly("0 NO_MATCH");
        assertThat(attempt.failed().get(0).why()).hasMessageContaining("record 1: nothing was found");
    }

    @Test
    void aPayloadThatIsOneRecordFailsAsAWhole() {
        assertThatThrownBy(() -> enrich(CUSTOMER.formatted(", onNone: fail"), "{\"by\":\"x\"}"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("nothing was found for the record");
    }

    @Test
    void nothingGoesOnWhereNoRecordIsLeft() throws Exception {
        Plan.Endpoint plan = plan(CUSTOMER.formatted(", onNone: drop"));

        assertThat(world.call(plan.uri(), World.payload("[{\"by\":\"x\"}]"), attempt, (Use)
                                plan.properties().get(Use.PROPERTY))
                        .getMessage()
                        .getBody())
                .isNull();
        assertThat(enrich(plan, "[]")).isEqualTo("[]");
    }

    @Test
    void severalFoundAreTheFirstAllOrAFailure() throws Exception {
        world.serve("/api/search", exchange -> World.json(exchange, 200, "[{\"id\":1},{\"id\":2}]"));
        String yaml = "{instance: shop, endpoint: customers.search, with: {name: '${record.name}'}, into: hit%s}";
        String in = "[{\"name\":\"x\"}]";

        assertThat(enrich(yaml.formatted(""), in)).isEqualTo("[{\"name\":\"x\",\"hit\":{\"id\":1}}]");
        assertThat(attempt.log()).anyMatch(line -> line.contains("1 were passed over"));
        assertThat(enrich(yaml.formatted(", onMany: all"), in))
                .isEqualTo("[{\"name\":\"x\",\"hit\":[{\"id\":1},{\"id\":2}]}]");
        assertThatThrownBy(() -> enrich(yaml.formatted(", onMany: fail"), "{\"name\":\"x\"}"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("several were found");
    }

    @Test
    void aListInputIsAskedForManyAtOnceAndItsAnswersArePutBackByKey() throws Exception {
        String in = "[{\"sku\":\"p\"},{\"sku\":\"none\"},{\"sku\":7},{\"sku\":\"p\"},{\"no\":1}]";

        assertThat(enrich(ITEM.formatted(""), in))
                .isEqualTo(
                        "[{\"sku\":\"p\",\"item\":{\"code\":\"p\"}},{\"sku\":\"none\",\"item\":null},"
                                + "{\"sku\":7,\"item\":{\"code\":\"7\"}},{\"sku\":\"p\",\"item\":{\"code\":\"p\"}},{\"no\":1,\"item\":null}]");
        assertThat(asked).containsExactly("p,none,7");
        asked.clear();
        enrich(ITEM.formatted(", batch: 2"), in);
        assertThat(asked).containsExactly("p,none", "7");
        asked.clear();
        enrich(ITEM.formatted(", batch: 1"), in);
        assertThat(asked).containsExactly("p", "none", "7");
    }

    @Test
    void aRecordWithAListOfKeysGetsTheMatchesOfAll() throws Exception {
        String yaml = ITEM.formatted(", onMany: all")
                .replace("record.sku", "record.lines[*].sku")
                .replace("record: sku", "record: 'lines[*].sku'");

        assertThat(enrich(yaml, "[{\"lines\":[{\"sku\":\"p\"},{\"sku\":\"q\"},{\"sku\":\"p\"}]},{\"lines\":[]}]"))
                .endsWith("\"item\":[{\"code\":\"p\"},{\"code\":\"q\"}]},{\"lines\":[],\"item\":[]}]");
        assertThat(asked).containsExactly("p,q");
    }

    @Test
    void aWholeListIsReadThroughOnceForAPayload() throws Exception {
        houses();
        String yaml = "{instance: shop, endpoint: houses.list, match: {record: land, answer: code}, into: house%s}";
        String in = "[{\"land\":\"UK\"},{\"land\":\"FR\"},{\"land\":\"DE\"},{\"land\":\"UK\"}]";

        assertThat(enrich(yaml.formatted(", onMany: all"), in))
                .startsWith("[{\"land\":\"UK\",\"house\":[{\"code\":\"UK\",\"n\":1},{\"code\":\"UK\",\"n\":3}]},"
                        + "{\"land\":\"FR\",\"house\":[]}");
        assertThat(asked).containsExactly("1", "2", "3");
        assertThatThrownBy(() -> enrich(yaml.formatted(", most: 2, onFailure: payload"), in))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("more than 2 records were answered (most)");
    }

    @Test
    void severalRequestsGoAtTheSameTimeAndTheOrderIsKept() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        world.serve("/api/search", exchange -> {
            try {
                both.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            World.json(exchange, 200, "[{\"q\":\"" + query(exchange) + "\"}]");
        });
        String yaml =
                "{instance: shop, endpoint: customers.search, with: {name: '${record.n}'}, into: hit, concurrency: 2}";

        assertThat(enrich(yaml, "[{\"n\":1},{\"n\":2},{\"n\":3},{\"n\":4}]"))
                .isEqualTo(IntStream.rangeClosed(1, 4)
                        .mapToObj(n -> "{\"n\":%d,\"hit\":{\"q\":\"name=%d\"}}".formatted(n, n))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void tenThousandRecordsWithAHundredKeysMakeAHundredRequestsOrTwo() throws Exception {
        String in = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"sku\":\"s" + i % 100 + "\"}")
                .collect(Collectors.joining(",", "[", "]"));

        Payload one = payload(plan(ITEM.formatted(", batch: 1")), in);
        assertThat(asked).hasSize(100);
        asked.clear();
        Payload many = payload(plan(ITEM.formatted("")), in);

        assertThat(asked).hasSize(2);
        assertThat(many.tree()).isEqualTo(one.tree()).hasSize(10_000);
        assertThat(many.tree().at("/9999/item/code").asText()).isEqualTo("s99");
        assertThat(many.body()).isInstanceOf(Body.Tree.class);
    }
}
