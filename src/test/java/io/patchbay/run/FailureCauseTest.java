package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages of failures have in common. */
class FailureCauseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "the shop answered 422: order 1001 is known | the shop answered 422: order # is known",
                "HTTP 500 from https://shop.example/orders/A-17?x=1 | HTTP 500 from #",
                "order 500 of 500 is wrong | order # of # is wrong",
                "'total' is missing in record 7 | 'total' is missing in record #",
                "\"a@b.example\" bounced at 2026-11-24T12:00:00Z. | \"#\" bounced at #.",
                "0198f1c2-aaaa-7bbb-8ccc-000000000001 is gone | # is gone",
                "answered 5000 times | answered # times"
            })
    void leavesOutWhatDiffersFromPayloadToPayload(String message, String reason) {
        assertThat(FailureCause.reason(message)).isEqualTo(reason);
    }

    @Test
    void takesAnyMessageAndIsBounded() {
        assertThat(FailureCause.reason("")).isEmpty();
        assertThat(FailureCause.reason("a\0b\nc")).isEqualTo("a b c");
        assertThat(FailureCause.reason("word ".repeat(1_000)))
                .hasSizeLessThanOrEqualTo(300)
                .endsWith("…");
        assertThat(FailureCause.reason("x".repeat(1_000))).hasSize(300);
    }
}
