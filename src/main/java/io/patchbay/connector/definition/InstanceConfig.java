package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An instance file: a connector plus one set of credentials. */
@Doc("A connector plus one set of credentials")
public record InstanceConfig(
        @Doc("Name of the instance, kebab-case; flows refer to it")
        String instance,

        @Doc("Connector id; with @2 or @2.3.0 its version, else the newest")
        String connector,

        @Doc("Id of the way to prove who calls; needed where the connector has several") @Nullable
        String auth,

        @Doc("Values for the connector's settings; secrets as ${secret.NAME}") @Default("{}")
        Map<String, Node> settings,

        @Doc("Limits besides those of the connector") @Nullable
        RateLimitConfig rateLimit,

        @Doc("What answers mean, besides what the connector says") @Nullable
        OwnErrorHandlerConfig errorHandler,

        @Doc("In place of the connector's timeout, if shorter") @Nullable
        Duration timeout,

        @Doc("Hosts that may be called, among those of the connector") @Nullable
        List<String> allowedHosts) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** @throws IllegalArgumentException if a name has another form */
    public InstanceConfig {
        if (!NAME.matcher(instance).matches()) {
            throw new IllegalArgumentException("instance name '" + instance + "' must be kebab-case, like my-shop-uk");
        }
        ConnectorReference.parse(connector);
    }

    /** The connector's id. */
    public String connectorId() {
        return ConnectorReference.parse(connector).id();
    }

    /** The version that is asked for, or null for the newest. */
    public @Nullable String wantedVersion() {
        return ConnectorReference.parse(connector).version();
    }
}
