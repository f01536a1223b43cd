package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How connector definitions of Patchworks prove who calls, as ways of ours. No export holds a secret: instances name them. */
final class PatchworksAuth {

    private final PatchworksReading reading;
    private final PatchworksSettings settings;
    private final Report report;
    private final PatchworksOAuth oauth;
    private final PatchworksSession sessions;
    private final IdentityHashMap<ObjectNode, String> bases = new IdentityHashMap<>();
    private final IdentityHashMap<ObjectNode, Map<String, String>> methods = new IdentityHashMap<>();

    PatchworksAuth(PatchworksReading reading, PatchworksSettings settings, Report report) {
        this.reading = reading;
        this.settings = settings;
        this.report = report;
        this.oauth = new PatchworksOAuth(reading, report);
        this.sessions = new PatchworksSession(reading, report);
    }

    /** The address that a way to prove who calls names, where the system names none. */
    String base(ObjectNode connector) {
        return bases.getOrDefault(connector, "");
    }

    void read(ObjectNode connector, Fields system, Place at) {
        JsonNode theirs = system.get(
                "auth_methods", "authentication_implementations", "auth", "authentication", "authentications");
        List<JsonNode> all =
                theirs.isArray() ? reading.list(theirs) : theirs.isMissingNode() ? List.of() : List.of(theirs);
        Map<String, String> keys = methods.computeIfAbsent(connector, one -> new HashMap<>());
        ObjectNode ways = connector.withObjectProperty("auth");
        for (JsonNode one : all) {
            int before = ways.size();
            method(connector, one, reading.at(one, at));
            if (ways.size() > before) {
                String last = "";
                for (var names = ways.fieldNames(); names.hasNext(); ) {
                    last = names.next();
                }
                for (String key : List.of("id", "uuid", "name", "type")) {
                    String said =
                            one.isTextual() ? one.asText() : reading.of(one).text(key);
                    if (!said.isBlank()) {
                        keys.putIfAbsent(said, last);
                    }
                }
            }
        }
    }

    private void method(ObjectNode connector, JsonNode one, Place at) {
        Fields fields = one.isTextual() ? new Fields(one) : reading.of(one);
        String name =
                one.isTextual() ? one.asText() : fields.text("type", "method", "auth_type", "auth_method", "name");
        String type = Fields.plain(name);
        fields.pass("id", "uuid", "name", "description", "created_at", "updated_at", "version", "order");
        settings.declare(connector, fields.get("variables", "auth_variables"));
        settings.declare(connector, fields.get("connector_variables"));
        String base = fields.text("base_url");
        if (!base.isBlank()) {
            bases.putIfAbsent(connector, base);
        }
        ObjectNode ways = connector.withObjectProperty("auth");
        if (type.contains("basic")) {
            String user = PatchworksBraces.variable(
                    connector,
                    fields,
                    "(?i).*(user|login|e_?mail|consumer_?key|client_?id|key|account).*",
                    false,
                    "username",
                    "user",
                    "key",
                    "consumer_key",
                    "client_id");
            String password = PatchworksBraces.variable(
                    connector,
                    fields,
                    "(?i).*(pass|secret|pwd|token).*",
                    true,
                    "password",
                    "secret",
                    "consumer_secret",
                    "token");
            ObjectNode basic = way(ways, "basic").put("type", "basic");
            basic.put(
                            "username",
                            user == null
                                    ? PatchworksSettings.read(connector, "username")
                                    : PatchworksSettings.read(connector, user))
                    .put("password", PatchworksSettings.secret(connector, password == null ? "password" : password));
            sent(connector, fields, at, null);
        } else if (type.contains("oauth1")) {
            oauth.one(connector, fields);
            sent(connector, fields, at, null);
        } else if (type.contains("oauth2")
                || type.contains("oauth")
                || type.contains("clientcredentials")
                || type.contains("authori")) {
            if (oauth.two(connector, fields, type, at)) {
                sent(connector, fields, at, null);
            }
        } else if (type.contains("certificate") || type.contains("mtls")) {
            way(ways, "mutual")
                    .put("type", "mtls")
                    .put("certificate", PatchworksSettings.secret(connector, "certificate"))
                    .put("key", PatchworksSettings.secret(connector, "private_key"));
        } else if (type.contains("token")
                || type.contains("key")
                || type.contains("bearer")
                || type.contains("header")
                || type.contains("custom")) {
            token(connector, fields, at);
        } else if (type.equals("none") || type.isBlank() || type.equals("noauth")) {
            sent(connector, fields, at, "token");
            if (!ways.has("token")) {
                way(ways, "none").put("type", "none");
            }
        } else {
            report.lost(
                    at,
                    "the authentication '" + SourceText.shown(name) + "' is not translated",
                    "say it under auth of the connector: docs/reference/authentication.md");
            reading.whole(one);
        }
    }

    /** Adds a way under a name that is free. */
    static ObjectNode way(ObjectNode ways, String name) {
        String free = name;
        for (int i = 2; ways.has(free); i++) {
            free = name + "-" + i;
        }
        return ways.putObject(free);
    }

