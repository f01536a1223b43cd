package io.patchbay.service.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.service.ServiceReader;
import io.patchbay.store.Store;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What holds of reports on either database. */
public final class ReportChecks {

    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String SERVICE = """
            service: orders
            entity: orders
            source: { instance: shop }
            reference: number
            mapping: { order: [ { to: nr, from: number } ] }
            destination: { instance: erp }
            """;

    private final Store store;
    private final ServiceReport report;
    /** Of what is sent and fails from now on. */
    private String flow = "orders";

    public ReportChecks(Store store) {
        this.store = store;
        this.report = new ServiceReport(store);
    }

    static Reported service(String more) {
        return in("orders", more);
    }

    /** The same service where its flow has an id. */
    private static Reported in(String flow, String more) {
        return new Reported(
                flow,
                new ServiceReader()
                        .read("s.service.yaml", SERVICE + more)
                        .value()
                        .orElseThrow()
                        .file(),
                true);
    }

    /** What is sent and fails from now on is of this flow. */
    public void of(String id) {
        flow = id;
    }

    static ReportQuery which(ItemStatus... statuses) {
        return new ReportQuery(Set.of(statuses), null, null, NOON.minusSeconds(1000), NOON.plusSeconds(1000));
    }

    private static OffsetDateTime at(int second) {
        return NOON.plusSeconds(second).atOffset(ZoneOffset.UTC);
    }

    /** Of a service in an environment, what happened there is told, and nothing of what happened outside. */
    void anEnvironmentHasAReportOfItsOwn() throws Exception {
        sent("1", 1);
        failed("n1", 2, "open", "HTTP_500", "2");
        of("orders@uk");
        sent("2", 3);
        failed("n2", 4, "open", "HTTP_500", "1");

        assertThat(lines(in("orders@uk", ""), which())).containsExactly("1 FAILED 1", "2 OK 1");
        assertThat(lines(service(""), which())).containsExactly("2 FAILED 1", "1 OK 1");
    }

    public void sent(String item, int second) throws Exception {
        store.progress()
                .write(tx -> tx.add(
                        "insert into tracked (id, entity, item, field, direction, success, source, flow, shape, run_id, seen_at)"
                                + " values (?, 'orders', ?, 'nr', 'send', true, 'erp', ?, 'sent', 'run-1', ?)",
                        row -> {
                            row.setString(1, "t" + item + second);
                            row.setString(2, item);
                            row.setString(3, flow);
                            row.setObject(4, at(second));
                        }))
                .get(20, TimeUnit.SECONDS);
    }

    public void failed(String id, int second, String state, String code, String... items) throws Exception {
        store.progress()
                .write(tx -> {
                    tx.add(
                            "insert into failed_payload (id, run_id, flow, revision, shape, owner, code, message, attempts,"
                                    + " failed_at, state, keys_whole, replay_run, payload) values (?, 'run-2', ?, 'r',"
                                    + " 'destination', 'remote', ?, 'the ERP says no', 4, ?, ?, true, ?, ?)",
                            row -> {
                                row.setString(1, id);
                                row.setString(2, flow);
                                row.setString(3, code);
                                row.setObject(4, at(second));
                                row.setString(5, state);
                                row.setString(6, state.equals("replayed") ? "run-9" : null);
                                row.setBytes(7, new byte[] {'{', '}'});
                            });
                    for (String item : items) {
                        tx.add(
                                "insert into failed_key (failed_id, item, flow, shape, failed_at, passed)"
                                        + " values (?, ?, ?, 'destination', ?, false)",
                                row -> {
                                    row.setString(1, id);
                                    row.setString(2, item);
                                    row.setString(3, flow);
                                    row.setObject(4, at(second));
                                });
                    }
                })
                .get(20, TimeUnit.SECONDS);
    }

    List<String> lines(Reported of, ReportQuery which) {
        return report.read(of, which, null, 500).data().stream()
                .map(item -> item.reference() + " " + item.status() + " " + item.tries())
                .toList();
    }

    /** The newest that is known of an item is its line, whichever of the two lists it stands in. */
    void anItemHasOneLineAndThatIsTheNewest() throws Exception {
        sent("1", 1);
        failed("f1", 2, "open", "HTTP_500", "2", "3");
        sent("2", 3);
        sent("4", 4);
        failed("f2", 5, "open", "HTTP_500", "4");
        failed("f3", 6, "replayed", "HTTP_500", "5");
        failed("f4", 7, "open", "HTTP_500", "5");
        failed("f5", 8, "resolved", "HTTP_500", "6");
        failed("f6", 9, "replayed", "HTTP_500", "7");
        failed("f7", 10, "open", "BAD_JSON");
        sent("1", 11);

        assertThat(lines(service(""), which()))
                .containsExactly(
                        "1 OK 1", "null FAILED 1", "7 PENDING 1", "5 FAILED 2", "4 FAILED 1", "2 OK 1", "3 FAILED 1");
        assertThat(lines(service(""), which(ItemStatus.OK))).containsExactly("1 OK 1", "2 OK 1");
        assertThat(lines(service(""), which(ItemStatus.FAILED)))
                .containsExactly("null FAILED 1", "5 FAILED 2", "4 FAILED 1", "3 FAILED 1");
        assertThat(report.read(new Reported("orders", service("").service(), false), which(ItemStatus.SENT), null, 10)
                        .data())
                .hasSize(2);
    }

