package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailedQueryTest {

    @Test
    void anInstantThatNoDatabaseKnowsIsTheNearestThatItDoes() {
        FailedQuery failed =
                new FailedQuery(null, null, null, null, null, Instant.MIN, Instant.MAX, null, null, Set.of(), false);
        RunQuery runs = new RunQuery(null, null, null, Instant.MIN, Instant.MAX, null, null, null, null, 1);

        assertThat(failed.since()).isEqualTo(runs.since()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(failed.until()).isEqualTo(runs.until()).isEqualTo("9999-12-31T23:59:59Z");
    }
}
