package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls of other programs as connections by the connector generic-http, with an instance for each address that is called and each way to prove who calls. */
final class HttpShapes {

    private static final String CONNECTOR = "generic-http";
    /** What an expression in it has, like {@code ??}, ends no part of the address. */
    private static final String EXPRESSION = "\\$\\{[^}]*}";

    private static final Pattern URL = Pattern.compile(
            "(?i)(https?)://(?:([^@/?#]*)@)?([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?(/(?:" + EXPRESSION
                    + "|[^?#])*+)?(?:\\?((?:" + EXPRESSION + "|[^#])*+))?(?:#.*)?",
            Pattern.DOTALL);
    private static final Map<String, String> ENDPOINTS = Map.of(
            "GET", "json.get", "POST", "json.post", "PUT", "json.put", "PATCH", "json.patch", "DELETE", "any.delete");

    private final Parcel parcel;
    private final Report report;

    HttpShapes(Parcel parcel, Report report) {
        this.parcel = parcel;
        this.report = report;
    }

    /**
     * A call.
     *
     * @param url text with placeholders of ours
     * @param query values with placeholders
     * @param headers values with placeholders
     * @param body what is sent, a value with placeholders; null for the payload as it is
     * @param auth name of an auth of generic-http; empty for none
     * @param text whether the answer is a text
     */
    record Call(
            String method,
            String url,
            ObjectNode query,
            ObjectNode headers,
            @Nullable JsonNode body,
            String auth,
            boolean text) {}

    Made made(Node node, Call call) {
        String method = call.method().toUpperCase(Locale.ROOT);
        String endpoint = ENDPOINTS.get(method);
        Matcher url = URL.matcher(call.url().strip());
        if (endpoint == null) {
            return Translator.unknown(
                    node,
                    report,
                    "the method " + SourceText.shown(method)
                            + " is not sent by generic-http; copy the connector and add an endpoint");
        }
        if (!url.matches()) {
            return Translator.unknown(
                    node,
                    report,
                    "its address is not one of http with a fixed host: the host is a setting of an instance of"
                            + " generic-http, the path may hold placeholders");
        }
        ObjectNode query = call.query().deepCopy();
        ObjectNode headers = Json.NODES.objectNode();
        Map<String, String> secrets = new LinkedHashMap<>();
        String auth = proof(node, url, call, query, headers, secrets);
        String path = url.group(5) == null ? "" : url.group(5).replaceFirst("^/+", "");
        if (path.endsWith("/") || path.contains("//")) {
            report.look(
                    node.place(),
                    node.shown() + " calls a path with an empty part, which is left out",
                    "when the system wants it, copy the connector");
            path = path.replaceAll("/{2,}", "/").replaceAll("/$", "");
        }
        if (path.isEmpty()) {
            return Translator.unknown(
                    node,
                    report,
                    "it calls the root of " + url.group(3)
                            + ", and generic-http calls no empty path; copy the connector and add an endpoint with"
                            + " path: /");
        }
        if (Secrecy.shaped(url.group(3) + "/" + path)) {
            Secrecy.without(url.group(3) + "/" + path, parcel);
            report.lost(
                    node.place(),
                    "the address that " + node.shown() + " calls is a secret by itself; *** stands in its place",
                    "copy the connector and give it a setting with a secret for this part of the path");
        }
        String instance = instance(url, auth, secrets, node);
        ObjectNode with = Json.NODES.objectNode().put("path", path);
        if (!query.isEmpty()) {
            with.set("query", query);
        }
        if (!headers.isEmpty()) {
            with.set("headers", headers);
        }
        Made made = new Made();
        boolean sends = List.of("POST", "PUT", "PATCH").contains(method);
        if (sends) {
            body(node, call.body(), with, made);
        }
        ObjectNode settings = Json.NODES
                .objectNode()
                .put("instance", instance)
                .put("endpoint", call.text() && method.equals("GET") ? "text.get" : endpoint);
        settings.set("with", with);
        return made.shape("connection", settings);
    }

    /** A body that the node makes of each record: it is cut to one, what the call reads of it is kept, and the body takes its place. */
    private void body(Node node, @Nullable JsonNode body, ObjectNode with, Made made) {
        if (body == null) {
            return;
        }
        made.shape("flowControl", Json.NODES.objectNode().put("size", 1).put("wrapSingle", false));
        ObjectNode kept = Json.NODES.objectNode();
        JsonNode without = kept(with, kept);
        with.setAll((ObjectNode) without);
        if (!kept.isEmpty()) {
            made.shape("setVariables", Json.NODES.objectNode().set("meta", kept));
        }
        if (body.isTextual()) {
            report.look(
                    node.place(),
                    node.shown() + " sends a text, which is sent as JSON here",
                    "for another content say contentType, and an endpoint like xml.post");
        }
        made.shape(
                "manualPayload",
                Json.NODES
                        .objectNode()
                        .set("json", Secrecy.sent(body, "", node.place(), node.shown(), report, parcel)));
    }

