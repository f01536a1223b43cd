package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Connection;
import io.patchbay.connector.ConnectorServices;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Requester;
import io.patchbay.connector.ScriptCalls;
import io.patchbay.connector.Standing;
import io.patchbay.connector.Validity;
import io.patchbay.connector.WebAddress;
import io.patchbay.connector.auth.Authorizer;
import io.patchbay.connector.auth.Authorizers;
import io.patchbay.connector.auth.Consent;
import io.patchbay.connector.auth.Proof;
import io.patchbay.connector.auth.Surroundings;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.LoginConfig;
import io.patchbay.connector.limit.Breaker;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.limit.Governors;
import io.patchbay.connector.paging.Pagers;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How one instance is reached over HTTP: its settings with secrets, its pooled client, its proof and its governor, shared by
 * all flows. Made when the first call needs it; a changed instance gets another one.
 */
public final class HttpConnection implements Connection {

    private final Instance instance;
    private final ConnectorServices services;
    private final CamelContext context;
    private final CallScope settings;
    private final URI base;
    private final ObjectNode inBodies = Json.NODES.objectNode();
    private final Hosts hosts;
    private final HttpSessions sessions;
    private final Authorizer authorizer;
    private final Governors.OfInstance governors;
    private final Governor governor;
    private final CloseableHttpClient client;
    private final HttpComponent component;
    private final CallProducer producer;
    private final Duration timeout;
    private final Breakers breakers;
    private final @Nullable Validity certificate;
    private volatile boolean suspect;

    /** Opens a connection's parts; nothing goes over the network yet. @throws StepException when a setting cannot be had */
    public HttpConnection(
            Instance instance,
            ObjectNode values,
            Governors.OfInstance governors,
            ConnectorServices services,
            CamelContext context)
            throws StepException {
        this.instance = instance;
        this.services = services;
        this.context = context;
        this.settings = CallScope.fixed(values);
        Requester requester = instance.connector().requester();
        this.base = address("baseUrl", requester.baseUrl().text(settings));
        this.hosts = Hosts.of(instance, base.getHost(), settings).by(services.names());
        if (!hosts.allows(base.getHost())) {
            throw refused(base);
        }
        Duration own = instance.config().timeout();
        this.timeout = own != null && own.compareTo(requester.config().timeout()) < 0
                ? own
                : requester.config().timeout();
        if (instance.auth().config().type() == AuthConfig.Type.MTLS && !"https".equals(base.getScheme())) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_URL", "a client certificate proves nothing over '" + base + "': it needs https");
        }
        try {
            instance.auth().values().forEach((name, value) -> inBodies.put(name, value.text(settings)));
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        this.sessions = new HttpSessions(this);
        this.authorizer = Authorizers.of(
                instance.auth(),
                new Surroundings(
                        instance.name(),
                        settings,
                        new TokenCalls(
                                instance, hosts, "https".equals(base.getScheme()), timeout, services, this::send),
                        sessions,
                        services.clock(),
                        services.secrets().redactor(),
                        services.connecting(),
                        services.scripts(),
                        shown(instance, instance.auth().config().secrets(), values)));
        this.governors = governors;
        this.breakers = new Breakers(instance);
        this.governor = governors.of(null);
        this.client = HttpClients.of(
                requester.config(),
                timeout,
                new GuardedDns(hosts),
                services.outbound(),
                new HttpClients.Identity(
                        base,
                        ClientTls.of(
                                instance.auth(),
                                settings,
                                services.outbound(),
                                governors.standing().certificates()),
                        NtlmLogin.of(instance.auth(), settings),
                        HttpClients.place(services.standIn(), instance.name())),
                !authorizer.signs());
        this.certificate = ClientTls.validity(instance.auth(), settings);
        this.component = new HttpComponent();
        this.producer = producer();
    }

    @Override
    public @Nullable Validity certificate() {
        return certificate;
    }

