package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.api.FakeEnvironments;
import io.patchbay.api.FakeFlows;
import io.patchbay.queue.QueueFullException;
import io.patchbay.route.PlacedService;
import io.patchbay.service.Services;
import io.patchbay.service.report.ReportChecks;
import io.patchbay.service.report.Resync;
import io.patchbay.service.report.ServiceReport;
import io.patchbay.service.report.SweepTimes;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failed items that are tried again by themselves. */
class ServiceSweepsTest {

    private static final String SERVICE = """
            service: orders
            entity: orders
            source: { instance: shop }
            reference: number
            mapping: { order: [ { to: nr, from: number } ] }
            destination: { instance: erp }
            sweep: { at: [ 13:00 ] }
            """;

    @TempDir
    Path data;

    private final List<String> started = new ArrayList<>();
    private final Services services = new Services();
    private final FakeEnvironments environments = new FakeEnvironments();
    private final FakeFlows flows = new FakeFlows();
    private final SettableClock clock = new SettableClock();
    private Store store;
    private ReportChecks rows;
    private ServiceSweeps sweeps;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), data, Clock.systemUTC());
        rows = new ReportChecks(store);
        services.take(List.of(new Services.File("orders.service.yaml", SERVICE)));
        flows.with("orders");
        clock.forward(Duration.between(clock.instant(), ReportChecks.NOON.plusSeconds(200)));
        Resync resync = new Resync(new ServiceReport(store), id -> {
            started.add(id);
            return id.equals("full")
                    ? CompletableFuture.failedFuture(new QueueFullException("the queue is full", Duration.ofSeconds(1)))
                    : CompletableFuture.completedFuture("run-of-" + id);
        });
        sweeps = new ServiceSweeps(
                () -> PlacedService.all(services, environments),
                flows,
                resync,
                new SweepTimes(store),
                clock,
                Executors.newSingleThreadScheduledExecutor());
    }

    @AfterEach
    void close() throws Exception {
        sweeps.close();
        store.close();
    }

    private void tomorrow() {
        sweeps.tick(); // from now on there are sweeps
        clock.forward(Duration.ofHours(2));
    }

    @Test
    void sendsFailedItemsAgainAtItsTimeAndOnce() throws Exception {
        rows.failed("f1", 1, "open", "HTTP_500", "1");
        rows.failed("f2", 2, "held", "HELD", "2", "3");
        rows.failed("f3", 3, "open", "HTTP_409", "4");
        rows.failed("f4", 4, "replayed", "HTTP_500", "5");
        sweeps.tick();
        assertThat(started).isEmpty();

        tomorrow();
        sweeps.tick();
        sweeps.tick();

        assertThat(started).containsExactlyInAnyOrder("f1", "f2");
    }

    @Test
    void leavesAServiceThatIsPausedAlone() throws Exception {
        rows.failed("f1", 1, "open", "HTTP_500", "1");
        tomorrow();
        flows.enable("orders", false);

        sweeps.tick();
        assertThat(started).isEmpty();

        flows.enable("orders", true);
        sweeps.tick();
        assertThat(started).containsExactly("f1");
    }

    @Test
    void leavesAServiceThatIsNotActiveAlone() throws Exception {
        rows.failed("f1", 1, "open", "HTTP_500", "1");
        tomorrow();
        services.take(List.of(new Services.File("orders.service.yaml", SERVICE + "status: inactive\n")));

        sweeps.tick();

        assertThat(started).isEmpty();
    }

    @Test
    void sweepsAServiceInAnEnvironmentForItself() throws Exception {
        services.take(List.of(
                new Services.File("o.service.yaml", SERVICE.replace("service: orders", "service: orders-to-erp"))));
        flows.with("orders-to-erp@uk");
        rows.of("orders-to-erp@uk");
        rows.failed("f1", 1, "open", "HTTP_500", "1");
        rows.of("orders-to-erp@live");
        rows.failed("f2", 1, "open", "HTTP_500", "1");
        tomorrow();

        sweeps.tick();

        assertThat(started).as("it does not run in the other environment").containsExactly("f1");
    }

    @Test
    void endsEarlyWhenNothingMoreIsTaken() throws Exception {
        for (int i = 0; i < 150; i++) {
            rows.failed(i == 149 ? "full" : "f" + i, i, "open", "HTTP_500", "n" + i);
        }
        tomorrow();

        sweeps.tick();

        assertThat(started).hasSize(100).contains("full");
    }
}
