package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets a place, and how many there are. */
class SlotsTest {

    private final List<String> went = new ArrayList<>();

    private Slots slots(int all, int waiting) {
        return new Slots(all, waiting, Runnable::run);
    }

    private Runnable goes(String who) {
        return () -> went.add(who);
    }

    @Test
    void aRunThatWaitsGivesItsPlaceToOneThatBegins() {
        Slots slots = slots(1, 1);
        assertThat(slots.takeAll()).isEqualTo(1);
        assertThat(slots.takeAll()).isZero();

        assertThat(slots.leave()).isTrue();

        assertThat(slots.takeAll()).isEqualTo(1);
    }

    @Test
    void whoComesBackWaitsForAPlaceAndGetsItBeforeRunsThatBegin() throws Exception {
        Slots slots = slots(1, 2);
        slots.takeAll();
        slots.leave();
        slots.takeAll();
        slots.leave();
        slots.takeAll();

        slots.back(goes("first"));
        slots.back(goes("second"));
        assertThat(went).as("no place is free").isEmpty();
        slots.release(1);
        assertThat(went).as("one after the other").containsExactly("first");
        assertThat(slots.takeAll()).as("nothing for runs that begin").isZero();
        slots.release(1);
        assertThat(went).containsExactly("first", "second");
        assertThat(slots.awaitAll(0)).isFalse();
        slots.release(1);

        assertThat(slots.awaitAll(0)).isTrue();
        assertThat(slots.takeAll()).as("no place was lost or made").isEqualTo(1);
    }

    @Test
    void noMoreWaitThanMayAndTheOthersKeepTheirPlaces() {
        Slots slots = slots(2, 1);
        slots.takeAll();

        assertThat(slots.leave()).isTrue();
        assertThat(slots.leave()).isFalse();
        slots.back(goes("first"));
        assertThat(slots.leave()).as("the first is back").isTrue();

        assertThat(slots.takeAll()).isEqualTo(1);
    }
}
