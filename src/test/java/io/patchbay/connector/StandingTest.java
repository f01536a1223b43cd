package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What calls of an instance say of whether its system is down. */
class StandingTest {

    private final List<String> told = new ArrayList<>();

    private final Standing standing = new Standing("shop", Clock.systemUTC(), new Redactor(), new Pausing() {
        @Override
        public @Nullable String why(String instance) {
            return null;
        }

        @Override
        public void unreachable(String instance, int inARow, String sentence) {
            told.add(inARow + " " + sentence);
        }

        @Override
        public void answered(String instance) {
            told.add("answered");
        }
    });

    private void fails(String code) {
        standing.failed(new StepException(Owner.REMOTE, code, "no"));
    }

    @Test
    void callsWithoutAnAnswerAreCountedUntilOneIsAnswered() {
        fails("CONNECT_FAILED");
        fails("HTTP_503");
        standing.answered();
        fails("CONNECT_TIMEOUT");
        fails("HTTP_422");
        standing.answered();

        assertThat(told).containsExactly("1 no", "2 no", "answered", "1 no", "answered");
    }

    @Test
    void aCallThatWasNeverMadeIsNoAnswer() {
        fails("CONNECT_FAILED");
        List.of("RATE_LIMITED", "LIMITED", "NO_SECRET", "NOT_CONNECTED", "CIRCUIT_OPEN", "PAUSED")
                .forEach(this::fails);
        fails("CONNECT_FAILED");

        assertThat(told).containsExactly("1 no", "2 no");
    }
}
