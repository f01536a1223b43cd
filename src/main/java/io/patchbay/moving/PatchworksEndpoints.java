package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Endpoints of connector definitions of Patchworks. */
final class PatchworksEndpoints {

    private static final Pattern ABSOLUTE = Pattern.compile("(?s)(https?://[^/?#]+)(.*)");
    private static final Pattern LEADING = Pattern.compile("(?s)\\{\\{\\s*([A-Za-z_][^{}]*?)\\s*}}(/.*|\\?.*|)");
    private static final String[] VARIABLES = {"variables", "endpoint_variables"};
    private static final String[] FILTERS = {"filters", "optional_parameters"};

    private final PatchworksReading reading;
    private final Parcel parcel;
    private final PatchworksAuth auth;
    private final PatchworksTexts texts;
    private final PatchworksPaging paging;
    private final Report report;
    private final IdentityHashMap<ObjectNode, String> bases = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Found> found = new IdentityHashMap<>();
    private final Map<String, Found> guessed = new HashMap<>();
    private final Set<JsonNode> made = Collections.newSetFromMap(new IdentityHashMap<>());

    PatchworksEndpoints(
            PatchworksReading reading, Parcel parcel, PatchworksSettings settings, PatchworksAuth auth, Report report) {
        this.reading = reading;
        this.parcel = parcel;
        this.auth = auth;
        this.texts = new PatchworksTexts(report);
        this.paging = new PatchworksPaging(reading, report);
        this.report = report;
    }

    static String dotted(String name) {
        return Names.kebab(name, "endpoint").replaceFirst("-", ".");
    }

    /**
     * An endpoint that was made.
     *
     * @param given inputs that the calling step gives by itself, in placeholders of theirs
     * @param judge the script that judges each answer; missing where it has none
     * @param data where the records stand in an answer, like {@code $.orders}; empty for all of it
     */
    record Found(String id, ObjectNode given, JsonNode judge, String data) {}

    boolean made(JsonNode theirs) {
        return made.contains(theirs);
    }

    /** Says where a system is. */
    void base(ObjectNode connector, String theirs, Place at) {
        String base = theirs.strip().replaceAll("/+$", "");
        bases.put(connector, base);
        String ours = texts.definition(connector, null, base, at);
        connector
                .withObjectProperty("requester")
                .put("baseUrl", ours.contains("://") || ours.startsWith("${") ? ours : "https://" + ours);
    }

    /** A connector whose system is nowhere asks its instances for the host. */
    void finish(ObjectNode connector) {
        if (!connector.path("requester").has("baseUrl")) {
            PatchworksSettings.properties(connector)
                    .putObject("host")
                    .put("description", "Host of the system")
                    .put("example", "api.example.com");
            connector.withObjectProperty("requester").put("baseUrl", "https://${settings.host}");
        }
    }

    Found endpoint(ObjectNode connector, @Nullable JsonNode theirs, String wanted, Place at) {
        ObjectNode all = connector.withObjectProperty("endpoints");
        if (theirs == null) {
            return guessed.computeIfAbsent(connector.path("connector").asText() + " " + wanted, one -> {
                String id = free(all, dotted(wanted));
                report.lost(
                        at,
                        "endpoint '" + SourceText.shown(wanted)
                                + "' is not in the file: one with a guessed path stands in the connector",
                        "correct its method and path");
                all.putObject(id)
                        .put("kind", "read")
                        .put("method", "GET")
                        .put("path", "/" + Names.kebab(wanted, "path"));
                unrecorded(connector, id);
                return new Found(id, Json.NODES.objectNode(), Json.NODES.missingNode(), "");
            });
        }
        Found known = found.get(theirs);
        if (known != null) {
            return known;
        }
        made.add(theirs);
        Fields fields = reading.of(theirs);
        String id = free(all, dotted(PatchworksShapes.either(fields.text("name"), wanted)));
        Place here = reading.at(theirs, at);
        ObjectNode endpoint = Json.NODES.objectNode();
        Found made = new Found(
                id,
                Json.NODES.objectNode(),
                fields.get("post_request_script", "response_script", "post_request_script_id", "response_script_id"),
                data(fields));
        found.put(theirs, made);
        texts.begin(endpoint, made.given());
        describe(connector, fields, endpoint, id, here);
        all.set(id, endpoint);
        unrecorded(connector, id);
        return made;
    }

    private static void unrecorded(ObjectNode connector, String id) {
        connector
                .withObjectProperty("tests")
                .withObjectProperty("withoutFixture")
                .put(id, "made by patchbay import; not recorded yet");
    }

    private static String free(ObjectNode all, String wanted) {
        String id = wanted;
        for (int i = 2; all.has(id); i++) {
            id = wanted + "-" + i;
        }
        return id;
    }

