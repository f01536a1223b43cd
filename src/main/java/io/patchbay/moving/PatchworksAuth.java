package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How connector definitions of Patchworks prove who calls, as ways of ours. No export holds a secret: instances name them. */
final class PatchworksAuth {

    private static final String LOGIN = "session.open";

    private final PatchworksReading reading;
    private final PatchworksSettings settings;
    private final Report report;
    private final IdentityHashMap<ObjectNode, String> bases = new IdentityHashMap<>();
    private final IdentityHashMap<ObjectNode, ObjectNode> logins = new IdentityHashMap<>();
    private final IdentityHashMap<ObjectNode, Map<String, String>> methods = new IdentityHashMap<>();

    PatchworksAuth(PatchworksReading reading, PatchworksSettings settings, Report report) {
        this.reading = reading;
        this.settings = settings;
        this.report = report;
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
            String user = variable(
                    connector,
                    fields,
                    "(?i).*(user|login|e_?mail|consumer_?key|client_?id|key|account).*",
                    false,
                    "username",
                    "user",
                    "key",
                    "consumer_key",
                    "client_id");
            String password = variable(
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
            ObjectNode oauth = way(ways, "oauth1").put("type", "oauth1").putObject("oauth1");
            for (String[] part : new String[][] {
                {"consumerKey", "consumer_key"},
                {"consumerSecret", "consumer_secret"},
                {"token", "token_key", "token_id", "access_token", "token"},
                {"tokenSecret", "token_secret", "access_token_secret"}
            }) {
                String[] words = Arrays.copyOfRange(part, 1, part.length);
                String named = variable(connector, fields, "(?i)" + String.join("|", words), false, words);
                boolean secret = !part[0].equals("consumerKey");
                String setting = named == null ? words[0] : named;
                oauth.put(
                        part[0],
                        secret
                                ? PatchworksSettings.secret(connector, setting)
                                : PatchworksSettings.read(connector, setting));
            }
            String realm = fields.text("realm");
            if (!realm.isBlank()) {
                oauth.put("realm", PatchworksBraces.read(connector, realm, false));
            }
            String method = Fields.plain(fields.text("signature_method", "signature"));
            oauth.put("signatureMethod", method.contains("256") ? "hmacSha256" : "hmacSha1");
            sent(connector, fields, at, null);
        } else if (type.contains("oauth2")
                || type.contains("oauth")
                || type.contains("clientcredentials")
                || type.contains("authori")) {
            oauth2(connector, fields, type, at);
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

    private static ObjectNode way(ObjectNode ways, String name) {
        String free = name;
        for (int i = 2; ways.has(free); i++) {
            free = name + "-" + i;
        }
        return ways.putObject(free);
    }

    /** The variable that is one part of a proof: as a setting names it, or the declared one whose name says so. */
    private static @Nullable String variable(
            ObjectNode connector, Fields fields, String like, boolean secret, String... keys) {
        String said = fields.text(keys);
        Matcher named = PatchworksBraces.VARIABLE.matcher(said);
        if (named.find()) {
            return named.group(1);
        }
        if (said.matches("[A-Za-z_][A-Za-z0-9_]*") && PatchworksSettings.declares(connector, said)) {
            return said;
        }
        for (var names = PatchworksSettings.properties(connector).fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.matches(like)
                    && (secret || !name.matches("(?i).*(pass|secret|pwd).*") || like.contains("secret"))) {
                return name;
            }
        }
        return null;
    }

    private void oauth2(ObjectNode connector, Fields fields, String type, Place at) {
        String url = fields.text("token_url", "access_token_url", "login_url", "url");
        String authorize =
                fields.text("authorise_url", "authorize_url", "authorization_url", "authorisation_url", "auth_url");
        boolean code = type.contains("code") || !authorize.isBlank();
        if (!url.matches("(?s)(https://|\\{\\{).*") || (code && authorize.isBlank())) {
            report.lost(
                    at,
                    "the login '" + SourceText.shown(type)
                            + "' has no token address of https in the file, or none where a person consents",
                    "say it under auth of the connector: docs/reference/authentication.md");
            reading.whole(fields.source());
            return;
        }
        ObjectNode way = way(connector.withObjectProperty("auth"), "oauth")
                .put(
                        "type",
                        code
                                ? "oauth2AuthorizationCode"
                                : type.contains("password") ? "oauth2Password" : "oauth2ClientCredentials");
        String client = variable(connector, fields, "(?i).*client_?(id|key)|consumer_?key", false, "client_id");
        String secret = variable(connector, fields, "(?i).*client_?secret|consumer_?secret", true, "client_secret");
        way.put("clientId", PatchworksSettings.read(connector, client == null ? "clientId" : client))
                .put("clientSecret", PatchworksSettings.secret(connector, secret == null ? "clientSecret" : secret));
        if (type.contains("password")) {
            way.put("username", PatchworksSettings.read(connector, "username"))
                    .put("password", PatchworksSettings.secret(connector, "password"));
        }
        ObjectNode token = way.putObject("token").put("url", PatchworksBraces.read(connector, url, false));
        if (code) {
            token.put("authorizeUrl", PatchworksBraces.read(connector, authorize, false));
            report.look(
                    at,
                    "a person lets the instance in once, in the browser",
                    "docs/reference/authentication.md#connecting-an-instance-in-the-browser");
        }
        String scope = fields.text("scope", "scopes").strip();
        JsonNode several = fields.get("scopes", "scope");
        if (several.isArray()) {
            reading.whole(several);
            ArrayNode scopes = token.putArray("scopes");
            several.forEach(one -> scopes.add(one.asText()));
        } else if (!scope.isEmpty()) {
            ArrayNode scopes = token.putArray("scopes");
            List.of(scope.split("[\\s,]+")).forEach(scopes::add);
        }
        fields.pass("grant_type", "redirect_uri", "redirect_url");
        sent(connector, fields, at, null);
    }

    private void token(ObjectNode connector, Fields fields, Place at) {
        String login = fields.text("login_url", "url", "token_url");
        if (!login.isBlank()) {
            session(connector, fields, login, at);
            return;
        }
        sent(connector, fields, at, "token");
        ObjectNode ways = connector.withObjectProperty("auth");
        String header = fields.text("header", "header_name", "key_name");
        if (ways.has("token")) {
            return;
        }
        String declared =
                variable(connector, fields, "(?i).*(token|api_?key|key|secret).*", true, "token", "value", "api_key");
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

    /** A token that is fetched at a login. */
    private void session(ObjectNode connector, Fields fields, String login, Place at) {
        String path = fields.text(
                "token_path",
                "path_to_token",
                "response_token_path",
                "response_authentication_token_key",
                "token_key",
                "access_token_path");
        if (path.isBlank()) {
            report.lost(
                    at,
                    "where the answer of a login has its token is not said in a way that is understood: it is 'token'",
                    "login.tokenPath says it: docs/reference/connector/login.md");
        }
        ObjectNode ways = connector.withObjectProperty("auth");
        ObjectNode way = way(ways, "session").put("type", "sessionLogin");
        ObjectNode opens = way.putObject("login")
                .put("endpoint", LOGIN)
                .put("tokenPath", "$." + PatchworksText.field(PatchworksShapes.either(path, "token")));
        String lifetime = fields.text("expires_in", "token_lifetime", "lifetime");
        if (lifetime.matches("[1-9][0-9]{0,7}")) {
            opens.put("ttl", lifetime + "s");
        }
        String header = fields.text("token_header", "header_name", "header");
        String prefix = fields.text("token_prefix", "prefix");
        ObjectNode inject = way.putObject("inject")
                .put("into", "header")
                .put("name", PatchworksShapes.either(header, "Authorization"));
        inject.put(
                "format",
                (prefix.isBlank() ? header.isBlank() ? "Bearer " : "" : Translator.literal(prefix.strip()) + " ")
                        + "${auth.accessToken}");
        ObjectNode endpoint = Json.NODES.objectNode().put("kind", "action").put("title", "Logs in");
        String method = PatchworksShapes.either(fields.text("http_method", "login_method", "method"), "POST")
                .toUpperCase(Locale.ROOT);
        endpoint.put("method", method.matches("GET|POST|PUT|PATCH") ? method : "POST")
                .put("url", PatchworksBraces.read(connector, login, true));
        JsonNode body = fields.get("body", "login_body", "body_parameters");
        ObjectNode template = Json.NODES.objectNode();
        pairs(body).forEach((key, value) -> template.put(key, PatchworksBraces.read(connector, value, true)));
        if (template.isEmpty() && !method.equals("GET")) {
            PatchworksSettings.properties(connector).fieldNames().forEachRemaining(name -> {
                if (name.matches("(?i).*(user|login|e_?mail|pass|client|secret|key).*")) {
                    template.put(name, "${settings." + name + "}");
                }
            });
            report.look(
                    at,
                    "what a login sends is not in the file: its variables were taken, by their names",
                    "correct the body of endpoint " + LOGIN);
        }
        if (!template.isEmpty()) {
            endpoint.putObject("request").putObject("body").set("template", template);
        }
        logins.put(connector, endpoint);
        ObjectNode headers = Json.NODES.objectNode();
        pairs(fields.get("headers", "login_headers"))
                .forEach((key, value) -> headers.put(key, PatchworksBraces.read(connector, value, true)));
        headers.remove(List.of("Content-Type", "content-type", "Accept", "accept"));
        if (!headers.isEmpty()) {
            endpoint.withObjectProperty("request").set("headers", headers);
        }
    }

    /**
     * What a way to prove who calls sends with every request.
     *
     * @param proof name of the way that a secret among it becomes; null where there is one already
     */
    private void sent(ObjectNode connector, Fields fields, Place at, @Nullable String proof) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("header", pairs(fields.get("headers")));
        all.put("query", pairs(fields.get("parameters", "url_parameters", "query_parameters", "query")));
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
        if (!pairs(body).isEmpty()) {
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

    private Map<String, String> pairs(JsonNode theirs) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (theirs.isValueNode()) {
            reading.odd(theirs);
        }
        if (theirs.isObject()) {
            reading.whole(theirs);
            theirs.properties()
                    .forEach(one -> pairs.put(one.getKey(), one.getValue().asText("")));
        }
        for (JsonNode one : theirs.isArray() ? reading.list(theirs) : List.<JsonNode>of()) {
            Fields fields = reading.of(one);
            fields.pass("id", "uuid", "type", "display_name", "description", "required", "order");
            String key = fields.text("key", "name");
            if (!key.isBlank()) {
                pairs.put(key, fields.text("value", "default", "default_value"));
            }
        }
        return pairs;
    }

    /** Adds what ways to prove who calls need, and one where there is none. */
    void finish(ObjectNode connector) {
        ObjectNode login = logins.get(connector);
        if (login != null) {
            connector.withObjectProperty("endpoints").set(LOGIN, login);
            connector
                    .withObjectProperty("tests")
                    .withObjectProperty("withoutFixture")
                    .put(LOGIN, "made by patchbay import; not recorded yet");
        }
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
