package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.CheckConfig;
import io.patchbay.connector.definition.ConnectorConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.LoginConfig;
import io.patchbay.connector.definition.PropertyConfig;
import io.patchbay.connector.definition.RequesterConfig;
import io.patchbay.connector.definition.Text;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a connector file as a whole and compiles it. */
final class ConnectorCompiler {

    private static final Set<String> SCHEMES = Set.of("http", "https", "sftp", "file");
    private static final Set<AuthConfig.Type> FILES =
            Set.of(AuthConfig.Type.NONE, AuthConfig.Type.BASIC, AuthConfig.Type.SSH_KEY);

    private final ConnectorConfig config;
    private final Compiling compiling;

    ConnectorCompiler(ConnectorConfig config, Node root, Problems problems) {
        this.config = config;
        Set<String> names = new HashSet<>(config.settings().properties().keySet());
        names.addAll(config.settings().secrets());
        this.compiling = new Compiling(
                root, problems, names, Set.copyOf(config.settings().secrets()));
    }

    /** The connector, or null when problems got an error. */
    @Nullable
    Connector compile(String file, String hash) {
        long before = compiling.problems().errors();
        checkSettings();
        Requester requester = requester();
        Map<String, AuthMethod> auth = new LinkedHashMap<>();
        config.auth().forEach((id, method) -> checkMethod(id, method.type()));
        config.auth()
                .forEach((id, method) ->
                        auth.put(id, new AuthCompiler(compiling, config.endpoints()).compile(id, method)));
        ErrorRules errors =
                new ErrorsCompiler(compiling).compile(config.errorHandler(), ErrorsCompiler.DEFAULT, "errorHandler");
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        config.endpoints().forEach((id, endpoint) -> {
            endpoints.put(
                    id,
                    new EndpointCompiler(compiling, errors, logins(), config.endpoints(), proofs())
                            .compile(id, endpoint));
            checkInputs(id, endpoint.inputs());
            checkTransport(id, endpoint.file() != null);
        });
        checkCheck();
        Map<String, WebhookEvent> webhooks = new LinkedHashMap<>();
        WebhookCompiler events = new WebhookCompiler(compiling, config.endpoints());
        config.webhooks().forEach((id, webhook) -> webhooks.put(id, events.compile(id, webhook)));
        return compiling.problems().errors() > before
                ? null
                : new Connector(
                        Version.parse(config.version()), config, file, hash, requester, auth, endpoints, webhooks);
    }

    /** Endpoints that open sessions: the one place besides auth and headers where secrets may be sent. */
    private Set<String> logins() {
        return config.auth().values().stream()
                .map(AuthConfig::login)
                .filter(Objects::nonNull)
                .map(LoginConfig::endpoint)
                .collect(Collectors.toSet());
    }

    /** What ways to prove who calls put into paths and bodies, by name. */
    private Map<Into, Set<String>> proofs() {
        return config.auth().values().stream()
                .map(AuthConfig::inject)
                .filter(inject -> inject != null && inject.name() != null)
                .collect(Collectors.groupingBy(
                        InjectConfig::into,
                        Collectors.mapping(inject -> String.valueOf(inject.name()), Collectors.toSet())));
    }

    private void checkSettings() {
        for (Map.Entry<String, PropertyConfig> entry :
                config.settings().properties().entrySet()) {
            PropertyConfig property = entry.getValue();
            compiling.regex(property.pattern(), "settings", "properties", entry.getKey(), "pattern");
            Literal.check(property.fallback(), property.type(), property.choices(), "default")
                    .ifPresent(what -> compiling.error(
                            compiling.at("settings", "properties", entry.getKey(), "default"),
                            "BAD_VALUE",
                            what,
                            null));
        }
    }

    private void checkInputs(String endpoint, Map<String, InputConfig> inputs) {
        inputs.forEach((name, input) -> Literal.check(input.fallback(), input.type(), input.choices(), "default")
                .ifPresent(what -> compiling.error(
                        compiling.at("endpoints", endpoint, "inputs", name, "default"), "BAD_VALUE", what, null)));
    }