    private void describe(ObjectNode connector, Fields fields, ObjectNode endpoint, String id, Place here) {
        String direction = Fields.plain(fields.text("direction", "type"));
        String method = fields.text("http_method", "method", "verb")
                .toUpperCase(Locale.ROOT)
                .strip();
        boolean send = direction.contains("send") || direction.contains("push");
        if (!method.isBlank() && !method.matches("GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS")) {
            report.lost(
                    here,
                    "the method '" + SourceText.shown(method) + "' of endpoint '" + id + "' is none of HTTP",
                    "correct it in the connector");
            method = "";
        }
        method = method.isBlank() ? send ? "POST" : "GET" : method;
        boolean reads = !send && (method.equals("GET") || direction.contains("receive") || direction.contains("pull"));
        endpoint.put("kind", method.equals("DELETE") ? "delete" : reads ? "read" : "write");
        endpoint.put("title", fields.text("name"));
        endpoint.putObject("inputs");
        variables(endpoint, fields.get(VARIABLES));
        endpoint.put("method", method);
        ObjectNode request = Json.NODES.objectNode();
        address(
                connector,
                endpoint,
                request,
                fields.text("url", "path", "uri", "endpoint").strip(),
                here);
        JsonNode query = fields.get("parameters", "url_parameters", "query_parameters", "query");
        send(connector, reading.pairs(query), "query", endpoint, request, reading.at(query, here));
        JsonNode headers = fields.get("headers");
        send(connector, reading.pairs(headers), "headers", endpoint, request, reading.at(headers, here));
        for (JsonNode filter : reading.list(fields.get(FILTERS))) {
            Fields of = reading.of(filter);
            String key = of.text("key", "name", "parameter");
            input(endpoint, of, key, false);
            request.withObjectProperty("query").put(key, "${with." + Names.variable(key) + "}");
        }
        new PatchworksBodies(reading, parcel, texts, report).read(connector, fields, method, request, id, here);
        if (!request.isEmpty()) {
            endpoint.set("request", request);
        }
        answer(fields, endpoint, send, here);
        paging.read(fields.get("pagination", "paging"), endpoint, texts, here);
        scripts(fields, id, here);
        fields.pass(
                "id",
                "uuid",
                "name",
                "entity",
                "entity_type",
                "entity_type_id",
                "schema",
                "description",
                "example",
                "position",
                "created_at",
                "updated_at",
                "system_id",
                "order",
                "version",
                "field_tags");
        if (endpoint.path("inputs").isEmpty()) {
            endpoint.remove("inputs");
        }
    }

    private void variables(ObjectNode endpoint, JsonNode theirs) {
        if (theirs.isObject()) {
            Fields all = reading.of(theirs);
            theirs.properties().forEach(one -> {
                all.get(one.getKey());
                boolean object = one.getValue().isObject();
                input(
                        endpoint,
                        object
                                ? reading.of(one.getValue())
                                : new Fields(Json.NODES
                                        .objectNode()
                                        .put("default", one.getValue().asText(""))),
                        one.getKey(),
                        true);
            });
            return;
        }
        for (JsonNode variable : reading.list(theirs)) {
            Fields fields = variable.isTextual() ? new Fields(variable) : reading.of(variable);
            input(
                    endpoint,
                    fields,
                    variable.isTextual() ? variable.asText() : fields.text("key", "name", "alias", "parameter"),
                    true);
        }
    }

    private static void input(ObjectNode endpoint, Fields variable, String key, boolean declared) {
        ObjectNode input = endpoint.withObjectProperty("inputs").withObjectProperty(Names.variable(key));
        String otherwise = variable.text("default", "default_value");
        variable.pass(PatchworksSettings.OF_VARIABLE);
        variable.pass("display_name", "description", "data_type", "operator", "operators");
        boolean needed = variable.flag(false, "required", "is_required");
        if (!otherwise.isBlank()) {
            input.put("default", Translator.literal(otherwise));
        } else if (!declared || !needed) {
            input.put("required", false);
        }
    }

