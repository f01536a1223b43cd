package io.patchbay.runtime;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of what waits for approvals and events.
 *
 * @param most most payloads that wait, over all flows
 * @param mostPerFlow most payloads of one flow that wait
 * @param mostBytes most bytes of payloads that wait, over all flows
 * @param keep how long what became of a payload is kept
 * @param early how long an event is kept for a payload that comes later; 0s for not at all
 * @param mostEvents most events that are kept for payloads
 * @param mostTold most events that are remembered after they let payloads go on, so that one told again does nothing more; the oldest are
 *     forgotten
 * @param mostData most bytes of what comes with an event or an approval
 */
@ConfigurationProperties("patchbay.waits")
public record WaitsProperties(
        @DefaultValue("100000") long most,
        @DefaultValue("20000") long mostPerFlow,
        @DefaultValue("1GB") DataSize mostBytes,
        @DefaultValue("30d") Duration keep,
        @DefaultValue("1d") Duration early,
        @DefaultValue("10000") long mostEvents,
        @DefaultValue("200000") long mostTold,
        @DefaultValue("256KB") DataSize mostData) {

    public WaitsProperties {
        require(most >= 0, "most", most);
        require(mostPerFlow >= 0, "most-per-flow", mostPerFlow);
        require(!mostBytes.isNegative(), "most-bytes", mostBytes);
        require(keep.toMinutes() >= 1, "keep", keep);
        require(!early.isNegative(), "early", early);
        require(mostEvents >= 0, "most-events", mostEvents);
        require(mostTold >= 0, "most-told", mostTold);
        require(mostData.toBytes() >= 1, "most-data", mostData);
    }

    /** The bounds that hold when nothing is set. */
    public static WaitsProperties defaults() {
        return new WaitsProperties(
                100_000,
                20_000,
                DataSize.ofGigabytes(1),
                Duration.ofDays(30),
                Duration.ofDays(1),
                10_000,
                200_000,
                DataSize.ofKilobytes(256));
    }

    private static void require(boolean fine, String name, Object value) {
        if (!fine) {
            throw new IllegalArgumentException("patchbay.waits." + name + " is too small, got " + value);
        }
    }
}
