package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.store.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final Actor CI = actor(Actor.Kind.KEY, "ci");

    private final SettableClock clock = new SettableClock();
    private final Rates rates = new Rates(new RateProperties(60, 10), clock);

    @Test
    void theCallsOfAMinuteMayComeAtOnceAndComeBackEvenly() {
        take(CI, 60);
        assertThat(rates.refused(CI)).isEqualTo(Duration.ofSeconds(1));

        clock.forward(Duration.ofMillis(1_500));
        assertThat(rates.refused(CI)).isNull();
        assertThat(rates.refused(CI)).isEqualTo(Duration.ofMillis(500));

        clock.forward(Duration.ofHours(1));
        take(CI, 60);
        assertThat(rates.refused(CI)).isNotNull();
    }

    @Test
    void nobodyUsesUpWhatSomebodyElseHas() {
        take(CI, 60);
        for (int i = 0; i < 10; i++) {
            assertThat(rates.refused("10.0.0.1")).isNull();
        }

        assertThat(rates.refused(CI)).isNotNull();
        assertThat(rates.refused("10.0.0.1")).isEqualTo(Duration.ofSeconds(6));
        assertThat(rates.refused(actor(Actor.Kind.USER, "ci"))).isNull();
        assertThat(rates.refused(actor(Actor.Kind.KEY, "other"))).isNull();
        assertThat(rates.refused("10.0.0.2")).isNull();
    }

    @Test
    void loginsAtAProviderAreCountedApartFromWrongKeysOfTheSameAddress() {
        for (int i = 0; i < 10; i++) {
            assertThat(rates.refused("10.0.0.1")).isNull();
            assertThat(rates.refusedLogin("10.0.0.1")).isNull();
        }

        assertThat(rates.refusedLogin("10.0.0.1")).isEqualTo(Duration.ofSeconds(6));
        assertThat(rates.refusedLogin("10.0.0.2")).isNull();
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        for (int i = 0; i < 10; i++) {
            assertThat(rates.refused("2001:db8::" + i)).isNull();
        }

        assertThat(rates.refused("2001:db8::ffff")).isNotNull();
        assertThat(rates.refused("2001:db9::1")).isNull();
    }

    @Test
    void manyAddressesDoNotFillTheMemory() {
        for (int i = 0; i < 3 * Rates.MOST_COUNTED; i++) {
            rates.refused("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
        }

        assertThat(rates.counted()).isLessThanOrEqualTo(Rates.MOST_COUNTED);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new RateProperties(59, 300))
                .hasMessage("patchbay.rate.calls must be 60 to 1000000, got 59");
        assertThatThrownBy(() -> new RateProperties(6000, 9))
                .hasMessage("patchbay.rate.strangers must be 10 to 1000000, got 9");
    }

    private void take(Actor actor, int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(rates.refused(actor)).as("call %s", i).isNull();
        }
    }

    private static Actor actor(Actor.Kind kind, String name) {
        return new Actor(kind, name, Role.READ_ONLY, List.of());
    }
}