    /** An address: behind that of the system, or by itself where it leads elsewhere. */
    private void address(ObjectNode connector, ObjectNode endpoint, ObjectNode request, String theirs, Place here) {
        String rest = theirs;
        Matcher absolute = ABSOLUTE.matcher(theirs);
        Matcher leading = LEADING.matcher(theirs);
        String base = bases.get(connector);
        boolean elsewhere = false;
        if (absolute.matches()) {
            if (base == null) {
                base(connector, absolute.group(1), here);
                base = absolute.group(1);
            }
            elsewhere = !(theirs + "/").startsWith(base + "/") && !(theirs + "?").startsWith(base + "?");
            rest = elsewhere ? absolute.group(2) : theirs.substring(base.length());
            if (elsewhere && !base.startsWith(absolute.group(1))) {
                String host = texts.definition(
                        connector,
                        null,
                        absolute.group(1).replaceFirst("https?://", "").replaceFirst(":[0-9]+$", ""),
                        here);
                hosts(connector, base, here);
                connector
                        .withObjectProperty("requester")
                        .withArrayProperty("allowedHosts")
                        .add(host);
                report.look(
                        here,
                        "the endpoint calls another host than its system, and no proof is sent there",
                        "sendCredentials: true sends it");
            }
        } else if (leading.matches() && leading.group(1).matches("(?i).*(url|host|base|domain|endpoint|uri).*")) {
            if (base == null) {
                String variable = "{{" + leading.group(1) + "}}";
                base(connector, variable, here);
            }
            rest = leading.group(2);
        }
        if (theirs.isBlank()) {
            report.look(
                    here,
                    "the endpoint has no address in the file: it is that of its system",
                    "correct its path in the connector");
        }
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1).replaceFirst("#.*", "");
        String path = mark < 0 ? rest.replaceFirst("#.*", "") : rest.substring(0, mark);
        path = path.startsWith("/") ? path : "/" + path;
        if (elsewhere) {
            endpoint.put("url", texts.definition(connector, endpoint, absolute.group(1) + path, here));
        } else {
            endpoint.put("path", texts.definition(connector, endpoint, path, here));
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] both = pair.split("=", 2);
            pairs.put(both[0], both.length > 1 ? both[1] : "");
        }
        send(connector, pairs, "query", endpoint, request, here);
    }

    private void hosts(ObjectNode connector, String base, Place here) {
        ObjectNode requester = connector.withObjectProperty("requester");
        if (!requester.has("allowedHosts")) {
            requester
                    .putArray("allowedHosts")
                    .add(texts.definition(
                            connector, null, base.replaceFirst("^https?://", "").replaceFirst("[/:?].*$", ""), here));
        }
    }

    /** Headers or parameters that are sent with a request. */
    private void send(
            ObjectNode connector,
            Map<String, String> pairs,
            String into,
            ObjectNode endpoint,
            ObjectNode request,
            Place at) {
        pairs.forEach((key, value) -> {
            boolean content = into.equals("headers") && key.equalsIgnoreCase("content-type");
            if (content && (value.isBlank() || value.startsWith("application/json") || value.contains("form"))) {
                return;
            }
            if (Secrecy.named(key) && !value.isBlank()) {
                if (Secrecy.value(value)) {
                    parcel.guard(value);
                    report.lost(
                            at,
                            "the value of '" + SourceText.shown(key) + "' is a secret, and is left out",
                            "make it a setting of the instance, under secrets, and name it under auth");
                    return;
                }
                if (!value.contains("pagination.") && !endpoint.path("inputs").has(onlyVariable(value))) {
                    if (!auth.ofEndpoint(connector, into.equals("headers") ? "header" : "query", key, value)) {
                        report.lost(
                                at,
                                "'" + SourceText.shown(key)
                                        + "' looks like a proof besides that of the connector, and is left out",
                                "auth and inject say what is sent");
                    }
                    return;
                }
            }
            if (into.equals("query") && paging.parameter(key, value)) {
                return;
            }
            request.withObjectProperty(into).put(key, texts.definition(connector, endpoint, value, at));
        });
    }

    private static String onlyVariable(String value) {
        Matcher variable = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*}}").matcher(value.strip());
        return variable.matches() ? Names.variable(variable.group(1)) : "";
    }

    private static String data(Fields fields) {
        String data = fields.text("data_path", "path_to_data", "dataPath");
        String path = PatchworksText.field(data).replaceAll("\\[\\*]$", "");
        return data.isBlank() || path.equals("@") ? "" : "$." + path;
    }

    private void answer(Fields fields, ObjectNode endpoint, boolean send, Place here) {
        String data = data(fields);
        ObjectNode selector = endpoint.putObject("recordSelector");
        selector.put("path", data.isEmpty() ? "$" : data + (send ? "" : "[*]"));
        JsonNode key = fields.get("primary_key", "primary_keys");
        if (key.isTextual() && !key.asText().isBlank()) {
            selector.putArray("primaryKey").add(PatchworksText.field(key.asText()));
        } else if (key.isArray() && !key.isEmpty()) {
            PatchworksMap.paths(reading, key)
                    .forEach(one -> selector.withArrayProperty("primaryKey").add(PatchworksText.field(one)));
        }
        String[] names = {"response_format", "response_type", "response_data_type", "data_type"};
        String format = PatchworksParts.lower(fields.text(names)).replaceFirst("^(application|text)/", "");
        switch (format) {
            case "", "json", "auto", "auto-detect" -> {}
            case "xml", "csv" -> endpoint.putObject("response").put("format", format);
            case "txt", "text", "plain" -> endpoint.putObject("response").put("format", "text");
            default ->
                report.lost(
                        here.in(fields.key(names)),
                        "answers of the format '" + SourceText.shown(format) + "' are read as JSON",
                        "response: { format: … }");
        }
    }

    private void scripts(Fields fields, String id, Place here) {
        for (String name : List.of("pre_request_script", "pre_request_script_id", "request_script")) {
            JsonNode script = fields.get(name);
            if (!script.isMissingNode()
                    && !(script.isValueNode() && script.asText().isBlank())) {
                reading.whole(script);
                report.lost(
                        here.in(fields.key(name)),
                        "endpoint '" + id
                                + "': the script that changes each request before it is sent is not translated",
                        "request: { script: ./FILE.js } with a function request; docs/reference/scripts.md#scripts-of-connectors");
            }
        }
    }
}
