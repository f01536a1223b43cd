package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.StepException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes to a system that knows no repeated request and cannot be asked what arrived. */
class UnknownOutcomeTest extends Writes {

    private static final String NONE = "idempotency: {type: none}\n";

    @ParameterizedTest
    @ValueSource(strings = {"500", "502", "503", "504", "408"})
    void whatMayHaveArrivedIsNotSentAgain(String status) throws Exception {
        declare("batch: {maxRecords: 1}\n" + NONE);
        serve(body -> body.contains("1") ? status + " {}" : "{}");

        var left = send("[{\"id\":1},{\"id\":2}]");

        assertThat(got).containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(failed()).containsExactly("0 UNKNOWN_OUTCOME");
        assertThat(attempt.failed().get(0).why().getMessage())
                .contains("it may have arrived", "replay it if it is missing", "[HTTP_" + status + "]");
        assertThat(left.recordCount()).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsOneToo() throws Exception {
        declare(NONE);
        world.serve(
                "/api/items",
                exchange -> got.add(new String(exchange.getRequestBody().readAllBytes())));

        StepException why = failure("{\"id\":1}");

        assertThat(why.code()).isEqualTo("UNKNOWN_OUTCOME");
        assertThat(why.retryable()).isFalse();
        assertThat(got).hasSize(1);
    }

    @Test
    void whatSurelyDidNotArriveIsTriedAgain() throws Exception {
        declare("batch: {maxRecords: 1}\n" + NONE);
        serve(body -> got.size() == 1 ? "429 {}" : "{}");

        send("[{\"id\":1},{\"id\":2}]");

        assertThat(got).containsExactly("{\"id\":1}", "{\"id\":1}", "{\"id\":2}");
        assertThat(failed()).isEmpty();
    }

    @Test
    void whatTheSystemRefusedStaysARefusal() throws Exception {
        declare("batch: {maxRecords: 1}\n" + NONE);
        serve(body -> "422 {}");

        send("[{\"id\":1},{\"id\":2}]");

        assertThat(failed()).containsExactly("0 HTTP_422", "1 HTTP_422");
    }

    @Test
    void aListOfNothingIsSentAsItIs() throws Exception {
        declare(NONE);
        serve(body -> "500 {}");

        assertThat(failure("[]").code()).isEqualTo("UNKNOWN_OUTCOME");
        assertThat(got).containsExactly("[]");
    }

    @Test
    void aSystemThatIsBusyDidNotDoIt() throws Exception {
        declare(NONE + "errorHandler: { rules: [ { match: { status: [503] }, action: rateLimited } ] }\n");
        serve(body -> "503 {}");

        StepException why = failure("{\"id\":1}");

        assertThat(why.code()).isEqualTo("RATE_LIMITED");
        assertThat(why.retryable()).isTrue();
    }

    @Test
    void whatARuleSaysToBeARefusalIsOne() throws Exception {
        declare(
                NONE
                        + "errorHandler: { rules: [ { match: { status: [500] }, action: fail, failureType: data, message: No such order. } ] }\n");
        serve(body -> "500 {}");

        StepException why = failure("{\"id\":1}");

        assertThat(why.code()).isEqualTo("HTTP_500");
        assertThat(why.getMessage()).contains("No such order.");
    }

    @Test
    void whatWasOnItsWayWhenTheProgramEndedIsNotSentAgainAndTheRestIs() throws Exception {
        declare("batch: {maxRecords: 1}\n" + NONE);
        serve(body -> "{}");
        attempt.begins(1, 1);
        attempt.takenUpAgain();

        send("[{\"id\":1},{\"id\":2},{\"id\":3}]");

        assertThat(got).containsExactly("{\"id\":1}", "{\"id\":3}");
        assertThat(failed()).containsExactly("1 UNKNOWN_OUTCOME");
        assertThat(attempt.failed().get(0).why()).hasMessageContaining("the program ended while it was sent");
    }

    @Test
    void aSingleRequestThatWasOnItsWayWhenTheProgramEndedIsNotSentAgain() throws Exception {
        declare(NONE);
        serve(body -> "{}");
        send("{\"id\":1}"); // and then, before the run knew
        attempt.takenUpAgain();

        assertThat(failure("{\"id\":1}").code()).isEqualTo("UNKNOWN_OUTCOME");
        assertThat(got).hasSize(1);
    }

    @Test
    void whatWasGivenUpOnItsWayWhenTheProgramWasStoppedIsNotSentAgain() throws Exception {
        declare(NONE);
        serve(body -> {
            attempt.cancel();
            return "{}";
        });
        assertThat(failure("{\"id\":1}").code()).isEqualTo("CANCELLED");
        attempt.takenUpAgain();

        assertThat(failure("{\"id\":1}").code()).isEqualTo("UNKNOWN_OUTCOME");
        assertThat(got).hasSize(1);
    }

    @Test
    void whatTheSystemRefusedBeforeTheProgramEndedIsSent() throws Exception {
        declare(NONE);
        serve(body -> got.size() == 1 ? "429 {}" : "{}");
        assertThat(failure("{\"id\":1}").code()).isEqualTo("RATE_LIMITED");
        attempt.takenUpAgain();

        send("{\"id\":1}");

        assertThat(got).hasSize(2);
    }

    @Test
    void anEmptyRecordIsOneOfThem() throws Exception {
        declare(NONE);
        serve(body -> "500 {}");

        assertThat(failure("{}").code()).isEqualTo("UNKNOWN_OUTCOME");
    }
}