    /** What a sweep will try again is pending, until it has had its tries, or when no try can mend it. */
    void whatASweepTriesAgainIsPending() throws Exception {
        failed("g1", 1, "replayed", "HTTP_500", "20");
        failed("g2", 2, "open", "HTTP_500", "20");
        failed("g3", 3, "open", "HTTP_500", "21");
        failed("g4", 4, "held", "HELD", "22");
        failed("g5", 5, "open", "HTTP_409", "23");
        Reported swept = service("sweep: { at: [ 06:00 ], tries: 2 }\n");

        assertThat(lines(swept, which())).containsExactly("23 FAILED 1", "22 PENDING 1", "21 PENDING 1", "20 FAILED 2");
        assertThat(lines(service(""), which(ItemStatus.PENDING))).isEmpty();
    }

    /** Pages neither repeat nor leave out, also of what happened in one instant and failed in one payload. */
    void pagesHaveNoGap() throws Exception {
        for (int i = 0; i < 12; i++) {
            sent("a" + i, i / 4);
            failed("h" + i, i / 4, "open", "HTTP_500", "b" + i, "c" + i);
        }
        List<String> found = new ArrayList<>();
        String after = null;
        do {
            ServiceReport.Slice slice = report.read(service(""), which(), after, 5);
            slice.data().forEach(item -> found.add(String.valueOf(item.reference())));
            after = slice.next();
        } while (after != null);

        assertThat(found).hasSize(36).doesNotHaveDuplicates();
        assertThat(report.read(service(""), which(ItemStatus.FAILED), null, 5).next())
                .isNotNull();
    }

    void isSearchedByTextReferenceAndTime() throws Exception {
        sent("web-1", 1);
        failed("k1", 2, "open", "HTTP_500", "WEB-2");

        assertThat(lines(service(""), asked("web", null, 1000))).containsExactly("WEB-2 FAILED 1", "web-1 OK 1");
        assertThat(lines(service(""), asked("erp SAYS", null, 1000))).containsExactly("WEB-2 FAILED 1");
        assertThat(lines(service(""), asked("w%b", null, 1000))).isEmpty();
        assertThat(lines(service(""), asked(null, "web-1", 1000))).containsExactly("web-1 OK 1");
        assertThat(lines(service(""), asked(null, null, 2))).containsExactly("web-1 OK 1");
    }

    private static ReportQuery asked(@Nullable String text, @Nullable String reference, int until) {
        return new ReportQuery(Set.of(), text, reference, NOON.minusSeconds(10), NOON.plusSeconds(until));
    }

    /** Each time is taken once, and a service begins with the time behind the first that it is asked for. */
    void aTimeIsTakenOnce() {
        SweepTimes here = new SweepTimes(store);
        SweepTimes there = new SweepTimes(store);

        assertThat(here.take("orders", NOON)).as("before there were sweeps").isFalse();
        assertThat(here.take("orders", NOON)).isFalse();
        assertThat(there.take("orders", NOON.plusSeconds(60))).isTrue();
        assertThat(here.take("orders", NOON.plusSeconds(60))).isFalse();
        assertThat(here.take("orders", NOON.plusSeconds(30))).isFalse();
        assertThat(here.take("returns", NOON.plusSeconds(60))).isFalse();
        assertThat(here.take("returns", NOON.plusSeconds(90))).isTrue();
        String longest = "s".repeat(59) + "@" + "e".repeat(40);
        here.take(longest, NOON);
        assertThat(here.take(longest, NOON.plusSeconds(60)))
                .as("the longest name")
                .isTrue();
    }

    /** Items of one payload go together, and only those are sent again that can be. */
    void sendsAgainWhatCanBe() throws Exception {
        sent("1", 1);
        failed("m1", 2, "open", "HTTP_500", "2", "3");
        failed("m2", 3, "open", "HTTP_409", "4");
        failed("m3", 4, "replayed", "HTTP_500", "5");
        failed("m4", 5, "open", "HTTP_500", "6");
        List<String> started = new ArrayList<>();
        Resync resync = new Resync(report, id -> {
            started.add(id);
            return id.equals("m4")
                    ? CompletableFuture.failedFuture(new IllegalArgumentException("the shape is gone"))
                    : CompletableFuture.completedFuture("run-of-" + id);
        });

        Resync.Done done = resync.again(service(""), which(), null, 100);

        assertThat(started).containsExactly("m4", "m1");
        assertThat(done.next()).isNull();
        assertThat(done.outcomes().stream()
                        .map(one -> one.item().reference() + ": " + (one.run() == null ? one.refused() : one.run())))
                .containsExactly(
                        "6: the shape is gone",
                        "5: it is sent again already, in run run-9",
                        "4: no further try can mend HTTP_409 ('finalFailures')",
                        "3: run-of-m1",
                        "2: run-of-m1",
                        "1: it was sent already");
    }
}
