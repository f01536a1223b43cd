package io.patchbay.script;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the host takes from a guest that has got hold of the bridge and sends what it likes. */
class BridgeTest {

    private static final String HUGE = "x".repeat(10_000_000);

    private final Bridge bridge = new Bridge();

    @Test
    void keepsABoundedPartOfWhatIsLogged() {
        for (int i = 0; i < 200; i++) {
            bridge.log(HUGE);
        }

        assertThat(bridge.lines()).hasSize(50).allMatch(line -> line.length() == 1000);
    }

    @Test
    void keepsABoundedNumberOfLines() {
        for (int i = 0; i < 200; i++) {
            bridge.log("");
        }

        assertThat(bridge.lines()).hasSize(100);
    }

    @Test
    void keepsABoundedPartOfAnError() {
        bridge.failed(HUGE, HUGE, HUGE, HUGE);

        Bridge.Outcome.Failed kept = (Bridge.Outcome.Failed) bridge.outcome();
        assertThat(kept).isNotNull();
        assertThat(kept.kind() + kept.name()).hasSize(200);
        assertThat(kept.message()).hasSize(2000);
        assertThat(kept.stack()).hasSize(4000);
    }
}
