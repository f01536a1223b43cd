package io.patchbay.trigger.file;

import static io.patchbay.trigger.file.Arrivals.ARCHIVED;
import static io.patchbay.trigger.file.Arrivals.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.Arrival.Order;
import io.patchbay.trigger.FileArrival.FileFate;
import io.patchbay.trigger.FileArrival.Then;
import io.patchbay.trigger.file.Outcomes.Outcome;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Where a watch puts a file after its run, or when it cannot be taken. */
class WatchFateTest extends InboxWatch {

    @Test
    void movesAFileWhenItsRunHasSucceededAndNotBefore() throws Exception {
        Watch watch = watchThatTookAFile(ARCHIVED);
        look(watch);
        assertThat(in(".")).containsExactly("a.csv");

        endAndLook(watch, Outcome.SUCCEEDED);

        assertThat(in(".")).isEmpty();
        assertThat(in("archive")).containsExactly("a.csv");
        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void movesAFileWhoseRunFailedToItsOwnFolder() throws Exception {
        Watch watch = watchThatTookAFile(ARCHIVED);
        endAndLook(watch, Outcome.FAILED);

        assertThat(in("failed")).containsExactly("a.csv");
        assertThat(in("archive")).isEmpty();
    }

    @Test
    void deletesAFileWhenItsRunHasSucceeded() throws Exception {
        arrivals.put("a.csv", "1");
        arrivals.put("b.csv", "2");
        Watch watch = arrivals.watch(trigger(new Then(new FileFate(null, null, true), null)));
        arrivals.settleAndLook(watch);
        arrivals.end("a.csv", Outcome.SUCCEEDED);
        arrivals.end("b.csv", Outcome.FAILED);
        look(watch);
        look(watch);

        assertThat(in(".")).as("what failed stays").containsExactly("b.csv");
        assertThat(arrivals.started).hasSize(2);
    }

    @Test
    void keepsBothWhenANameIsInTheArchiveAlready() throws Exception {
        Files.createDirectories(arrivals.inbox.resolve("archive"));
        arrivals.put("archive/a.csv", "old");
        arrivals.put("a.csv", "new");
        Watch watch = arrivals.watch(trigger(ARCHIVED));
        arrivals.settleAndLook(watch);
        endAndLook(watch, Outcome.SUCCEEDED);

        String run = arrivals.started.get(0).id();
        assertThat(in("archive")).containsExactlyInAnyOrder("a.csv", "a-" + run + ".csv");
        assertThat(arrivals.inbox.resolve("archive/a.csv")).hasContent("old");
    }

    @Test
    void triesAMoveAgainThatDidNotWork() throws Exception {
        Files.writeString(arrivals.inbox.resolve("archive"), "a file where the folder should be");
        arrivals.put("a.csv", "1");
        Watch watch = arrivals.watch(patterned("*.csv", ARCHIVED));
        arrivals.settleAndLook(watch);
        endAndLook(watch, Outcome.SUCCEEDED);
        assertThat(in(".")).contains("a.csv");

        Files.delete(arrivals.inbox.resolve("archive"));
        arrivals.outcomes.clear(); // how the run ended is remembered
        look(watch);

        assertThat(in("archive")).containsExactly("a.csv");
        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void doesNotLetAReplacedFileGoWithTheRunOfTheOldOne() throws Exception {
        Watch watch = watchThatTookAFile(ARCHIVED);
        arrivals.put("a.csv", "2", EARLIER);
        endAndLook(watch, Outcome.SUCCEEDED);
        assertThat(in(".")).containsExactly("a.csv");

        forward(Duration.ofSeconds(30));
        look(watch);
        assertThat(arrivals.started).hasSize(2);
    }

    @Test
    void putsAFileAsideThatIsTooLarge() throws Exception {
        arrivals.put("large.csv", "12345678901");
        arrivals.put("small.csv", "1234567890");
        Watch watch = arrivals.watch(trigger("inbox", Order.NAME, DataSize.ofBytes(10), ARCHIVED));
        arrivals.settleAndLook(watch);
        look(watch);

        assertThat(arrivals.names()).containsExactly("small.csv");
        assertThat(in("failed")).containsExactly("large.csv");
    }

    @Test
    void leavesAFileThatIsTooLargeWhereItIsWithoutAFate() throws Exception {
        arrivals.put("large.csv", "12345678901");
        Watch watch = arrivals.watch(trigger("inbox", Order.NAME, DataSize.ofBytes(10), null));
        arrivals.settleAndLook(watch);
        look(watch);

        assertThat(arrivals.started).isEmpty();
        assertThat(in(".")).containsExactly("large.csv");
    }

    @Test
    void putsAFileAsideThatCannotBeReadAgainAndAgainAndGoesOnWithTheOthers() throws Exception {
        arrivals.put("bad.csv", "1");
        arrivals.put("good.csv", "2");
        Watch watch = arrivals.watch(trigger(ARCHIVED), denying("bad.csv"));
        arrivals.settleAndLook(watch);
        assertThat(arrivals.names()).containsExactly("good.csv");

        for (int i = 1; i < Taking.MOST_TRIES; i++) {
            assertThat(in("failed")).isEmpty();
            forward(Duration.ofMinutes(5));
            look(watch);
        }
        look(watch);
        assertThat(in("failed")).containsExactly("bad.csv");
    }

    private FileArrivals.Parts denying(String denied) {
        return arrivals.parts(
                what -> new Arrivals.Passing(arrivals.folder(what)) {
                    @Override
                    public void read(String path, Sink sink, Call call) throws StepException {
                        if (path.equals(denied)) {
                            throw new StepException(Owner.REMOTE, "FILE_DENIED", "cannot read '" + path + "'");
                        }
                        super.read(path, sink, call);
                    }
                },
                "replica-1");
    }

    @Test
    void leavesAFileWhoseRunNobodyKnowsAnyMore() throws Exception {
        Watch watch = watchThatTookAFile(ARCHIVED);
        endAndLook(watch, Outcome.UNKNOWN);
        look(watch);
        endAndLook(watch, Outcome.SUCCEEDED);

        assertThat(in(".")).containsExactly("a.csv");
        assertThat(arrivals.started).hasSize(1);
    }

    @Test
    void asksAgainAboutARunThatIsUnknownForAMoment() throws Exception {
        Watch watch = watchThatTookAFile(ARCHIVED);
        endAndLook(watch, Outcome.UNKNOWN);
        endAndLook(watch, Outcome.SUCCEEDED);

        assertThat(in("archive")).containsExactly("a.csv");
    }
}
