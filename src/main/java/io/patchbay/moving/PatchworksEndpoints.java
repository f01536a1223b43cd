package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Endpoints of connector definitions of Patchworks. */
final class PatchworksEndpoints {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^{}]*)}}|\\[\\[([^\\[\\]]*)]]");

    private final SourceText.Document document;
    private final Parcel parcel;
    private final Report report;

    PatchworksEndpoints(SourceText.Document document, Parcel parcel, Report report) {
        this.document = document;
        this.parcel = parcel;
        this.report = report;
    }

    static String dotted(String name) {
        return Names.kebab(name, "endpoint").replaceFirst("-", ".");
    }

    /** A text with the variables of a definition as placeholders of a connector. */
    String braces(ObjectNode made, String theirs, @Nullable ObjectNode endpoint, Place at) {
        Matcher matcher = VARIABLE.matcher(theirs);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(Translator.literal(theirs.substring(end, matcher.start())));
            String inside = (matcher.group(1) != null ? matcher.group(1) : matcher.group(2)).strip();
            String name = Names.variable(inside.replaceFirst("^(payload|meta)\\.", ""));
            if (made.path("settings").path("properties").has(name)) {
                out.append("${settings.").append(name).append('}');
            } else if (endpoint == null) {
                made.withObjectProperty("settings")
                        .withObjectProperty("properties")
                        .putObject(name);
                out.append("${settings.").append(name).append('}');
            } else {
                endpoint.withObjectProperty("inputs").withObjectProperty(name);
                if (matcher.group(2) != null) {
                    report.lost(
                            at,
                            "'[[" + SourceText.shown(inside) + "]]' in a definition became the input '" + name
                                    + "' of the endpoint",
                            "give it in the flow, under with");
                }
                out.append("${with.").append(name).append('}');
            }
            end = matcher.end();
        }
        return out.append(Translator.literal(theirs.substring(end))).toString();
    }

    String endpoint(JsonNode system, ObjectNode made, JsonNode named, String wanted, Place at) {
        ObjectNode all = made.withObjectProperty("endpoints");
        JsonNode found = named.isObject() && named.size() > 3 ? named : null;
        for (JsonNode one : PatchworksParts.list(new Fields(system).get("endpoints"))) {
            Fields fields = new Fields(one);
            if (List.of(fields.text("id"), fields.text("name"), fields.text("uuid"))
                    .contains(wanted)) {
                found = one;
            }
        }
        if (found == null) {
            String id = dotted(wanted);
            if (!all.has(id)) {
                report.lost(
                        at,
                        "endpoint '" + SourceText.shown(wanted)
                                + "' is not in the file: one with a guessed path stands in the connector",
                        "correct its method and path");
                all.putObject(id)
                        .put("kind", "read")
                        .put("method", "GET")
                        .put("path", "/" + Names.kebab(wanted, "path"));
            }
            return id;
        }
        Fields fields = new Fields(found);
        String id = dotted(fields.text("name").isBlank() ? wanted : fields.text("name"));
        if (all.has(id)) {
            return id;
        }
        Place here = document.at(found);
        ObjectNode endpoint = Json.NODES.objectNode();
        String direction = Fields.plain(fields.text("direction", "type"));
        String method = fields.text("http_method", "method", "verb").toUpperCase(Locale.ROOT);
        boolean send = direction.contains("send") || direction.contains("push");
        method = method.isBlank() ? send ? "POST" : "GET" : method;
        endpoint.put("kind", method.equals("DELETE") ? "delete" : send || !method.equals("GET") ? "write" : "read");
        endpoint.put("title", fields.text("name"));
        endpoint.putObject("inputs");
        for (JsonNode variable : PatchworksParts.list(fields.get("variables", "endpoint_variables"))) {
            input(endpoint, new Fields(variable));
        }
        endpoint.put("method", method);
        String path = fields.text("url", "path", "uri", "endpoint")
                .replaceFirst("^https?://[^/{]+", "")
                .replaceFirst("^\\{\\{[^{}]*(url|host)[^{}]*}}", "");
        String query = path.contains("?") ? path.substring(path.indexOf('?') + 1) : "";
        path = path.replaceFirst("\\?.*$", "");
        endpoint.put("path", braces(made, path.startsWith("/") ? path : "/" + path, endpoint, here));
        ObjectNode request = Json.NODES.objectNode();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String[] both = pair.split("=", 2);
            request.withObjectProperty("query")
                    .put(both[0], braces(made, both.length > 1 ? both[1] : "", endpoint, here));
        }
        parameters(
                made,
                fields.get("parameters", "url_parameters", "query_parameters", "query"),
                "query",
                endpoint,
                request,
                here);
        parameters(made, fields.get("headers"), "headers", endpoint, request, here);
        for (JsonNode filter : PatchworksParts.list(fields.get("filters", "optional_parameters"))) {
            Fields of = new Fields(filter);
            String key = of.text("key", "name", "parameter");
            input(endpoint, of);
            request.withObjectProperty("query").put(key, "${with." + Names.variable(key) + "}");
        }
        if (!request.isEmpty()) {
            endpoint.set("request", request);
        }
        String data = fields.text("data_path", "path_to_data", "dataPath");
        endpoint.putObject("recordSelector")
                .put(
                        "path",
                        data.isBlank()
                                ? "$"
                                : "$." + PatchworksText.field(data).replaceAll("\\[\\*]$", "") + (send ? "" : "[*]"));
        paging(fields.get("pagination", "paging"), endpoint, here);
        String format = fields.text("body_format", "format", "content_type").toLowerCase(Locale.ROOT);
        if (!format.isBlank() && !format.matches("none|raw|json|application/json")) {
            report.lost(
                    here,
                    "endpoint '" + id + "': the body format '" + SourceText.shown(format) + "' is not translated",
                    "say request: { body: … }");
        }
        fields.pass(
                "id", "uuid", "name", "entity", "entity_type", "schema", "description", "example", "body", "position");
        for (String left : fields.left()) {
            report.lost(
                    here.in(left),
                    "endpoint '" + id + "': '" + SourceText.shown(left) + "' is not understood and left out",
                    "docs/reference/connector/endpoints.md has the words of an endpoint");
        }
        if (endpoint.path("inputs").isEmpty()) {
            endpoint.remove("inputs");
        }
        all.set(id, endpoint);
        made.withObjectProperty("tests")
                .withObjectProperty("withoutFixture")
                .put(id, "made by patchbay import; not recorded yet");
        return id;
    }

    private static void input(ObjectNode endpoint, Fields variable) {
        String name = Names.variable(variable.text("key", "name", "alias", "parameter"));
        ObjectNode input = endpoint.withObjectProperty("inputs").withObjectProperty(name);
        String otherwise = variable.text("default", "default_value");
        if (!otherwise.isBlank()) {
            input.put("default", Translator.literal(otherwise));
        } else if (!variable.flag(false, "required")) {
            input.put("required", false);
        }
    }

    private void parameters(
            ObjectNode made, JsonNode theirs, String into, ObjectNode endpoint, ObjectNode request, Place at) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        if (theirs.isObject()) {
            theirs.properties()
                    .forEach(one ->
                            pairs.add(Map.entry(one.getKey(), one.getValue().asText())));
        }
        if (theirs.isArray()) {
            theirs.forEach(one -> {
                Fields fields = new Fields(one);
                pairs.add(Map.entry(fields.text("key", "name"), fields.text("value", "default", "default_value")));
            });
        }
        for (Map.Entry<String, String> pair : pairs) {
            if (Secrecy.named(pair.getKey()) && Secrecy.value(pair.getValue())) {
                parcel.guard(pair.getValue());
                report.lost(
                        at,
                        "the value of '" + SourceText.shown(pair.getKey()) + "' is a secret, and is left out",
                        "make it a setting of the instance, under secrets, and name it under auth");
            } else if (!Secrecy.named(pair.getKey())
                    && !pair.getKey().isBlank()
                    && !pair.getKey().equalsIgnoreCase("content-type")) {
                request.withObjectProperty(into).put(pair.getKey(), braces(made, pair.getValue(), endpoint, at));
            }
        }
    }

    private void paging(JsonNode theirs, ObjectNode endpoint, Place at) {
        Fields fields = new Fields(theirs);
        String type = Fields.plain(theirs.isTextual() ? theirs.asText() : fields.text("type", "method", "name"));
        if (type.isEmpty() || type.equals("none")) {
            return;
        }
        ObjectNode paginator = Json.NODES.objectNode();
        String parameter = fields.text(
                "page_parameter",
                "page_parameter_name",
                "offset_parameter",
                "offset_parameter_path",
                "token_parameter",
                "token_parameter_name");
        String limit = fields.text("limit_parameter", "limit_parameter_name", "limit_parameter_path");
        if (type.contains("linkheader")) {
            paginator.put("type", "linkHeader");
        } else if (type.contains("token") && !type.contains("url")) {
            paginator
                    .put("type", "cursor")
                    .put(
                            "cursorPath",
                            "$."
                                    + PatchworksText.field(
                                            fields.text("token_path", "path_to_token", "next_page_token_path")));
            paginator
                    .putObject("inject")
                    .put("into", "query")
                    .put("name", parameter.isBlank() ? "page_token" : parameter);
        } else if (type.contains("nextpageurl") || type.contains("nexturl")) {
            paginator
                    .put("type", "nextUrl")
                    .put(
                            "cursorPath",
                            "$." + PatchworksText.field(fields.text("next_page_field", "path", "next_page_path")));
        } else if (type.contains("offset")) {
            paginator
                    .put("type", "offset")
                    .putObject("inject")
                    .put("into", "query")
                    .put("name", parameter.isBlank() ? "offset" : parameter);
        } else if (type.contains("page")) {
            paginator
                    .put("type", "pageNumber")
                    .putObject("inject")
                    .put("into", "query")
                    .put("name", parameter.isBlank() ? "page" : parameter);
        } else {
            report.lost(
                    at,
                    "the pagination '" + SourceText.shown(type) + "' is not translated: one page is read",
                    "say paginator: docs/reference/connector/paginator.md");
            return;
        }
        String size = fields.text("limit", "page_size");
        if (size.matches("[1-9][0-9]{0,5}") && !type.contains("url")) {
            paginator.put("pageSize", Integer.parseInt(size));
            paginator.put("pageSizeParam", limit.isBlank() ? "limit" : limit);
        } else if (type.contains("offset")) {
            paginator.put("pageSize", 100).put("pageSizeParam", limit.isBlank() ? "limit" : limit);
        }
        endpoint.set("paginator", paginator);
    }
}