    private Requester requester() {
        RequesterConfig requester = config.requester();
        if (requester == null) {
            compiling.error(
                    compiling.at(),
                    "MISSING_KEY",
                    "connector needs the key 'requester'",
                    "at least {baseUrl: https://…}");
            requester = new RequesterConfig(
                    Text.of("https://nowhere.invalid", compiling.at()),
                    Map.of(),
                    Map.of(),
                    java.time.Duration.ofSeconds(30),
                    java.time.Duration.ofSeconds(5),
                    RequesterConfig.Compression.NONE,
                    null,
                    null,
                    RequesterConfig.Redirects.NONE,
                    org.springframework.util.unit.DataSize.ofMegabytes(1),
                    1,
                    null);
        }
        String scheme = scheme(requester);
        if (scheme == null || !SCHEMES.contains(scheme)) {
            compiling.error(
                    requester.baseUrl().at(),
                    "BAD_URL",
                    "baseUrl '" + requester.baseUrl().node().text() + "' must begin with https:, http:, sftp: or file:",
                    null);
        }
        List<Text> allowed = requester.allowedHosts();
        return new Requester(
                requester,
                compiling.template(requester.baseUrl(), Where.FIXED),
                compiling.parameters(requester.headers(), Where.AUTH),
                compiling.parameters(requester.query(), Where.FIXED),
                allowed == null
                        ? null
                        : allowed.stream()
                                .map(host -> compiling.template(host, Where.FIXED))
                                .toList(),
                compiling.optional(requester.knownHosts(), Where.FIXED));
    }

    private static @Nullable String scheme(RequesterConfig requester) {
        String text = requester.baseUrl().node().text();
        int colon = text.indexOf(':');
        return colon < 0 ? null : text.substring(0, colon);
    }

    private void checkTransport(String endpoint, boolean file) {
        RequesterConfig requester = config.requester();
        String scheme = requester == null ? null : scheme(requester);
        if (scheme == null || !SCHEMES.contains(scheme)) {
            return;
        }
        boolean files = scheme.equals("sftp") || scheme.equals("file");
        if (files != file) {
            compiling.error(
                    compiling.at("endpoints", endpoint),
                    "NOT_HERE",
                    file
                            ? "a file operation needs a baseUrl of sftp: or file:"
                            : "an HTTP request needs a baseUrl of http:",
                    null);
        }
    }

    /** A method that does not belong to the transport would prove nothing, without a word. */
    private void checkMethod(String id, AuthConfig.Type type) {
        RequesterConfig requester = config.requester();
        String scheme = requester == null ? null : scheme(requester);
        if (scheme == null || !SCHEMES.contains(scheme)) {
            return;
        }
        boolean web = scheme.startsWith("http");
        String needed = null;
        if (web && type == AuthConfig.Type.SSH_KEY) {
            needed = "sftp:";
        } else if (!web && !FILES.contains(type)) {
            needed = "https: or http:";
        } else if (scheme.equals("http") && type == AuthConfig.Type.MTLS) {
            needed = "https:";
        }
        if (needed != null) {
            compiling.error(
                    compiling.at("auth", id, "type"),
                    "NOT_HERE",
                    "this way to prove who calls needs a baseUrl of " + needed,
                    null);
        }
    }

    private void checkCheck() {
        CheckConfig check = config.check();
        if (check == null) {
            return;
        }
        if (!config.endpoints().containsKey(check.endpoint())) {
            compiling.error(
                    compiling.at("check", "endpoint"),
                    "UNKNOWN_ENDPOINT",
                    "'" + check.endpoint() + "' is not an endpoint of this connector",
                    DidYouMean.hint(check.endpoint(), config.endpoints().keySet()));
        }
        if (check.expect() != null) {
            compiling.parsed(check.expect().jsonPath(), Place::parse, "check", "expect", "jsonPath");
        }
    }
}
