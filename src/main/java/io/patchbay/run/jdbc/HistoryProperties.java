package io.patchbay.run.jdbc;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of the past is kept.
 *
 * @param keep how long an ended run is kept
 * @param most how many runs are kept at most; the oldest go first
 * @param keepFailed how long a failed payload is kept, whatever became of it
 * @param mostCaptured most bytes of captured payloads on the disk, packed; the oldest go first. Each has its own time to go, from its flow.
 */
@ConfigurationProperties("patchbay.history")
public record HistoryProperties(
        @DefaultValue("30d") Duration keep,
        @DefaultValue("1000000") long most,
        @DefaultValue("90d") Duration keepFailed,
        @DefaultValue("2GB") DataSize mostCaptured) {

    public HistoryProperties {
        require(keep.toMinutes() >= 1, "keep", keep);
        require(most >= 1, "most", most);
        require(keepFailed.toMinutes() >= 1, "keep-failed", keepFailed);
        require(!mostCaptured.isNegative(), "most-captured", mostCaptured);
    }

    /** The bounds that hold when nothing is set. */
    public static HistoryProperties defaults() {
        return new HistoryProperties(Duration.ofDays(30), 1_000_000, Duration.ofDays(90), DataSize.ofGigabytes(2));
    }

    private static void require(boolean fine, String name, Object value) {
        if (!fine) {
            throw new IllegalArgumentException("patchbay.history." + name + " is too small, got " + value);
        }
    }
}
