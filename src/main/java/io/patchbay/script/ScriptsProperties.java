package io.patchbay.script;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What authors' scripts may use, {@code patchbay.scripts.*}.
 *
 * @param time how long one call of a connector's script may run, and how long any script's file may take to be read, 10ms
 *     to 5m
 * @param flowTime how long one call of a flow's script may run, 10ms to 30m; a shape may say less
 * @param memory how much memory a script has, 8MB to 1GB
 * @param value largest value that a script is given or returns, as JSON, 1KB to 64MB
 * @param parallel how many scripts of connectors run at once, and how many of flows beside them, 1 to 64; further calls
 *     wait. Each may use the memory above
 */
@ConfigurationProperties("patchbay.scripts")
public record ScriptsProperties(
        @DefaultValue("5s") Duration time,
        @DefaultValue("120s") Duration flowTime,
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("4MB") DataSize value,
        @DefaultValue("4") int parallel) {

    /** The defaults. */
    public static final ScriptsProperties DEFAULT = new ScriptsProperties(
            Duration.ofSeconds(5), Duration.ofSeconds(120), DataSize.ofMegabytes(64), DataSize.ofMegabytes(4), 4);

    /** @throws IllegalArgumentException naming the setting that is out of bounds */
    public ScriptsProperties {
        if (time.toMillis() < 10 || time.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("patchbay.scripts.time must be 10ms to 5m, got " + time);
        }
        if (flowTime.toMillis() < 10 || flowTime.compareTo(Duration.ofMinutes(30)) > 0) {
            throw new IllegalArgumentException("patchbay.scripts.flow-time must be 10ms to 30m, got " + flowTime);
        }
        check("memory", memory, DataSize.ofMegabytes(8), DataSize.ofGigabytes(1));
        check("value", value, DataSize.ofKilobytes(1), DataSize.ofMegabytes(64));
        if (parallel < 1 || parallel > 64) {
            throw new IllegalArgumentException("patchbay.scripts.parallel must be 1 to 64, got " + parallel);
        }
    }

    /** The same with another time. */
    public ScriptsProperties within(Duration other) {
        return new ScriptsProperties(other, flowTime, memory, value, parallel);
    }

    private static void check(String name, DataSize size, DataSize least, DataSize most) {
        if (size.compareTo(least) < 0 || size.compareTo(most) > 0) {
            throw new IllegalArgumentException("patchbay.scripts." + name + " must be " + least.toKilobytes() + "KB to "
                    + most.toMegabytes() + "MB, got " + size);
        }
    }
}
