package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;

/** Tokens that connector definitions of Patchworks fetch at a login: an endpoint that logs in, and a way to prove who calls that asks it. */
final class PatchworksSession {

    private static final String LOGIN = "session.open";

    private final PatchworksReading reading;
    private final Report report;
    private final IdentityHashMap<ObjectNode, ObjectNode> logins = new IdentityHashMap<>();

    PatchworksSession(PatchworksReading reading, Report report) {
        this.reading = reading;
        this.report = report;
    }

    /** A token that is fetched at a login. */
    void made(ObjectNode connector, Fields fields, String login, Place at) {
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
        ObjectNode way = PatchworksAuth.way(ways, "session").put("type", "sessionLogin");
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
        reading.pairs(body).forEach((key, value) -> template.put(key, PatchworksBraces.read(connector, value, true)));
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
        reading.pairs(fields.get("headers", "login_headers"))
                .forEach((key, value) -> headers.put(key, PatchworksBraces.read(connector, value, true)));
        headers.remove(List.of("Content-Type", "content-type", "Accept", "accept"));
        if (!headers.isEmpty()) {
            endpoint.withObjectProperty("request").set("headers", headers);
        }
    }

    /** Adds the endpoint that logs in, where there is one. */
    void finish(ObjectNode connector) {
        ObjectNode login = logins.get(connector);
        if (login != null) {
            connector.withObjectProperty("endpoints").set(LOGIN, login);
            connector
                    .withObjectProperty("tests")
                    .withObjectProperty("withoutFixture")
                    .put(LOGIN, "made by patchbay import; not recorded yet");
        }
    }
}
