package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways in which lists of Patchworks go on. */
final class PatchworksPaging {

    private static final Pattern READ = Pattern.compile("\\s*\\[\\[\\s*pagination\\.([A-Za-z0-9_.-]+)\\s*]]\\s*");
    private static final String[] PARAMETER = {
        "page_parameter",
        "page_parameter_name",
        "page_parameter_path",
        "offset_parameter",
        "offset_parameter_name",
        "offset_parameter_path",
        "token_parameter",
        "token_parameter_name",
        "cursor_parameter",
        "cursor_parameter_name"
    };
    private static final String[] LIMIT = {
        "limit_parameter", "limit_parameter_name", "limit_parameter_path", "page_size_parameter"
    };
    private static final String[] TOKEN = {
        "token_path", "path_to_token", "next_page_token_path", "path_to_next_page_token", "cursor_path"
    };
    private static final String[] NEXT = {
        "next_page_field", "next_page_path", "path_to_next_page", "path", "field", "next_page_url_path"
    };

    private final PatchworksReading reading;
    private final Report report;
    /** Query parameters of the endpoint that is made now, which read how the list goes on, by what they read. */
    private final Map<String, String> parameters = new LinkedHashMap<>();

    PatchworksPaging(PatchworksReading reading, Report report) {
        this.reading = reading;
        this.report = report;
    }

    /** Takes a query parameter that says which page is asked for. @return whether it is one */
    boolean parameter(String name, String value) {
        Matcher read = READ.matcher(value);
        if (!read.matches()) {
            return false;
        }
        parameters.put(Fields.plain(read.group(1)), name);
        return true;
    }

    private String read(String... names) {
        for (String name : names) {
            String parameter = parameters.get(Fields.plain(name));
            if (parameter != null) {
                return parameter;
            }
        }
        return "";
    }

    void read(JsonNode theirs, ObjectNode endpoint, PatchworksTexts texts, Place otherwise) {
        Place at = reading.at(theirs, otherwise.in("pagination"));
        Fields fields = theirs.isTextual() ? new Fields(theirs) : reading.of(theirs);
        String type = Fields.plain(
                theirs.isTextual() ? theirs.asText() : fields.text("type", "method", "pagination_type", "name"));
        fields.pass("id", "uuid", "name", "allow_empty", "path_to_data", "data_path", "path_to_data_or_allow_empty");
        if (type.isEmpty() || type.equals("none") || type.equals("nopagination")) {
            if (!parameters.isEmpty()) {
                report.lost(
                        at,
                        "parameters read how a list goes on, and no pagination is said: one page is read",
                        "say paginator: docs/reference/connector/paginator.md");
            }
            parameters.clear();
            return;
        }
        ObjectNode paginator = Json.NODES.objectNode();
        String named = fields.text(PARAMETER);
        if (type.contains("script")) {
            lost(type, at);
            reading.whole(theirs);
            return;
        } else if (type.contains("linkheader")) {
            paginator.put("type", "linkHeader");
        } else if (type.contains("graphql") || type.contains("endcursor")) {
            paginator.put("type", "graphqlCursor");
            path(
                    paginator,
                    "cursorPath",
                    fields.text("end_cursor_path", "end_cursor", "endcursor_path", "cursor_path"));
            path(paginator, "hasMorePath", fields.text("has_next_page_path", "has_next_page", "hasnextpage_path"));
            if (!endpoint.path("request").path("body").path("type").asText().equals("graphql")) {
                report.lost(
                        at,
                        "a list of GraphQL goes on in the variables of a query, and the endpoint has none in the file",
                        "request: { body: { type: graphql, template: { query: … } } }");
            }
        } else if (type.contains("relative")) {
            path(paginator.put("type", "relativeUri"), "cursorPath", needed(fields.text(NEXT), "next", at));
        } else if (type.contains("url")) {
            path(paginator.put("type", "nextUrl"), "cursorPath", needed(fields.text(NEXT), "next", at));
        } else if (type.contains("token") || type.contains("cursor")) {
            path(paginator.put("type", "cursor"), "cursorPath", needed(fields.text(TOKEN), "next_page_token", at));
            inject(paginator, named, read("next_page_token", "token", "cursor", "page_token"), "page_token", at);
        } else if (type.contains("offset")) {
            paginator.put("type", "offset");
            inject(paginator, named, read("offset", "skip"), "offset", at);
            path(paginator, "totalPath", fields.text("total_path", "path_to_total"));
            fields.pass("count_path", "path_to_count");
        } else if (type.contains("page")) {
            paginator.put("type", "pageNumber");
            inject(paginator, named, read("page", "page_number", "current_page"), "page", at);
            path(paginator, "totalPath", fields.text("total_path", "path_to_total"));
            String start = fields.text("start", "start_page", "first_page");
            if (start.matches("[0-9]{1,6}")) {
                paginator.put("start", Integer.parseInt(start));
            }
        } else {
            lost(type, at);
            reading.whole(theirs);
            return;
        }
        size(fields, paginator, type, at);
        endpoint.set("paginator", paginator);
        if (!parameters.isEmpty()) {
            report.lost(
                    at,
                    "what the parameters " + parameters.values()
                            + " read of how the list goes on is not known: they are not sent",
                    "inject and pageSizeParam name what is sent");
        }
        parameters.clear();
        if (endpoint.toString().contains("${page.")) {
            report.lost(
                    at,
                    "the address or body reads how the list goes on",
                    "inject: { into: template, name: NAME } fills ${page.NAME}");
        }
    }

