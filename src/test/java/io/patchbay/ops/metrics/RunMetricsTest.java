package io.patchbay.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.patchbay.api.FakeFlows;
import io.patchbay.api.FakeStarts;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueuedStart;
import io.patchbay.run.RunRecord;
import io.patchbay.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunMetricsTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FakeFlows flows = new FakeFlows();
    private final FakeStarts starts = new FakeStarts();
    private final RunMetrics metrics = new RunMetrics(registry, () -> flows, starts, Clock.systemUTC());

    @BeforeEach
    void deploy() {
        flows.with("orders").with("stock").withBroken("wrong");
        metrics.taken(1);
        new QueueMetrics(starts).bindTo(registry);
    }

    @Test
    void countsRunsByFlowAndStatus() {
        metrics.ended(run("orders", RunStatus.SUCCEEDED, "pull"));
        metrics.ended(run("orders", RunStatus.FAILED, "pull"));
        metrics.ended(run("orders", RunStatus.FAILED, "pull"));

        assertThat(registry.scrape())
                .contains("patchbay_runs_total{flow=\"orders\",status=\"succeeded\"} 1.0")
                .contains("patchbay_runs_total{flow=\"orders\",status=\"failed\"} 2.0")
                .contains("patchbay_runs_total{flow=\"stock\",status=\"failed\"} 0.0")
                .contains("patchbay_run_duration_seconds_count{flow=\"orders\"} 3")
                .contains("patchbay_run_duration_seconds_sum{flow=\"orders\"} 6.0");
    }

    @Test
    void countsPayloadsByShapeAndDirection() {
        metrics.ended(run("orders", RunStatus.PARTIAL, "pull"));

        assertThat(registry.scrape())
                .contains("patchbay_shape_payloads_total{direction=\"in\",flow=\"orders\",shape=\"pull\"} 1.0")
                .contains("patchbay_shape_payloads_total{direction=\"out\",flow=\"orders\",shape=\"pull\"} 4.0")
                .contains("patchbay_shape_failed_total{flow=\"orders\",shape=\"pull\"} 2.0")
                .contains("patchbay_shape_bytes_total{direction=\"in\",flow=\"orders\",shape=\"pull\"} 70.0")
                .contains("patchbay_shape_bytes_total{direction=\"out\",flow=\"orders\",shape=\"pull\"} 30.0")
                .contains("patchbay_shape_attempts_total{flow=\"orders\",shape=\"pull\"} 5.0")
                .contains("patchbay_shape_seconds_total{flow=\"orders\",shape=\"pull\"} 1.5");
    }

    @Test
    void showsWhatWaitsAndWhatRuns() {
        assertThat(registry.scrape())
                .contains("patchbay_queue_depth{flow=\"orders\"} 2.0")
                .contains("patchbay_runs_running{flow=\"orders\"} 1.0")
                .contains("patchbay_file_problems{severity=\"error\"} 1.0")
                .contains("patchbay_file_problems{severity=\"warning\"} 0.0");
    }

    @Test
    void showsHowLongTheNextStartHasWaited() {
        starts.starts.put(
                "s-1",
                new QueuedStart(
                        "s-1",
                        "orders",
                        "webhook",
                        Priority.REGULAR,
                        Instant.now().minusSeconds(100),
                        1,
                        0,
                        QueuedStart.State.WAITING));

        assertThat(registry.scrape().lines())
                .filteredOn(line -> line.startsWith("patchbay_queue_oldest_seconds{flow=\"orders\"}"))
                .singleElement()
                .satisfies(line ->
                        assertThat(Double.parseDouble(line.split(" ")[1])).isGreaterThanOrEqualTo(100));
    }

    @Test
    void showsWhatWasPutAside() {
        starts.starts.put(
                "s-1",
                new QueuedStart("s-1", "gone", "webhook", Priority.REGULAR, NOON, 1, 3, QueuedStart.State.QUARANTINED));

        assertThat(registry.scrape()).contains("patchbay_starts_quarantined 1.0");
    }

    @Test
    void hasMetersOfDeployedFlowsOnly() {
        metrics.ended(run("gone", RunStatus.SUCCEEDED, "pull"));

        assertThat(registry.scrape()).doesNotContain("flow=\"gone\"").doesNotContain("flow=\"wrong\"");
    }

    @Test
    void takesTheMetersOfARemovedFlowAway() {
        metrics.ended(run("orders", RunStatus.SUCCEEDED, "pull"));
        flows.without("orders");
        metrics.taken(2);

        assertThat(registry.scrape()).doesNotContain("flow=\"orders\"").contains("flow=\"stock\"");
    }

    @Test
    void leavesOutShapesThatTheFlowHasNoMore() {
        metrics.ended(run("orders", RunStatus.SUCCEEDED, "an-old-one"));

        assertThat(registry.scrape()).doesNotContain("an-old-one");
    }

    @Test
    void keepsCountingOverAGenerationThatLeavesTheFlowAsItIs() {
        metrics.ended(run("orders", RunStatus.SUCCEEDED, "pull"));
        metrics.taken(2);
        metrics.ended(run("orders", RunStatus.SUCCEEDED, "pull"));

        assertThat(registry.scrape()).contains("patchbay_runs_total{flow=\"orders\",status=\"succeeded\"} 2.0");
    }

    @Test
    void everyMetricStandsInTheReference() throws IOException {
        metrics.ended(run("orders", RunStatus.SUCCEEDED, "pull"));
        String page = Files.readString(Path.of("docs/reference/health-and-metrics.md"));

        assertThat(registry.scrape().lines().filter(line -> line.startsWith("# TYPE ")))
                .isNotEmpty()
                .extracting(line -> line.split(" ")[2].replaceAll("_max$", ""))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    private static RunRecord run(String flow, RunStatus status, String shape) {
        return new RunRecord(
                "r1",
                flow,
                "0123456789ab",
                "schedule",
                status,
                NOON,
                NOON.plusSeconds(1),
                NOON.plusSeconds(3),
                null,
                null,
                0,
                List.of(new RunRecord.ShapeRecord(
                        shape, "connection", 1, 4, 2, 0, 100, 70, 30, 5, Duration.ofMillis(1500))),
                List.of(),
                List.of());
    }
}
