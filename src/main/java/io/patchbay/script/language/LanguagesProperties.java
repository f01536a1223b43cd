package io.patchbay.script.language;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What expressions in other languages (jq, JSONata, JSLT, XSLT, XQuery) may use, {@code patchbay.languages.*}.
 *
 * @param time how long an expression may work on one record or payload, and how long it may take to be read, 10ms to 5m; a map
 *     may say less
 * @param memory how much memory an expression may ask for while it works on one record or payload, all counted that it
 *     gave back before, 1MB to 4GB
 * @param result largest result of one record or payload, 1KB to 256MB
 * @param parallel how many payloads expressions work on at once, 1 to 64; further ones wait. Each may use the memory above
 */
@ConfigurationProperties("patchbay.languages")
public record LanguagesProperties(
        @DefaultValue("5s") Duration time,
        @DefaultValue("256MB") DataSize memory,
        @DefaultValue("16MB") DataSize result,
        @DefaultValue("4") int parallel) {

    /** The defaults. */
    public static final LanguagesProperties DEFAULT =
            new LanguagesProperties(Duration.ofSeconds(5), DataSize.ofMegabytes(256), DataSize.ofMegabytes(16), 4);

    /** @throws IllegalArgumentException naming the setting that is out of bounds */
    public LanguagesProperties {
        if (time.toMillis() < 10 || time.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("patchbay.languages.time must be 10ms to 5m, got " + time);
        }
        check("memory", memory, DataSize.ofMegabytes(1), DataSize.ofGigabytes(4));
        check("result", result, DataSize.ofKilobytes(1), DataSize.ofMegabytes(256));
        if (parallel < 1 || parallel > 64) {
            throw new IllegalArgumentException("patchbay.languages.parallel must be 1 to 64, got " + parallel);
        }
    }

    private static void check(String name, DataSize size, DataSize least, DataSize most) {
        if (size.compareTo(least) < 0 || size.compareTo(most) > 0) {
            throw new IllegalArgumentException("patchbay.languages." + name + " must be " + least.toKilobytes()
                    + "KB to " + most.toMegabytes() + "MB, got " + size);
        }
    }
}
