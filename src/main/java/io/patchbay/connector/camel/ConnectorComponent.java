package io.patchbay.connector.camel;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Pausing;
import io.patchbay.connector.StandIn;
import io.patchbay.connector.broker.BrokerConnection;
import io.patchbay.connector.file.Folder;
import io.patchbay.connector.limit.Shares;
import io.patchbay.connector.mail.MailFolder;
import io.patchbay.payload.StepException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/**
 * {@code connector:instance/endpoint?input=value}: calls an endpoint of a connector's instance. Parameters of the URI are
 * values for the endpoint's inputs; {@code revision} alone is ours and binds the endpoint to a definition by its hash.
 */
public final class ConnectorComponent extends DefaultComponent {

    /** The component's name in a Camel context. */
    public static final String NAME = "connector";

    /** The parameter that is no input: hash of the definition that the caller was deployed with. */
    public static final String REVISION = "revision";

    private static final Pattern OF_FLOW =
            Pattern.compile("^" + NAME + ":(?://)?([^/?]+)/[^?]+\\?" + REVISION + "=([^&]+)");

    private final Supplier<Catalog> catalog;
    private final ConnectorServices services;
    private final @Nullable Shares shares;
    private final @Nullable ConnectorComponent owner;
    private final @Nullable ConnectorComponent limits;
    private @Nullable Connections connections;

    /**
     * A component.
     *
     * @param catalog gives the current catalog
     * @param services what calls use
     */
    public ConnectorComponent(Supplier<Catalog> catalog, ConnectorServices services) {
        this(catalog, services, null);
    }

    /**
     * A component in one of several runtimes.
     *
     * @param shares of limits that the others use too; null when there are none
     */
    public ConnectorComponent(Supplier<Catalog> catalog, ConnectorServices services, @Nullable Shares shares) {
        this.catalog = catalog;
        this.services = services;
        this.shares = shares;
        this.owner = null;
        this.limits = null;
    }

    /**
     * A component of another Camel context with the connections of this one: an instance has one rate limit and one set of
     * tokens, whoever calls.
     */
    public ConnectorComponent(ConnectorComponent owner) {
        this.catalog = owner.catalog;
        this.services = owner.services;
        this.shares = null;
        this.owner = owner;
        this.limits = null;
    }

    /**
     * A component with connections of its own to the same instances, before which something stands in: they have the limits and the
     * tokens of the other one's, and what is seen of a system there says nothing of how it stands.
     *
     * @param limits the other one, which is part of a Camel context
     */
    public ConnectorComponent(ConnectorComponent limits, StandIn standIn) {
        this.catalog = limits.catalog;
        this.services = limits.services.with(standIn).with(quiet(limits.services.pausing()));
        this.shares = null;
        this.owner = null;
        this.limits = limits;
    }

    private static Pausing quiet(Pausing pausing) {
        return new Pausing() {
            @Override
            public @Nullable String why(String instance) {
                return pausing.why(instance);
            }

            @Override
            public void unreachable(String instance, int inARow, String sentence) {
                // The calls of runs say that.
            }

            @Override
            public void answered(String instance) {
                // The calls of runs say that.
            }
        };
    }

    /**
     * What a URI of a flow calls.
     *
     * @param definition the connector's, by its hash
     */
    public record Calling(String instance, String definition) {}

    /** What a URI of a flow calls; empty for a URI of anything else. */
    public static Optional<Calling> calling(String uri) {
        Matcher matcher = OF_FLOW.matcher(uri);
        return matcher.find() ? Optional.of(new Calling(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    @Override
    public void setCamelContext(CamelContext context) {
        super.setCamelContext(context);
        if (owner == null) {
            connections = limits == null
                    ? new Connections(catalog, services, context, shares)
                    : new Connections(catalog, services, context, limits.connections());
        }
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
            throws StepException {
        int slash = remaining.indexOf('/');
        if (slash <= 0 || slash == remaining.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + remaining + "' must be an instance and an endpoint, like connector:my-shop/orders.list");
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        parameters.forEach((name, value) -> inputs.put(name, String.valueOf(value)));
        parameters.clear();
        String revision = inputs.remove(REVISION);
        ConnectorEndpoint endpoint = new ConnectorEndpoint(
                uri,
                this,
                connections(),
                new ConnectorEndpoint.Address(remaining.substring(0, slash), remaining.substring(slash + 1), revision),
                inputs);
        endpoint.check();
        return endpoint;
    }

    /**
     * The folder of an instance as it is now; to be asked for again at each use, because files change.
     *
     * @throws StepException when the instance is not there, holds no files, or its settings cannot be had
     */
    public Folder folder(String instance) throws StepException {
        return connections().folder(instance);
    }

    /**
     * The mailbox of an instance as it is now, as a folder of mails; to be asked for again at each use, because files change.
     *
     * @throws StepException when the instance is not there, is no mailbox, or its settings cannot be had
     */
    public Folder mails(String instance, MailFolder.Taken taken) throws StepException {
        return connections().mails(instance, taken);
    }

    /**
     * The message broker of an instance as it is now; to be asked for again now and then, because files change.
     *
     * @throws StepException when the instance is not there, is no broker, or its settings cannot be had
     */
    public BrokerConnection broker(String instance) throws StepException {
        return connections().broker(instance);
    }

    Connections connections() {
        if (owner != null) {
            return owner.connections();
        }
        Connections open = connections;
        if (open == null) {
            throw new IllegalStateException("the component is not part of a Camel context");
        }
        return open;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (owner == null) {
            connections().close();
            if (shares != null) {
                shares.close();
            }
        }
    }
}
