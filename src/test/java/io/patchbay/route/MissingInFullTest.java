package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.run.KnownList;
import io.patchbay.run.PullCursor;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes that are told because a record is missing in a whole list, through a real flow and database. */
class MissingInFullTest {

    static final String KEYS = """
            recordSelector: {path: '$[*]', primaryKey: [id]}
            completeness: full
            deletes: missingInFull
            """;
    private static final PullCursor.Key LIST = new PullCursor.Key("f", "shop", "items.list");

    @TempDir
    static Path home;

    private static KeptFlow flow;

    @BeforeAll
    static void open() throws Exception {
        flow = new KeptFlow(home, StoreProperties.embedded());
    }

    @BeforeEach
    void begin() throws Exception {
        flow.list(KEYS, "");
        flow.runs().knownLists().forget(LIST).get(10, TimeUnit.SECONDS);
        flow.asking = page -> {};
        flow.taking = one -> {};
    }

    @AfterAll
    static void close() throws Exception {
        flow.close();
    }

    private static List<Integer> upTo(int last, Integer... without) {
        List<Integer> all =
                new ArrayList<>(IntStream.rangeClosed(1, last).boxed().toList());
        all.removeAll(List.of(without));
        return all;
    }

    private RunRecord has(List<Integer> items) throws Exception {
        flow.items = items;
        return flow.run();
    }

    private KnownList known() {
        return flow.runs().knownLists().find(LIST).orElseThrow();
    }

