package io.patchbay.connector;

import io.patchbay.connector.definition.InstanceConfig;
import io.patchbay.expression.Template;
import java.util.Map;

/**
 * A connector plus one set of credentials, checked. Secrets are references here: they are looked up when the first call is
 * made.
 *
 * @param config as it was written
 * @param file where it was read from
 * @param hash over the file's content
 * @param connector the definition that it uses
 * @param auth how it proves who calls
 * @param settings values by name, defaults among them
 */
public record Instance(
        InstanceConfig config,
        String file,
        String hash,
        Connector connector,
        AuthMethod auth,
        Map<String, Template> settings) {

    public Instance {
        settings = Map.copyOf(settings);
    }

    /** Its name. */
    public String name() {
        return config.instance();
    }
}
