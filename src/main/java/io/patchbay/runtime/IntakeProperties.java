package io.patchbay.runtime;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The listener for what comes from outside.
 *
 * @param host address it listens on
 * @param port port it listens on; 0 for any free one
 */
@ConfigurationProperties("patchbay.intake")
public record IntakeProperties(
        @DefaultValue("0.0.0.0") String host,
        @DefaultValue("8090") int port) {

    public IntakeProperties {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("patchbay.intake.port must be 0 to 65535, got " + port);
        }
    }
}
