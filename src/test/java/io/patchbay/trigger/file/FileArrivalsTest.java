package io.patchbay.trigger.file;

import static io.patchbay.trigger.file.Arrivals.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.FileArrival;
import io.patchbay.trigger.FolderPath;
import io.patchbay.trigger.Manual;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** The watches of a program: they look by themselves. */
class FileArrivalsTest extends InboxWatch {

    private final AtomicInteger looks = new AtomicInteger();

    private FileArrivals.Parts counting() {
        return arrivals.parts(
                what -> {
                    looks.incrementAndGet();
                    return arrivals.folder(what);
                },
                "replica-1");
    }

    private static FileArrival atOnce(String instance) {
        return new FileArrival(
                instance,
                new FolderPath("."),
                "*",
                FileArrival.Order.NAME,
                Duration.ofSeconds(1),
                Duration.ZERO,
                null,
                DataSize.ofMegabytes(1),
                null);
    }

    private static DeployedTrigger of(String flow, FileArrival what) {
        return new DeployedTrigger(flow, 0, what);
    }

    @Test
    void looksUntilTheTriggerIsGone() throws Exception {
        try (FileArrivals watches = new FileArrivals(counting())) {
            watches.replace(List.of(of("orders", atOnce("inbox")), new DeployedTrigger("by-hand", 0, new Manual())));
            arrivals.put("a.csv", "1");
            await().atMost(Duration.ofSeconds(20)).until(() -> arrivals.names().contains("a.csv"));

            watches.replace(List.of(of("orders", atOnce("no-such-instance"))));
            int before = looks.get();
            await().atMost(Duration.ofSeconds(20)).until(() -> looks.get() >= before + 3);
            arrivals.put("b.csv", "1");
            watches.replace(List.of());
            int after = looks.get();
            await().during(Duration.ofMillis(1_500))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> looks.get() <= after + 1);
        }
        assertThat(arrivals.names()).containsExactly("a.csv");
    }

    @Test
    void leavesAnUnchangedWatchAlone() throws Exception {
        arrivals.put("a.csv", "1");
        try (FileArrivals watches = new FileArrivals(counting())) {
            watches.replace(List.of(of("orders", trigger(null))));
            await().atMost(Duration.ofSeconds(20)).until(() -> looks.get() >= 1);
            arrivals.clock.forward(Duration.ofSeconds(30));
            watches.replace(List.of(of("orders", trigger(null)), of("others", atOnce("inbox"))));

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(arrivals.started)
                            .extracting(Arrivals.Started::flow)
                            .as("what has settled stays settled")
                            .contains("orders", "others"));
        }
    }

    @Test
    void takesNothingMoreWhenItIsSilent() throws Exception {
        try (FileArrivals watches = new FileArrivals(counting())) {
            watches.replace(List.of(of("orders", atOnce("inbox"))));
            await().atMost(Duration.ofSeconds(20)).until(() -> looks.get() >= 1);
            watches.silence();
            watches.replace(List.of(of("orders", atOnce("inbox"))));
        }
        int before = looks.get();
        arrivals.put("a.csv", "1");

        assertThat(looks).hasValue(before);
        assertThat(new Leases(arrivals.store.database().dataSource(), "another", arrivals.clock).hold("inbox", "."))
                .as("another replica need not wait")
                .isTrue();
    }

    @Test
    void aPlaceThatHangsHoldsNoOtherUpAndIsGivenUp() throws Exception {
        AtomicInteger givenUp = new AtomicInteger();
        FileArrivals.Parts parts = arrivals.parts(
                what -> what.instance().equals("inbox")
                        ? arrivals.folder(what)
                        : new Arrivals.Passing(arrivals.world.folder("inbox")) {
                            @Override
                            public List<Entry> list(String path, Call call) throws StepException {
                                CountDownLatch cut = new CountDownLatch(1);
                                call.onCancel(cut::countDown);
                                hang(cut);
                                givenUp.incrementAndGet();
                                throw new StepException(Owner.LIMIT, "CANCELLED", "it was given up");
                            }
                        },
                "replica-1");
        try (FileArrivals watches = new FileArrivals(parts, Duration.ofSeconds(2))) {
            watches.replace(IntStream.range(0, 40)
                    .mapToObj(i -> of("hangs-" + i, atOnce("hanging")))
                    .toList());
            arrivals.put("a.csv", "1");
            watches.replace(Stream.concat(
                            IntStream.range(0, 40).mapToObj(i -> of("hangs-" + i, atOnce("hanging"))),
                            Stream.of(of("orders", atOnce("inbox"))))
                    .toList());

            await().atMost(Duration.ofSeconds(20)).until(() -> arrivals.names().contains("a.csv"));
            await().atMost(Duration.ofSeconds(20)).until(() -> givenUp.get() > 4);
        }
    }

    private static void hang(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
