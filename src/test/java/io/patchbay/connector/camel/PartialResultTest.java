package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.StepException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers that say which records of a request failed. */
class PartialResultTest extends Writes {

    private static final String THREE = "[{\"id\":1,\"a\":1},{\"id\":2,\"a\":2},{\"id\":3,\"a\":3}]";

    @Test
    void failsTheRecordThatTheAnswerNamesByPosition() throws Exception {
        declare("""
                batch: {maxRecords: 10}
                partialResult: {errors: '$.data.*.userErrors[*]', index: 'field[2]'}
                """);
        serve(body -> "{\"data\":{\"set\":{\"userErrors\":[{\"field\":[\"input\",\"quantities\",\"1\",\"sku\"],"
                + "\"message\":\"no such sku\"}]}}}");

        var left = send(THREE);

        assertThat(left.tree()).hasToString("[{\"id\":1,\"a\":1},{\"id\":3,\"a\":3}]");
        assertThat(failed()).containsExactly("1 RECORD_REFUSED");
        assertThat(attempt.failed().get(0).why()).hasMessage("the system refused this record: no such sku");
        assertThat(got).hasSize(1);
    }

    @Test
    void failsTheRecordThatTheAnswerNamesByAKeyOfAnotherType() throws Exception {
        declare("""
                batch: {maxRecords: 10}
                partialResult: {errors: '$.failed[*]', key: ref, recordKey: id, message: why.text}
                """);
        serve(body -> "{\"failed\":[{\"ref\":\"3\",\"why\":{\"text\":\"locked\"}}]}");

        assertThat(send(THREE).recordCount()).isEqualTo(2);
        assertThat(failed()).containsExactly("2 RECORD_REFUSED");
        assertThat(attempt.failed().get(0).why()).hasMessageContaining("locked");
    }

    @Test
    void failsTheRecordWhoseStatusInAListOfStatusesIsBad() throws Exception {
        declare("""
                batch: {maxRecords: 10}
                partialResult: {errors: '$[*]', when: {field: status, as: number, atLeast: 400}, message: body.detail}
                """);
        serve(body -> "207 [{\"status\":201},{\"status\":409,\"body\":{\"detail\":\"is there\"}},{\"status\":201}]");

        assertThat(send(THREE).recordCount()).isEqualTo(2);
        assertThat(failed()).containsExactly("1 RECORD_REFUSED");
    }

    @Test
    void keepsAllRecordsAsFailedWhenTheAnswerNamesNoneThatWasSent() throws Exception {
        declare("""
                batch: {maxRecords: 2}
                partialResult: {errors: '$.failed[*]', key: id}
                """);
        serve(body -> body.contains(":3") ? "{}" : "{\"failed\":[{\"id\":77,\"message\":\"what?\"}]}");

        assertThat(send(THREE).tree()).hasToString("[{\"id\":3,\"a\":3}]");
        assertThat(failed()).containsExactly("0 UNCLEAR_RESULT", "1 UNCLEAR_RESULT");
    }

    @Test
    void keepsAllRecordsAsFailedWhenAListOfStatusesIsTooShort() throws Exception {
        declare("""
                batch: {maxRecords: 10}
                partialResult: {errors: '$[*]', when: {field: ok, is: false}}
                """);
        serve(body -> "[{\"ok\":true},{\"ok\":true}]");

        StepException why = failure(THREE);

        assertThat(why.code()).isEqualTo("UNCLEAR_RESULT");
        assertThat(why.getMessage()).contains("something of 2 records, and 3 were sent");
        assertThat(why.retryable()).isFalse();
    }

    @Test
    void failsAWholePayloadOfOneRecordWithTheMessage() throws Exception {
        declare("partialResult: {errors: '$.userErrors[*]'}");
        serve(body -> "{\"userErrors\":[{\"message\":\"title is empty\"}]}");

        assertThat(failure("{\"a\":1}")).hasMessage("the system refused this record: title is empty");
        assertThat(attempt.failed()).isEmpty();
    }

    @Test
    void sendsTheOthersAgainWhereTheSystemRefusesTheWholeRequest() throws Exception {
        declare("""
                batch: {maxRecords: 10}
                partialResult: {errors: '$.errors[*]', index: at, rest: again}
                """);
        serve(body -> {
            int bad = body.contains(":2}") ? (body.contains(":1}") ? 1 : 0) : -1;
            return bad < 0 ? "{}" : "{\"errors\":[{\"at\":" + bad + ",\"message\":\"no\"}]}";
        });

        var left = send("[{\"a\":1},{\"a\":2},{\"a\":3}]");

        assertThat(got).containsExactly("[{\"a\":1},{\"a\":2},{\"a\":3}]", "[{\"a\":1},{\"a\":3}]");
        assertThat(left.tree()).hasToString("[{\"a\":1},{\"a\":3}]");
        assertThat(failed()).containsExactly("1 RECORD_REFUSED");
    }

    @Test
    void marksWhatTheAnswerSaidSoThatALaterLifeOfTheRunFailsTheSameRecord() throws Exception {
        declare("""
                batch: {maxRecords: 10}
                partialResult: {errors: '$.failed[*]', key: id}
                """);
        serve(body -> "{\"failed\":[{\"id\":2}]}");
        send(THREE);
        var answer = attempt.made().get("0+3").answer();
        attempt.failed().clear();
        got.clear();
        attempt.madeBefore(0, 3, answer);

        var left = send(THREE);

        assertThat(got).isEmpty();
        assertThat(left.recordCount()).isEqualTo(2);
        assertThat(failed()).containsExactly("1 RECORD_REFUSED");
    }

    @Test
    void secretsOfTheAnswerAreNotKeptWithTheRecord() throws Exception {
        declare("""
                batch: {maxRecords: 10}
                partialResult: {errors: '$.failed[*]', key: id}
                """);
        world.redactor().learn("TEST", "s3cret-value-of-it");
        serve(body -> "{\"failed\":[{\"id\":2,\"message\":\"bad token s3cret-value-of-it\"}]}");

        send(THREE);

        assertThat(attempt.failed().get(0).why().getMessage()).doesNotContain("s3cret-value-of-it");
    }

    @Test
    void bearsAnAnswerAboutThousandsOfRecords() throws Exception {
        declare("""
                batch: {maxRecords: 5000}
                partialResult: {errors: '$.failed[*]', index: at}
                """);
        serve(body -> "{\"failed\":[" + "{\"at\":4999,\"message\":\"x\"},".repeat(999) + "{\"at\":0}]}");

        var left = send("[" + "{},".repeat(4999) + "{}]");

        assertThat(left.recordCount()).isEqualTo(4998);
        assertThat(IntStream.range(0, 2).mapToObj(i -> failed().get(i)))
                .containsExactly("0 RECORD_REFUSED", "4999 RECORD_REFUSED");
    }
}
