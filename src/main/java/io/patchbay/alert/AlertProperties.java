package io.patchbay.alert;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Alerts, {@code patchbay.alerts.*}.
 *
 * @param to notification groups and mail addresses that are told of instances, the queue and the disk, and of flows that name nobody
 *     themselves
 * @param every how long nothing more is said of an instance, the queue or the disk that comes and goes
 * @param keep how long an alert is kept when it is over
 * @param queueAge how long the oldest start of a flow that goes may wait until people are told; 0 for any time
 * @param scheduleLate how late a start by schedule may be made until people are told; 0 for any time
 * @param expiry how long before a certificate, a token that a person has to get, or a key of the API ends people are told; 0 for never
 */
@ConfigurationProperties("patchbay.alerts")
public record AlertProperties(
        @DefaultValue List<String> to,
        @DefaultValue("1h") Duration every,
        @DefaultValue("30d") Duration keep,
        @DefaultValue("15m") Duration queueAge,
        @DefaultValue("15m") Duration scheduleLate,
        @DefaultValue("14d") Duration expiry) {

    /** @throws IllegalArgumentException naming the setting that is out of bounds */
    public AlertProperties {
        to = List.copyOf(to);
        if (every.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("patchbay.alerts.every must be 1m or more, got " + every);
        }
        if (keep.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("patchbay.alerts.keep must be 1d or more, got " + keep);
        }
        if (queueAge.isNegative()) {
            throw new IllegalArgumentException("patchbay.alerts.queue-age must be 0 or more, got " + queueAge);
        }
        if (scheduleLate.isNegative()) {
            throw new IllegalArgumentException("patchbay.alerts.schedule-late must be 0 or more, got " + scheduleLate);
        }
        if (expiry.isNegative()) {
            throw new IllegalArgumentException("patchbay.alerts.expiry must be 0 or more, got " + expiry);
        }
    }
}