    static URI address(String what, String text) throws StepException {
        try {
            URI uri = WebAddress.parsed(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (web && plain && uri.getHost() != null && uri.getPort() <= 65_535) {
                return Target.withoutUsualPort(uri);
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new StepException(Owner.AUTHOR, "BAD_URL", what + " '" + text + "' is not an http address of a host");
    }

    static StepException refused(URI uri) {
        return new StepException(
                Owner.AUTHOR,
                "HOST_NOT_ALLOWED",
                "host '" + uri.getHost() + "' is not among the instance's allowedHosts");
    }

    private CallProducer producer() throws StepException {
        try {
            component.setCamelContext(context);
            HttpEndpoint endpoint = new HttpEndpoint(base.toString(), component, base);
            endpoint.setCamelContext(context);
            endpoint.setSkipRequestHeaders(true);
            endpoint.setSkipResponseHeaders(true);
            endpoint.setThrowExceptionOnFailure(false);
            endpoint.setClearExpiredCookies(false);
            endpoint.setHttpClient(client);
            CallProducer made = new CallProducer(endpoint, base);
            ServiceHelper.startService(endpoint, made);
            return made;
        } catch (RuntimeException e) {
            throw new StepException(
                    Owner.INTERNAL,
                    "INTERNAL",
                    "the HTTP client of instance '" + instance.name() + "' cannot be made",
                    e);
        }
    }

    /** The instance. */
    public Instance instance() {
        return instance;
    }

    CallScope settings() {
        return settings;
    }

    /** Where the placeholders of a call read. */
    CallScope scope(Request request) {
        return new CallScope(settings.settings(), request.with(), request.payload(), request.queuedAt());
    }

    ConnectorServices services() {
        return services;
    }

    /** How code of the connector's author is called that gets no secrets. */
    Pagers.Code code() {
        return new Pagers.Code(
                new ScriptCalls(services.scripts(), services.secrets().redactor()),
                shown(instance, List.of(), settings.settings()));
    }

    /** Settings that code of the connector's author may know: of the secrets those of these names only. */
    private static ObjectNode shown(Instance instance, List<String> secrets, ObjectNode settings) {
        ObjectNode shown = settings.deepCopy();
        instance.connector().config().settings().secrets().stream()
                .filter(name -> !secrets.contains(name))
                .forEach(shown::remove);
        return shown;
    }

    URI base() {
        return base;
    }

    /** Where requests go by now: to the server that an open session names, else to baseUrl. */
    URI home() {
        Proof session = authorizer.open();
        URI server = session == null ? null : session.server();
        return server == null ? base : server;
    }

    /** Whether a login names the server for further calls. */
    boolean namesServer() {
        LoginConfig login = instance.auth().config().login();
        return login != null && login.serverPath() != null;
    }

    /** Whether the proof stands in paths or bodies. */
    boolean places() {
        InjectConfig inject = instance.auth().config().inject();
        return inject != null && (inject.into() == Into.PATH || inject.into() == Into.BODY);
    }

    /** What stands in paths and bodies beside a request's own values. */
    ObjectNode placed(Proof proof) {
        ObjectNode placed = proof.values();
        placed.setAll(inBodies);
        return placed;
    }

    Hosts hosts() {
        return hosts;
    }

    Authorizer authorizer() {
        return authorizer;
    }

    @Override
    public Operation bind(Endpoint endpoint) throws StepException {
        if (endpoint.call() instanceof Endpoint.HttpCall call) {
            return new HttpOperation(endpoint, call, this);
        }
        if (endpoint.call() instanceof Endpoint.JobCall) {
            return new JobOperation(endpoint, this);
        }
        throw new StepException(Owner.AUTHOR, "BAD_ENDPOINT", "'" + endpoint.id() + "' is no HTTP request");
    }

    @Override
    public @Nullable Consent consent() {
        return authorizer.consent();
    }

    @Override
    public boolean suspect() {
        return suspect && !authorizer.paused();
    }

    /** The system refused a proof that cannot be renewed. */
    void refused() {
        suspect = true;
    }

    /** Leaves the system alone where an endpoint's rules say so. */
    @Nullable
    Breaker breaker(Endpoint endpoint) {
        return breakers.of(endpoint);
    }

    /** What calls tell of the instance. */
    Standing standing() {
        return governors.standing();
    }

    /** Keeps the instance's limits. */
    public Governor governor() {
        return governor;
    }

    /** Keeps the limits of an endpoint's calls. */
    Governor governor(Endpoint called) {
        return governors.of(called);
    }

    /** Names of the query parameters that carry the proof. */
    Set<String> proofInQuery() {
        return Authorizers.inQuery(instance.auth().config());
    }

    Duration timeout() {
        return timeout;
    }

    /** Sends a request and reads its answer. @throws Exception what the client throws */
    Reply send(WireCall call) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        exchange.getIn().setBody(call);
        try (Watch watch = call.watched(services.timer())) {
            process(exchange, watch);
        }
        Reply reply = call.reply();
        if (reply == null) {
            throw new IllegalStateException("no answer was read");
        }
        return reply;
    }

    private void process(Exchange exchange, Watch watch) throws Exception {
        WireCall.CURRENT.set((WireCall) exchange.getIn().getBody());
        try {
            producer.process(exchange);
        } catch (IOException e) {
            throw watch.over() ? new BoundedStream.TooSlow() : e;
        } finally {
            WireCall.CURRENT.remove();
        }
    }

    @Override
    public void close() {
        LoginConfig login = instance.auth().config().login();
        String logout = login == null ? null : login.logoutEndpoint();
        Proof session = authorizer.open();
        if (logout == null || session == null) {
            free();
            return;
        }
        try {
            services.workers().execute(() -> {
                sessions.end(logout, session);
                free();
            });
        } catch (RejectedExecutionException e) {
            free(); // all are busy, or the program ends: the session ends by itself
        }
    }

    private void free() {
        ServiceHelper.stopService(producer);
        client.close(org.apache.hc.core5.io.CloseMode.GRACEFUL);
    }
}