    private void token(ObjectNode connector, Fields fields, Place at) {
        String login = fields.text("login_url", "url", "token_url");
        if (!login.isBlank()) {
            sessions.made(connector, fields, login, at);
            return;
        }
        sent(connector, fields, at, "token");
        ObjectNode ways = connector.withObjectProperty("auth");
        String header = fields.text("header", "header_name", "key_name");
        if (ways.has("token")) {
            return;
        }
        String declared = PatchworksBraces.variable(
                connector, fields, "(?i).*(token|api_?key|key|secret).*", true, "token", "value", "api_key");
        inject(
                connector,
                "header",
                header.isBlank() ? "Authorization" : header,
                "{{" + (declared == null ? "token" : declared) + "}}");
        if (header.isBlank()) {
            report.look(
                    at,
                    "where a token is sent is not said: it goes into the header Authorization, as Bearer",
                    "inject says it: docs/reference/connector/auth.md");
        }
    }

    /**
     * What a way to prove who calls sends with every request.
     *
     * @param proof name of the way that a secret among it becomes; null where there is one already
     */
    private void sent(ObjectNode connector, Fields fields, Place at, @Nullable String proof) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("header", reading.pairs(fields.get("headers")));
        all.put("query", reading.pairs(fields.get("parameters", "url_parameters", "query_parameters", "query")));
        all.forEach((into, pairs) -> pairs.forEach((key, value) -> {
            boolean secret = Secrecy.named(key) || PatchworksBraces.secret(value);
            if (key.equalsIgnoreCase("content-type") && value.startsWith("application/json")) {
                return;
            }
            if (secret
                    && proof != null
                    && !connector.path("auth").has(proof)
                    && PatchworksBraces.VARIABLE.matcher(value).find()) {
                inject(connector, into, key, value);
            } else if (secret) {
                report.lost(
                        at,
                        "'" + SourceText.shown(key) + "' of a proof is left out",
                        "auth says what is sent, and secrets are settings of the instance");
            } else {
                connector
                        .withObjectProperty("requester")
                        .withObjectProperty(into.equals("header") ? "headers" : "query")
                        .put(key, PatchworksBraces.read(connector, value, false));
            }
        }));
        JsonNode body = fields.get("body", "body_parameters");
        if (!reading.pairs(body).isEmpty()) {
            report.lost(
                    at,
                    "what a proof adds to the body of each request is not translated",
                    "auth: { inject: { into: body } }, docs/reference/authentication.md");
            reading.whole(body);
        }
    }

    /** A secret that stands in a header or a parameter, as a way to prove who calls. */
    private static void inject(ObjectNode connector, String into, String name, String value) {
        ObjectNode way = way(connector.withObjectProperty("auth"), "token");
        Matcher bearer = Pattern.compile("(?i)bearer\\s+(\\S.*)").matcher(value.strip());
        boolean authorization = into.equals("header") && name.equalsIgnoreCase("authorization");
        if (authorization
                && (bearer.matches()
                        || PatchworksBraces.VARIABLE.matcher(value.strip()).matches())) {
            way.put("type", "bearer")
                    .putObject("inject")
                    .put("format", PatchworksBraces.read(connector, bearer.matches() ? bearer.group(1) : value, true));
        } else {
            way.put("type", "apiKey")
                    .putObject("inject")
                    .put("into", into)
                    .put("name", name)
                    .put("format", PatchworksBraces.read(connector, value, true));
        }
    }

    /** A secret that an endpoint reads, as the way to prove who calls. @return whether it is sent so */
    boolean ofEndpoint(ObjectNode connector, String into, String name, String value) {
        if (!PatchworksBraces.VARIABLE.matcher(value).find()) {
            return false;
        }
        ObjectNode ways = connector.withObjectProperty("auth");
        if (ways.isEmpty() || (ways.size() == 1 && ways.has("none"))) {
            ways.remove("none");
            inject(connector, into, name, value);
            return true;
        }
        for (JsonNode way : ways) {
            boolean bearer = way.path("type").asText().equals("bearer") && name.equalsIgnoreCase("authorization");
            if (bearer || way.path("inject").path("name").asText().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** Adds what ways to prove who calls need, and one where there is none. */
    void finish(ObjectNode connector) {
        sessions.finish(connector);
        ObjectNode ways = connector.withObjectProperty("auth");
        if (ways.isEmpty()) {
            ways.putObject("none").put("type", "none");
            report.look(
                    Place.ROOT,
                    "no authentication of '"
                            + SourceText.shown(connector.path("title").asText())
                            + "' could be made, so it calls without any",
                    "docs/reference/authentication.md");
        }
    }

    /** Which of the ways an instance takes. */
    String chosen(ObjectNode connector, @Nullable JsonNode instance, Place at) {
        String first = connector.path("auth").fieldNames().next();
        JsonNode said = instance == null
                ? Json.NODES.missingNode()
                : reading.of(instance)
                        .get(
                                "auth_method",
                                "auth_method_id",
                                "authentication",
                                "authentication_implementation",
                                "authentication_implementation_id",
                                "auth_type");
        String chosen = methods.getOrDefault(connector, Map.of())
                .getOrDefault(
                        reading.id(said),
                        methods.getOrDefault(connector, Map.of()).get(reading.name(said)));
        if (chosen == null && connector.path("auth").size() > 1) {
            report.look(
                    at,
                    "the connector has several ways to prove who calls: the instance takes '" + first + "'",
                    "auth of the instance says which");
        }
        return chosen == null ? first : chosen;
    }
}
