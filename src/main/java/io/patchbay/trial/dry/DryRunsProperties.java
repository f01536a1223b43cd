package io.patchbay.trial.dry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of dry runs.
 *
 * @param parallel most dry runs that go on at one time, 1 to 32; more are refused with 429
 * @param time longest that one may take, 1s to 15m; then it is stopped and answers with what it has
 * @param requests most requests that one may make or capture, 1 to 100000; then it is stopped. The flow's own limits hold beside it
 * @param writes most captured writes that the answer holds, 1 to 100000; further ones are counted only
 * @param bytes most bytes of captured content that the answer holds, 64KB to 256MB; further writes are counted only
 * @param body most bytes of one captured content, 1KB to 16MB; the rest of it is cut off
 */
@ConfigurationProperties("patchbay.dry-runs")
public record DryRunsProperties(
        @DefaultValue("2") int parallel,
        @DefaultValue("2m") Duration time,
        @DefaultValue("1000") int requests,
        @DefaultValue("1000") int writes,
        @DefaultValue("8MB") DataSize bytes,
        @DefaultValue("64KB") DataSize body) {

    public DryRunsProperties {
        within("parallel", parallel, 1, 32);
        within("requests", requests, 1, 100_000);
        within("writes", writes, 1, 100_000);
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofMinutes(15)) > 0) {
            throw new IllegalArgumentException("patchbay.dry-runs.time must be 1s to 15m, got " + time);
        }
        if (bytes.toKilobytes() < 64 || bytes.toMegabytes() > 256) {
            throw new IllegalArgumentException("patchbay.dry-runs.bytes must be 64KB to 256MB, got " + bytes);
        }
        if (body.toKilobytes() < 1 || body.toMegabytes() > 16) {
            throw new IllegalArgumentException("patchbay.dry-runs.body must be 1KB to 16MB, got " + body);
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "patchbay.dry-runs." + name + " must be " + least + " to " + most + ", got " + value);
        }
    }
}
