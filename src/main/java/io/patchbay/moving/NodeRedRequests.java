package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;

/** HTTP requests of Node-RED. */
final class NodeRedRequests {

    private final NodeRedText texts;
    private final Report report;
    private final HttpShapes http;

    NodeRedRequests(NodeRedText texts, Parcel parcel, Report report) {
        this.texts = texts;
        this.report = report;
        this.http = new HttpShapes(parcel, report);
    }

    Made request(Node node, Fields fields) {
        ObjectNode headers = Json.NODES.objectNode();
        for (JsonNode one : fields.get("headers")) {
            String key = one.path("keyValue").asText(one.path("keyType").asText());
            JsonNode value = texts.value(
                    one.path("valueValue").asText(),
                    one.path("valueType").asText("str").matches("other|str|")
                            ? "str"
                            : one.path("valueType").asText(),
                    node.place().in("headers"));
            if (value != null && !key.isBlank()) {
                headers.set(key, value);
            }
        }
        String method = fields.text("method");
        if (method.equals("use")) {
            report.lost(
                    node.place().in("method"),
                    node.shown() + " takes its method from the message; GET is sent",
                    "a route with a connection for each method says which");
        }
        String pass = fields.text("paytoqs");
        if (pass.equals("query") || pass.equals("true")) {
            report.lost(
                    node.place().in("paytoqs"),
                    node.shown() + " sends the payload as the query, which is left out",
                    "name the parameters under with: { query: { … } }");
        }
        String auth = fields.text("authType");
        String answer = fields.text("ret");
        if (answer.equals("bin")) {
            report.lost(
                    node.place().in("ret"),
                    node.shown() + " takes the answer as bytes; it is read as JSON here",
                    "use the endpoint file.get");
        }
        if (!fields.flag(false, "senderr")) {
            report.look(
                    node.place(),
                    node.shown() + " lets an answer with another status than 2xx go on; here such a call fails",
                    "put a try around it");
        }
        fields.pass("tls", "persist", "proxy", "insecureHTTPParser", "senderr", "credentials");
        boolean text = answer.isBlank() || answer.equals("txt");
        if (text) {
            report.look(
                    node.place(),
                    node.shown() + " takes the answer as a text, also where it is JSON",
                    "json.get reads JSON at once");
        }
        return http.made(
                node,
                new HttpShapes.Call(
                        method.isBlank() || method.equals("use") ? "GET" : method,
                        texts.mustache(fields.text("url"), node.place().in("url"), false),
                        Json.NODES.objectNode(),
                        headers,
                        null,
                        auth.isBlank() ? node.source().path("credentials").has("user") ? "basic" : "" : auth,
                        text));
    }
}
