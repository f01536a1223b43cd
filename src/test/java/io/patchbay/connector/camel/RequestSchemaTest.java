package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.StepException;
import org.junit.jupiter.api.Test;

/** What does not fit the schema of a request is not sent. */
class RequestSchemaTest extends Writes {

    private static final String ITEM = """
            {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string", "maxLength": 5}, "stock": {"type": "integer"}}}
            """;

    private void schema(String schema) throws Exception {
        world.write("connectors/shop/item.schema.json", schema);
        serve(body -> "{}");
    }

    @Test
    void recordsThatDoNotFitFailAndTheOthersOfTheirBatchAreSent() throws Exception {
        schema(ITEM);
        declare("batch: {maxRecords: 10}\nrequest: {schema: ./item.schema.json}");

        var left = send("[{\"sku\":\"a\"},{\"sku\":\"b\",\"stock\":\"many\"},{\"stock\":1},{\"sku\":\"d\"}]");

        assertThat(got).containsExactly("[{\"sku\":\"a\"},{\"sku\":\"d\"}]");
        assertThat(left.recordCount()).isEqualTo(2);
        assertThat(failed()).containsExactly("1 NOT_IN_SCHEMA", "2 NOT_IN_SCHEMA");
        assertThat(attempt.failed().get(0).why())
                .hasMessage("not sent to 'items.create', because it is not as ./item.schema.json says: "
                        + "$.stock: string found, integer expected; it is \"many\"");
    }

    @Test
    void nothingIsSentWhenNoRecordOfTheBatchFits() throws Exception {
        schema(ITEM);
        declare("batch: {maxRecords: 10}\nrequest: {schema: ./item.schema.json}");

        assertThat(failure("[{\"stock\":1},{\"stock\":2}]").code()).isEqualTo("NOT_IN_SCHEMA");

        assertThat(got).isEmpty();
    }

    @Test
    void aBatchOfSeveralRequestsLosesOnlyTheRequestWithoutARecordThatFits() throws Exception {
        schema(ITEM);
        declare("batch: {maxRecords: 1}\nrequest: {schema: ./item.schema.json}");

        assertThat(send("[{\"sku\":\"a\"},{},{\"sku\":\"c\"}]").recordCount()).isEqualTo(2);

        assertThat(got).containsExactly("{\"sku\":\"a\"}", "{\"sku\":\"c\"}");
        assertThat(failed()).containsExactly("1 NOT_IN_SCHEMA");
    }

    @Test
    void aBodyThatIsMadeByATemplateIsLookedAtAsItGoesOut() throws Exception {
        schema("{\"properties\": {\"input\": {\"properties\": {\"count\": {\"maximum\": 5}}}}}");
        declare(
                "request: {body: {type: json, template: {input: {count: '${payload.n}'}}}, schema: ./item.schema.json}");

        send("{\"n\":5}");
        StepException why = failure("{\"n\":6}");

        assertThat(got).containsExactly("{\"input\":{\"count\":5}}");
        assertThat(why.retryable()).isFalse();
        assertThat(why).hasMessageContaining("$.input.count").hasMessageContaining("5");
    }

    @Test
    void theIdempotencyKeyIsPartOfTheBodyThatIsLookedAt() throws Exception {
        schema("{\"required\": [\"key\"]}");
        declare("request: {schema: ./item.schema.json}\nidempotency: {type: body, name: key, from: 'k-${payload.n}'}");

        send("{\"n\":5}");

        assertThat(got).containsExactly("{\"n\":5,\"key\":\"k-5\"}");
    }

    @Test
    void secretsAndLongValuesOfWhatWasNotSentStandInNoSentence() throws Exception {
        schema(ITEM);
        declare("request: {schema: ./item.schema.json}");
        world.redactor().learn("TEST", "s3cret-value-of-it");

        assertThat(failure("{\"sku\":\"s3cret-value-of-it\"}").getMessage())
                .contains("$.sku")
                .contains("***")
                .doesNotContain("s3cret-value-of-it");
        assertThat(failure("{\"sku\":\"" + "x".repeat(9_000) + "\"}").getMessage())
                .hasSizeLessThan(400);
    }

    @Test
    void noPieceOfASecretStandsInTheSentence() throws Exception {
        String key = "k".repeat(30) + "e".repeat(40);
        schema("{\"properties\": {\"note\": {\"maxLength\": 5}}}");
        world.redactor().learn("key", key);
        declare("request: {schema: ./item.schema.json}");

        StepException why = failure("{\"note\":\"" + key + "\"}");

        assertThat(why.code()).isEqualTo("NOT_IN_SCHEMA");
        assertThat(why).hasMessageNotContaining("kkk");
    }
}