    private void lost(String type, Place at) {
        parameters.clear();
        report.lost(
                at,
                "the pagination '" + SourceText.shown(type) + "' is not translated: one page is read",
                "say paginator: docs/reference/connector/paginator.md");
    }

    private static void path(ObjectNode paginator, String key, String theirs) {
        if (!theirs.isBlank()) {
            paginator.put(key, "$." + PatchworksText.field(theirs));
        }
    }

    private String needed(String path, String otherwise, Place at) {
        if (path.isBlank()) {
            report.lost(
                    at,
                    "where an answer says how the list goes on is not understood: it is '" + otherwise + "'",
                    "cursorPath says it");
        }
        return PatchworksShapes.either(path, otherwise);
    }

    /** A parameter may be named by its way, like {@code query.page}. */
    private void inject(ObjectNode paginator, String named, String read, String otherwise, Place at) {
        parameters.values().remove(read);
        String name = PatchworksShapes.either(named, read);
        if (name.isBlank()) {
            report.look(
                    at,
                    "which parameter says how the list goes on is not understood: it is '" + otherwise + "'",
                    "inject.name says it");
        }
        boolean body = name.startsWith("body.");
        paginator
                .putObject("inject")
                .put("into", body ? "bodyJson" : "query")
                .put(
                        "name",
                        PatchworksShapes.either(
                                name.replaceFirst("^(query|body|params|parameters)\\.", ""), otherwise));
    }

    private void size(Fields fields, ObjectNode paginator, String type, Place at) {
        String size = fields.text("limit", "page_size", "per_page").strip();
        String read = read("limit", "page_size", "per_page");
        parameters.values().remove(read);
        String limit = PatchworksShapes.either(fields.text(LIMIT), read);
        boolean known = size.matches("[1-9][0-9]{0,5}");
        if (!known && !size.isEmpty() && !size.equals("0")) {
            report.lost(
                    at,
                    "how many records a page has, '" + SourceText.shown(size) + "', is not understood",
                    "pageSize says it");
        }
        if (!known && !type.contains("offset") && limit.isBlank()) {
            return;
        }
        if (!known || (limit.isBlank() && !type.contains("url"))) {
            report.look(
                    at,
                    "how many records a page has, or by which parameter that is said, is not in the file: "
                            + (known ? size : "100") + " by '" + PatchworksShapes.either(limit, "limit") + "'",
                    "pageSize and pageSizeParam say it");
        }
        if (limit.isBlank() && type.contains("url")) {
            return;
        }
        paginator.put("pageSize", known ? Integer.parseInt(size) : 100);
        paginator.put(
                "pageSizeParam",
                PatchworksShapes.either(
                        limit.replaceFirst("^(query|params|parameters)\\.", ""),
                        type.contains("graphql") ? "first" : "limit"));
    }
}
