package io.patchbay.runtime;

import io.patchbay.secret.OpenSecrets;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where secrets lie.
 *
 * @param dir folder where each file is one secret, named as in {@code ${secret.NAME}}
 * @param inMaps secrets that the function {@code hmac} of maps may use: names, or beginnings that end in {@code *}. Whoever writes a
 *     flow may have any text proved with them
 */
@ConfigurationProperties("patchbay.secrets")
public record SecretsProperties(
        @DefaultValue("/run/secrets") String dir,
        @DefaultValue("MAP_*") List<String> inMaps) {

    /** @throws IllegalArgumentException if a name is none */
    public SecretsProperties {
        inMaps = new OpenSecrets(inMaps).names();
    }
}
