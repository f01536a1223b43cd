package io.patchbay.trigger.file;

import static io.patchbay.trigger.file.Arrivals.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.trigger.FileArrival;
import io.patchbay.trigger.FileArrival.FileFate;
import io.patchbay.trigger.FileArrival.Then;
import io.patchbay.trigger.NameBeside;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files that stand beside others: markers that say that a file is whole, and names that files get after their run. */
class WatchMarkerTest extends InboxWatch {

    private static final Then DELETED = new Then(new FileFate(null, null, true), null);
    private static final Then RENAMED = new Then(
            new FileFate(null, new NameBeside("{name}.done"), false),
            new FileFate(null, new NameBeside("failed-{name}"), false));

    private Watch watch(@Nullable String marker, Then then) {
        FileArrival all = trigger(then);
        return arrivals.watch(new FileArrival(
                all.instance(),
                all.path(),
                "*",
                all.order(),
                all.every(),
                all.stableFor(),
                marker == null ? null : new NameBeside(marker),
                all.maxSize(),
                then));
    }

    @Test
    void aFileIsTakenWhenItsMarkerIsThereAndNotBefore() throws Exception {
        arrivals.put("a.csv", "1");
        arrivals.put("b.csv", "2");
        Watch watch = watch("{name}.DONE", DELETED);
        arrivals.settleAndLook(watch);
        assertThat(arrivals.started).isEmpty();

        arrivals.put("b.csv.DONE", "");
        look(watch);

        assertThat(arrivals.names()).as("at once, and never the marker itself").containsExactly("b.csv");
        arrivals.end("b.csv", Outcome.SUCCEEDED);
        look(watch);
        assertThat(in(".")).as("the marker goes with its file").containsExactly("a.csv");
    }

    @Test
    void aMarkerOfSeveralFilesGoesWithTheLast() throws Exception {
        arrivals.put("a.csv", "1");
        arrivals.put("a.pdf", "2");
        arrivals.put("a.done", "");
        Watch watch = watch("{stem}.done", DELETED);
        look(watch);
        assertThat(arrivals.names()).containsExactly("a.csv", "a.pdf");

        arrivals.end("a.csv", Outcome.SUCCEEDED);
        look(watch);
        assertThat(in(".")).containsExactly("a.done", "a.pdf");
        arrivals.end("a.pdf", Outcome.SUCCEEDED);
        look(watch);
        assertThat(in(".")).isEmpty();
    }

    @Test
    void aMarkerThatIsOlderThanItsFileIsThatOfTheFileBeforeIt() throws Exception {
        arrivals.put("a.csv.done", "", EARLIER);
        arrivals.put("a.csv", "1", EARLIER.plusSeconds(60));
        Watch watch = watch("{name}.done", DELETED);
        arrivals.settleAndLook(watch);
        assertThat(arrivals.started).isEmpty();

        arrivals.put("a.csv.done", "", EARLIER.plusSeconds(61));
        look(watch);
        assertThat(arrivals.names()).containsExactly("a.csv");
    }

    @Test
    void aFileGetsAnotherNameAfterItsRunAndIsNotTakenUnderIt() throws Exception {
        arrivals.put("a.csv", "1");
        arrivals.put("b.csv", "2");
        Watch watch = watch(null, RENAMED);
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        arrivals.end("b.csv", Outcome.FAILED);
        look(watch);
        assertThat(in(".")).containsExactly("a.csv.done", "failed-b.csv");

        forward(Duration.ofMinutes(5));
        look(watch);
        look(watch);
        assertThat(arrivals.started).hasSize(2);
    }

    @Test
    void theNameOfAnEarlierFileIsNotTakenFromIt() throws Exception {
        arrivals.put("a.csv.done", "old");
        Watch watch = watch(null, RENAMED);
        arrivals.put("a.csv", "new");
        arrivals.settleAndLook(watch);
        endAndLook(watch, Outcome.SUCCEEDED);

        String run = arrivals.started.get(0).id();
        assertThat(in(".")).containsExactlyInAnyOrder("a.csv.done", "a-" + run + ".csv.done");
    }

    @Test
    void aNameBesideHasOneHoleAndLeadsNowhere() {
        for (String bad : new String[] {"{name}", "done", "{name}{stem}.x", "../{name}.x", "{name}/x", "{stem}\n"}) {
            assertThatThrownBy(() -> new NameBeside(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'{name}.done'");
        }
        assertThat(new NameBeside("{stem}.done").of("a.b.csv")).isEqualTo("a.b.done");
        assertThat(new NameBeside("{stem}.done").of(".csv")).isEqualTo(".csv.done");
        assertThat(new NameBeside("x-{name}").means("x-")).isFalse();
    }
}
