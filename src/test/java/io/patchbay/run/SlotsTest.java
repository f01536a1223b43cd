package io.patchbay.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who gets a place, and how many there are. */
class SlotsTest {

    private final List<String> went = new ArrayList<>();

    private Slots slots(int all, int waiting) {
        return new Slots(all, waiting, Runnable::run, () -> {});
    }

    /** The place of a run that begins, when there is one. */
    private static Slots.Place begin(Slots slots) {
        int taken = slots.takeAll();
        assertThat(taken).isPositive();
        slots.release(taken - 1);
        return slots.place();
    }

    private Runnable goes(String who) {
        return () -> went.add(who);
    }

    @Test
    void aRunThatWaitsGivesItsPlaceToOneThatBegins() {
        Slots slots = slots(1, 1);
        Slots.Place first = begin(slots);
        assertThat(slots.takeAll()).isZero();

        assertThat(first.leave()).isTrue();

        assertThat(slots.takeAll()).isEqualTo(1);
    }

    @Test
    void whoComesBackWaitsForAPlaceAndGetsItBeforeRunsThatBegin() throws Exception {
        Slots slots = slots(1, 2);
        Slots.Place first = begin(slots);
        first.leave();
        Slots.Place second = begin(slots);
        second.leave();
        Slots.Place third = begin(slots);

        first.back(goes("first"));
        second.back(goes("second"));
        assertThat(went).as("no place is free").isEmpty();
        third.end();
        assertThat(went).as("one after the other").containsExactly("first");
        assertThat(slots.takeAll()).as("nothing for runs that begin").isZero();
        first.end();
        assertThat(went).containsExactly("first", "second");
        assertThat(slots.awaitAll(0)).isFalse();
        second.end();

        assertThat(slots.awaitAll(0)).isTrue();
        assertThat(slots.takeAll()).as("no place was lost or made").isEqualTo(1);
    }

    @Test
    void noMoreWaitThanMayAndTheOthersKeepTheirPlaces() {
        Slots slots = slots(2, 1);
        Slots.Place first = begin(slots);
        Slots.Place second = begin(slots);

        assertThat(first.leave()).isTrue();
        assertThat(second.leave()).isFalse();
        first.back(goes("first"));
        assertThat(second.leave()).as("the first is back").isTrue();

        assertThat(slots.takeAll()).isEqualTo(1);
    }

    @Test
    void whoWaitsForARunThatItCalledGivesItsPlaceHoweverManyWait() throws Exception {
        Slots slots = slots(1, 0);
        Slots.Place caller = begin(slots);
        assertThat(caller.leave()).as("no wait gives a place away").isFalse();

        assertThat(caller.lend()).isTrue();
        Slots.Place called = begin(slots);
        assertThat(called.lend()).as("it calls, too").isTrue();
        Slots.Place last = begin(slots);
        called.back(goes("called"));
        caller.back(goes("caller"));
        last.end();
        called.end();
        assertThat(went).containsExactly("called", "caller");
        assertThat(slots.awaitAll(0)).isFalse();
        caller.end();

        assertThat(slots.awaitAll(0)).isTrue();
        assertThat(slots.takeAll()).as("no place was lost or made").isEqualTo(1);
    }

    @Test
    void aRunInLineForItsPlaceGoesOnAtOnceWhenItIsCutShort() {
        Slots slots = slots(1, 1);
        Slots.Place first = begin(slots);
        first.leave();
        begin(slots);
        first.back(goes("first"));

        first.cut();

        assertThat(went).containsExactly("first");
    }

    @Test
    void aRunThatEndsAwayFromItsPlaceGivesNoneBack() throws Exception {
        Slots slots = slots(1, 2);
        Slots.Place first = begin(slots);
        first.leave();
        Slots.Place second = begin(slots);
        first.cut();
        first.back(goes("first"));
        assertThat(went).containsExactly("first");

        first.end();
        assertThat(slots.awaitAll(0)).as("the second goes on").isFalse();
        second.leave();
        assertThat(slots.awaitAll(0)).as("it is only away").isFalse();
        second.cut();
        second.end();

        assertThat(slots.awaitAll(0)).isTrue();
        assertThat(slots.takeAll()).isEqualTo(1);
    }
}