    private static JsonNode kept(JsonNode value, ObjectNode kept) {
        if (value.isTextual() && value.asText().contains("${record")) {
            Matcher matcher = Pattern.compile("(?<!\\$)\\$\\{record[^{}]*}").matcher(value.asText());
            StringBuilder out = new StringBuilder();
            while (matcher.find()) {
                String name = "call" + (kept.size() + 1);
                kept.put(name, matcher.group());
                matcher.appendReplacement(out, Matcher.quoteReplacement("${meta." + name + "}"));
            }
            return Translator.text(matcher.appendTail(out).toString());
        }
        if (value.isObject()) {
            ObjectNode out = Json.NODES.objectNode();
            value.properties().forEach(one -> out.set(one.getKey(), kept(one.getValue(), kept)));
            return out;
        }
        return value;
    }

    /** How the call proves who calls: what stands in the address, in headers and in the query goes to the instance, by reference. */
    private String proof(
            Node node, Matcher url, Call call, ObjectNode query, ObjectNode headers, Map<String, String> secrets) {
        String auth = call.auth().isEmpty() ? "none" : call.auth();
        if (url.group(2) != null) {
            parcel.guard(url.group(2));
            parcel.guard(url.group(2).replaceFirst("^[^:]*:", ""));
            auth = "basic";
        }
        for (Map.Entry<String, JsonNode> header : call.headers().properties()) {
            String name = header.getKey().strip();
            String value = header.getValue().asText();
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("authorization")) {
                parcel.guard(value);
                parcel.guard(value.replaceFirst("(?i)^(bearer|basic|token)\\s+", ""));
                twice(node, auth);
                auth = value.toLowerCase(Locale.ROOT).startsWith("basic") ? "basic" : "bearer";
                if (!value.toLowerCase(Locale.ROOT).startsWith("bearer") && !auth.equals("basic")) {
                    report.lost(
                            node.place(),
                            "the header Authorization of " + node.shown()
                                    + " begins with neither Bearer nor Basic; Bearer is sent",
                            "copy the connector and change its auth");
                }
            } else if (Secrecy.named(name) || lower.equals("x-api-key")) {
                parcel.guard(value);
                twice(node, auth);
                auth = "apiKey";
                if (!lower.equals("x-api-key")) {
                    report.lost(
                            node.place(),
                            "the key of " + node.shown() + " is sent as the header " + SourceText.shown(name)
                                    + "; generic-http sends X-API-Key",
                            "copy the connector and change the name under auth");
                }
            } else if (List.of("content-type", "accept", "host", "content-length", "connection", "user-agent")
                    .contains(lower)) {
                if (lower.equals("content-type") && !value.contains("json")) {
                    report.lost(
                            node.place(),
                            "the content type " + SourceText.shown(value) + " of " + node.shown()
                                    + " is not sent: JSON is",
                            "form.post, xml.post and multipart.post send others");
                }
            } else if (!name.isEmpty()) {
                headers.set(name, header.getValue());
            }
        }
        if (url.group(6) != null) {
            for (String pair : url.group(6).split("&", -1)) {
                String[] both = pair.split("=", 2);
                if (!both[0].isBlank() && !query.has(both[0])) {
                    query.put(decoded(both[0]), both.length > 1 ? decoded(both[1]) : "");
                }
            }
        }
        for (String name :
                List.copyOf(query.properties().stream().map(Map.Entry::getKey).toList())) {
            String value = query.path(name).asText();
            if (Secrecy.named(name) || name.equalsIgnoreCase("key") || Secrecy.shaped(value)) {
                parcel.guard(value);
                query.remove(name);
                twice(node, auth);
                auth = "apiKeyInQuery";
                if (!name.equals("api_key")) {
                    report.lost(
                            node.place(),
                            "the key of " + node.shown() + " is sent as the parameter " + SourceText.shown(name)
                                    + "; generic-http sends api_key",
                            "copy the connector and change the name under auth");
                }
            }
        }
        switch (auth) {
            case "bearer" -> secrets.put("token", "TOKEN");
            case "basic", "digest" -> {
                secrets.put("username", "USER");
                secrets.put("password", "PASSWORD");
            }
            case "apiKey", "apiKeyInQuery" -> secrets.put("apiKey", "KEY");
            default -> {}
        }
        return auth;
    }

    private void twice(Node node, String before) {
        if (!before.equals("none")) {
            report.lost(
                    node.place(),
                    node.shown() + " proves itself in two ways; of them " + before + " is left out",
                    "copy the connector, and say both there");
        }
    }

    private static String decoded(String text) {
        if (text.contains("${")) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private String instance(Matcher url, String auth, Map<String, String> secrets, Node node) {
        String host = url.group(3).toLowerCase(Locale.ROOT);
        String name = Names.kebab("x" + host, "x").replaceFirst("^x-?", "");
        name = name.matches("[a-z].*") ? name : "host-" + name;
        ObjectNode instance = Json.NODES.objectNode().put("auth", auth);
        ObjectNode settings = instance.putObject("settings");
        boolean plain = url.group(1).equalsIgnoreCase("http");
        if (plain) {
            settings.put("scheme", "http");
        }
        settings.put("host", host);
        if (url.group(4) != null || plain) {
            settings.put("port", url.group(4) == null ? 80 : Integer.parseInt(url.group(4)));
        }
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            String wanted = Names.secret(name + "_" + secret.getValue());
            settings.put(secret.getKey(), "${secret." + wanted + "}");
            report.secret(node.place(), "what proves who calls " + host, wanted);
        }
        return parcel.instance(CONNECTOR, name, instance);
    }
}
