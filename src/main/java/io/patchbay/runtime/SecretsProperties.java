package io.patchbay.runtime;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where secrets lie.
 *
 * @param dir folder where each file is one secret, named as in {@code ${secret.NAME}}
 */
@ConfigurationProperties("patchbay.secrets")
public record SecretsProperties(
        @DefaultValue("/run/secrets") String dir) {}