    @Test
    void tellsWhatIsMissingOnceAndKnowsWhatIsNew() throws Exception {
        assertThat(has(upTo(7)).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(flow.told()).isEqualTo("+1 +2 +3 +4 +5 +6 +7");
        KnownList first = known();
        assertThat(first.keys()).isEqualTo(7);
        assertThat(first.bytes()).isEqualTo(7 * "[1]".length());
        assertThat(first.fields()).isEqualTo("id");

        has(upTo(8, 3, 7));
        assertThat(flow.told()).isEqualTo("+1 +2 +4 +5 +6 +8 -3 -7");
        assertThat(known().keys()).isEqualTo(6);

        has(upTo(8, 3, 7));
        assertThat(flow.told()).isEqualTo("+1 +2 +4 +5 +6 +8");
    }

    @Test
    void tellsADeleteAgainUntilItIsDelivered() throws Exception {
        has(upTo(10));
        flow.taking = one -> {
            if (one.equals("-4")) {
                throw new IllegalStateException("refused");
            }
        };

        assertThat(has(upTo(10, 4)).status()).isEqualTo(RunStatus.FAILED);
        assertThat(known().keys()).isEqualTo(10);
        flow.taking = one -> {};

        assertThat(has(upTo(10, 4)).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(flow.told()).endsWith("+10 -4");
        assertThat(known().keys()).isEqualTo(9);
    }

    @Test
    void infersNothingFromAPullThatBroke() throws Exception {
        has(upTo(10));
        flow.asking = page -> {
            if (page == 2) {
                throw new IllegalStateException("the server breaks");
            }
        };

        assertThat(has(upTo(10)).status()).isEqualTo(RunStatus.FAILED);
        assertThat(flow.told()).doesNotContain("-");
        assertThat(known().keys()).isEqualTo(10);
        flow.asking = page -> {};

        has(upTo(10));
        assertThat(flow.told()).doesNotContain("-");
    }

    @Test
    void goesOnAfterACutInTheMiddleOfTheList() throws Exception {
        has(upTo(15));
        flow.items = upTo(15, 2, 14);
        cutAt("+11");

        flow.end(flow.again());

        assertThat(flow.told()).startsWith("+7 ").endsWith("+15 -14 -2").doesNotContain("+1 ");
        assertThat(known().keys()).isEqualTo(13);
    }

    @Test
    void goesOnAfterACutAmongTheDeletes() throws Exception {
        has(upTo(15));
        flow.items = upTo(15, 2, 14);
        cutAt("-2");

        flow.end(flow.again());

        assertThat(flow.told()).isEqualTo("-14 -2");
        assertThat(known().keys()).isEqualTo(13);
    }

    /** Begins a run and ends the program when a record is to be taken. */
    private void cutAt(String record) throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        flow.deploy(KeptFlow.FLOW);
        flow.taking = one -> {
            if (one.equals(record)) {
                there.countDown();
                TestShapes.await(goOn);
                throw new IllegalStateException("cut");
            }
        };
        flow.got.clear();
        // On a thread of its own: a run begins on the thread that begins it.
        var begun = java.util.concurrent.CompletableFuture.supplyAsync(() -> {
            try {
                return flow.begin();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(there.await(20, TimeUnit.SECONDS)).isTrue();
        flow.runner().suspend();
        goOn.countDown();
        flow.cut(begun.get(20, TimeUnit.SECONDS));
        flow.taking = one -> {};
        flow.got.clear();
    }

    @Test
    void failsWhenMoreIsMissingThanMayBeAndTellsItWhenAnOperatorAllowsIt() throws Exception {
        has(upTo(10));

        RunRecord refused = has(upTo(7));
        assertThat(refused.status()).isEqualTo(RunStatus.FAILED);
        assertThat(refused.logs())
                .anySatisfy(line -> assertThat(line.text())
                        .contains(
                                "'items.list' of instance 'shop' lacks 3 of the 10 records that it had, more than 20%")
                        .contains("patchbay cursors f shop items.list --keys --allow"));
        assertThat(flow.told()).doesNotContain("-");

        assertThat(flow.runs().knownLists().allow(LIST).get(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(known().allowed()).isTrue();
        assertThat(has(upTo(7)).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(flow.told()).endsWith("-10 -8 -9");
        assertThat(known().allowed()).as("once").isFalse();
    }

    @Test
    void neverTakesAnEmptyListForOneWhoseRecordsWereDeleted() throws Exception {
        flow.list(KEYS.replace("missingInFull", "{type: missingInFull, atMost: 100%}"), "");
        has(upTo(2));

        RunRecord refused = has(List.of());

        assertThat(refused.status()).isEqualTo(RunStatus.FAILED);
        assertThat(refused.logs()).anySatisfy(line -> assertThat(line.text()).contains("is empty and had 2 records"));
        has(List.of(2));
        assertThat(flow.told()).isEqualTo("+2 -1");
    }

    @Test
    void forgetsWhatItKnewWhenAnOperatorSaysSo() throws Exception {
        has(upTo(10));
        assertThat(flow.runs().knownLists().forget(LIST).get(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(flow.runs().knownLists().list(null)).isEmpty();
        assertThat(flow.runs().knownLists().forget(LIST).get(10, TimeUnit.SECONDS))
                .isFalse();

        has(upTo(2));

        assertThat(flow.told()).isEqualTo("+1 +2");
        assertThat(known().keys()).isEqualTo(2);
    }

    @Test
    void knowsTheRecordsThatAFilterLeavesOut() throws Exception {
        flow.list(KEYS.replace("primaryKey: [id]", "primaryKey: [id], filter: {field: even, is: true}"), "");
        has(upTo(8));
        assertThat(flow.told()).isEqualTo("+2 +4 +6 +8");

        has(upTo(8, 3));
        assertThat(flow.told()).as("a record that was left out may be told").isEqualTo("+2 +4 +6 +8 -3");
    }

    @Test
    void refusesKeysOfOtherFieldsUntilTheyAreForgotten() throws Exception {
        has(upTo(3));
        flow.list(KEYS.replace("[id]", "[id, even]"), "");

        RunRecord refused = has(upTo(3));
        assertThat(refused.status()).isEqualTo(RunStatus.FAILED);
        assertThat(refused.logs())
                .anySatisfy(
                        line -> assertThat(line.text())
                                .contains(
                                        "the known keys of f/shop/items.list are made of id, and the connector now says id, even"));
        flow.runs().knownLists().forget(LIST).get(10, TimeUnit.SECONDS);

        assertThat(has(upTo(3)).status()).isEqualTo(RunStatus.SUCCEEDED);
        has(upTo(3, 2));
        assertThat(flow.told()).isEqualTo("+1 +3 -2");
    }

    @Test
    void deletesWhatItKeptBeforeFromTheDatabase() throws Exception {
        has(upTo(7));
        has(upTo(8));

        await().untilAsserted(() -> assertThat(flow.count("known_key")).isEqualTo(8));
        await().untilAsserted(() -> assertThat(flow.count("known_set")).isEqualTo(1));
    }
}
