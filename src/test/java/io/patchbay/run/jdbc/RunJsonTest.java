package io.patchbay.run.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.LogLevel;
import io.patchbay.payload.RequestLog;
import io.patchbay.run.RunRecord.LogLine;
import io.patchbay.run.RunRecord.Request;
import io.patchbay.run.RunRecord.ShapeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lists of a run record as text. */
class RunJsonTest {

    private static final Instant AT = Instant.parse("2026-11-30T10:00:00.123456789Z");

    @Test
    void shapesAreReadBackAsTheyWere() {
        List<ShapeRecord> shapes = List.of(
                new ShapeRecord("pull", "connection", 1, 2, 3, 4, 5, Long.MAX_VALUE, 7, 8, Duration.ofNanos(1_234_567)),
                new ShapeRecord("\"quoted\"\n", "map", 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO));

        assertThat(RunJson.shapes(RunJson.ofShapes(shapes))).isEqualTo(shapes);
    }

    @Test
    void whatIsZeroIsNotWritten() {
        ShapeRecord idle = new ShapeRecord("a", "map", 0, 0, 0, 0, 0, 0, 0, 0, Duration.ofMillis(1));

        assertThat(RunJson.ofShapes(List.of(idle)))
                .isEqualTo("[{\"shape\":\"a\",\"type\":\"map\",\"took\":\"PT0.001S\"}]");
    }

    @Test
    void logsAreReadBackAsTheyWere() {
        List<LogLine> lines = List.of(
                new LogLine(AT, "pull", LogLevel.WARN, "zażółć 🚚 \u0000"), new LogLine(AT, null, LogLevel.INFO, ""));

        assertThat(RunJson.logs(RunJson.ofLogs(lines))).isEqualTo(lines);
    }

    @Test
    void requestsAreReadBackAsTheyWere() {
        List<Request> requests =
                List.of(new Request("pull", 2, log(201, "no answer")), new Request("push", 0, log(0, null)));

        assertThat(RunJson.requests(RunJson.ofRequests(requests))).isEqualTo(requests);
    }

    private static RequestLog log(int status, @Nullable String error) {
        return new RequestLog(
                "shop",
                "orders.list",
                "GET",
                "https://shop.example.com/orders?since=1",
                status,
                AT,
                Duration.ofSeconds(61, 5),
                12,
                3_456_789_012L,
                status == 0 ? Map.of() : Map.of("Accept", "application/json", "X-Empty", ""),
                Map.of(),
                error);
    }

    @Test
    void ofAListThatIsTooLongTheFirstHalfIsKept() {
        LogLine line = new LogLine(AT, null, LogLevel.INFO, "x".repeat(400_000));

        assertThat(RunJson.logs(RunJson.ofLogs(Collections.nCopies(4, line)))).containsExactly(line, line);
    }
}
