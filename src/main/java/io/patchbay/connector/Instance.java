package io.patchbay.connector;

import io.patchbay.connector.definition.InstanceConfig;
import io.patchbay.expression.Template;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * @param errors what answers mean besides what the connector says, or null
 */
public record Instance(
        InstanceConfig config,
        String file,
        String hash,
        Connector connector,
        AuthMethod auth,
        Map<String, Template> settings,
        ErrorRules.@Nullable Own errors) {

    public Instance {
        settings = Map.copyOf(settings);
    }

    /** The same settings and credentials for another definition of the connector. */
    public Instance of(Connector other) {
        return new Instance(config, file, hash, other, other.auth().getOrDefault(auth.id(), auth), settings, errors);
    }

    /** An endpoint with what the instance says of its answers, or null. */
    public @Nullable Endpoint endpoint(String id) {
        Endpoint plain = connector.endpoint(id);
        return plain == null || errors == null
                ? plain
                : new Endpoint(
                        plain.id(),
                        plain.config(),
                        plain.call(),
                        errors.before(plain.errors()),
                        plain.schemas(),
                        plain.deletes());
    }

    /** What a flow may know of an endpoint; empty when it is not there. */
    public Optional<EndpointFacts> facts(String endpointId) {
        Endpoint endpoint = endpoint(endpointId);
        return endpoint == null
                ? Optional.empty()
                : Optional.of(new EndpointFacts(
                        name(),
                        endpointId,
                        connector.id(),
                        connector.hash(),
                        endpoint.acts(),
                        endpoint.many(),
                        endpoint.writing().orderingKey() != null,
                        endpoint.call() instanceof Endpoint.HttpCall http
                                && http.selection().chunk() == null
                                && http.response().content() == null,
                        endpoint.config().inputs(),
                        endpoint.growth(),
                        endpoint.config().paginator() == null
                                ? null
                                : endpoint.config().paginator().mostPerPage(),
                        endpoint.errors().backoff()));
    }

    /** Another one after each change of an instance that is stored; tells nothing about the content. Null for one of a file. */
    public @Nullable String revision() {
        return StoredInstance.isPlace(file) ? hash : null;
    }

    /** Its name. */
    public String name() {
        return config.instance();
    }
}
