package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Durations;
import io.patchbay.moving.CamelExport.Records;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Connections by the connector generic-http as calls of Camel's own HTTP component. Secrets are properties, which whoever runs the routes gives. */
final class CamelHttp {

    private static final Map<String, String> METHODS = Map.of(
            "json.get",
            "GET",
            "list.get",
            "GET",
            "text.get",
            "GET",
            "xml.get",
            "GET",
            "json.post",
            "POST",
            "json.put",
            "PUT",
            "json.patch",
            "PATCH",
            "any.delete",
            "DELETE");
    private static final Pattern SECRET = Pattern.compile("\\$\\{\\s*secret\\.([A-Za-z0-9_.-]+)\\s*}");

    private static final Pattern ANY = Pattern.compile("\\$\\{[^{}]*}");
    private static final Pattern READ = Pattern.compile("\\$\\{(?:variable\\.|header\\.|body|exception\\.)[^{}]*}");
    private static final String META = "meta_";

    /** What a call that failed is made again for, as the connector has it. */
    private static final String AGAIN = "408,425,429,500,502,503,504";

    private static final int AGAIN_AT_MOST = 4;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Function<String, Optional<JsonNode>> instances;
    private final CamelText texts;
    private final Lack lack;
    private final Map<String, String> properties = new TreeMap<>();
    private final String id;
    private final Map<String, ObjectNode> tries = new TreeMap<>();
    private final ArrayNode calls = Json.NODES.arrayNode();
    private Set<String> metadata = Set.of();

    CamelHttp(String id, Function<String, Optional<JsonNode>> instances, CamelText texts, Lack lack) {
        this.id = id;
        this.instances = instances;
        this.texts = texts;
        this.lack = lack;
    }

    /** Headers that are metadata of the flow. A call sends none of them, and they are there again behind it. */
    void metadata(Set<String> names) {
        metadata = names;
    }

    /** Names of properties that the routes read, with what they are. */
    Map<String, String> properties() {
        return properties;
    }

    /** The routes in which the calls are made, and how often each is made again. */
    void routes(ArrayNode routes) {
        tries.forEach((name, configuration) -> routes.addObject().set("routeConfiguration", configuration));
        routes.addAll(calls);
    }

    /** @param around the shape with what stands around it: how often it is tried again, and how long one try may take */
    @Nullable
    Records connection(JsonNode around, Location at, String name, @Nullable Records form, ArrayNode steps) {
        JsonNode of = around.path("connection");
        String endpoint = of.path("endpoint").asText();
        JsonNode instance = instances.apply(of.path("instance").asText()).orElse(null);
        String method = METHODS.get(endpoint);
        if (instance == null || !instance.path("connector").asText().startsWith("generic-http") || method == null) {
            lack.add(
                    at,
                    "the call of '" + endpoint + "' at '" + of.path("instance").asText() + "' needs its connector",
                    "calls by generic-http of json.get, json.post, json.put, json.patch, text.get, xml.get and"
                            + " any.delete have a counterpart");
            return form;
        }
        if (endpoint.equals("list.get")) {
            lack.add(at, "a list over pages needs Patchbay", "json.get reads one page");
        }
        for (String key : List.of("match", "response", "incremental", "connector")) {
            if (of.has(key)) {
                lack.add(at, "'" + key + "' of a connection is Patchbay's", "take it out");
            }
        }
        boolean one = form == Records.ONE;
        String output =
                of.path("output").isObject() ? "into" : of.path("output").asText("response");
        if (output.equals("into")) {
            lack.add(at, "output: { into: … } needs Patchbay", "output is response or input");
        }
        if (output.equals("input")) {
            steps.addObject()
                    .putObject("setVariable")
                    .put("name", "kept-" + name)
                    .put("simple", "${body}");
        }
        call(around, at, name, method, instance, one, steps);
        if (output.equals("input")) {
            steps.addObject().putObject("setBody").put("variable", "kept-" + name);
            return form;
        }
        if (endpoint.equals("json.get") || method.equals("POST")) {
            lack.note("the answer of " + name + " is taken for one record");
        }
        return Records.ONE;
    }

    private void call(
            JsonNode around,
            Location at,
            String shape,
            String method,
            JsonNode instance,
            boolean one,
            ArrayNode steps) {
        JsonNode of = around.path("connection");
        JsonNode settings = instance.path("settings");
        ArrayNode before = Json.NODES.arrayNode();
        ArrayNode proofs = Json.NODES.arrayNode();
        String path = ofMetadata(texts.simple(of.path("with").path("path").asText(), at, one, before));
        plain(path, "(?![.][.]?$)[A-Za-z0-9._~:,@ -]+", proofs);
        List<String> query = new ArrayList<>();
        of.path("with").path("query").properties().forEach(pair -> {
            JsonNode value = pair.getValue();
            if (value.isContainerNode()) {
                lack.add(at, "a list in a query needs Patchbay", "give a parameter one value");
            }
            String text = value.asText().contains("${")
                    ? ofMetadata(texts.simple(value.asText(), at, one, before))
                    : value.asText();
            plain(text, "[A-Za-z0-9._~:,@ -]*", proofs);
            query.add(encoded(pair.getKey()) + "=" + encodedAround(text));
        });
        ObjectNode headers = Json.NODES.objectNode();
        of.path("with")
                .path("headers")
                .properties()
                .forEach(pair -> headers.put(
                        pair.getKey(), ofMetadata(texts.simple(pair.getValue().asText(), at, one, before))));
        before.forEach(steps::add);
        // All headers of a message are sent by Camel: those of whoever called this flow are for nobody else.
        metadata.forEach(name -> steps.addObject()
                .putObject("setVariable")
                .put("name", META + name)
                .put("simple", "${header." + name + "}"));
        steps.addObject().putObject("removeHeaders").put("pattern", "*");
        proofs.forEach(steps::add);
        ObjectNode parameters = Json.NODES.objectNode();
        proof(at, instance, settings, query, parameters, steps);
        header(steps, "CamelHttpMethod", method);
        header(steps, "CamelHttpPath", path);
        if (!query.isEmpty()) {
            header(steps, "CamelHttpQuery", String.join("&", query));
        }
        if (List.of("POST", "PUT", "PATCH").contains(method)) {
            header(steps, "Content-Type", "application/json");
        } else {
            steps.addObject().putObject("setBody").putObject("simple").put("expression", "${null}");
        }
        headers.properties()
                .forEach(pair -> header(steps, pair.getKey(), pair.getValue().asText()));
        String scheme = settings.path("scheme").asText("https");
        String port = settings.has("port") ? ":" + settings.path("port").asText() : "";
        if (settings.path("host").asText().isBlank()
                || settings.path("host").asText().contains("${")) {
            lack.add(at, "the host of instance '" + of.path("instance").asText() + "' is not in its file", null);
        }
        String uri = scheme + "://" + settings.path("host").asText() + port
                + settings.path("basePath").asText("");
        steps.addObject().put("to", made(around, shape, uri, parameters));
        steps.addObject().put("convertBodyTo", "String");
        steps.addObject().putObject("removeHeaders").put("pattern", "*");
        metadata.forEach(name -> steps.addObject()
                .putObject("setHeader")
                .put("name", name)
                .put("simple", "${variable." + META + name + "}"));
    }

    /** A route of its own for a call: there it is made again, also inside of a doTry, and nothing else with it. */
    private String made(JsonNode around, String name, String uri, ObjectNode parameters) {
        Duration timeout =
                around.has("timeout") ? Durations.parse(around.path("timeout").asText()) : TIMEOUT;
        parameters.put("responseTimeout", timeout.toMillis()).put("connectTimeout", timeout.toMillis());
        ArrayNode inside = Json.NODES.arrayNode();
        ObjectNode to = inside.addObject().putObject("to");
        to.put("uri", uri).set("parameters", parameters);
        String own = "direct:" + id + "-" + name;
        String configuration = id + "-tries" + (around.has("retries") ? "-" + name : "");
        tries.computeIfAbsent(configuration, key -> tries(key, around.path("retries")));
        CamelExport.route(calls, id + "-" + name, own, Json.NODES.objectNode(), inside);
        ((ObjectNode) calls.get(calls.size() - 1).path("route")).put("routeConfigurationId", configuration);
        lack.note(
                "Camel's HTTP client makes a call again by itself, once, where the answer is 429 or 503: set the option"
                        + " automaticRetriesDisabled of the components http and https to true");
        lack.note(
                "a call is made again after a fixed wait that grows, also where the system asks for another by Retry-After");
        lack.note("what a call may take counts from one part of an answer to the next, and not for all of it");
        return own;
    }

    private static ObjectNode tries(String name, JsonNode said) {
        int again = said.isObject() ? said.path("count").asInt(3) : AGAIN_AT_MOST;
        ObjectNode configuration = Json.NODES.objectNode().put("id", name);
        ArrayNode all = configuration.putArray("onException");
        ObjectNode status = all.addObject().putObject("onException");
        status.putArray("exception").add("org.apache.camel.http.base.HttpOperationFailedException");
        status.putObject("onWhen").put("simple", "${exception.statusCode} in '" + AGAIN + "'");
        policy(status, again);
        ObjectNode unheard = all.addObject().putObject("onException");
        unheard.putArray("exception").add("java.io.IOException");
        policy(unheard, again);
        return configuration;
    }

    private static void policy(ObjectNode on, int again) {
        on.putObject("redeliveryPolicy")
                .put("maximumRedeliveries", again)
                .put("redeliveryDelay", FIRST_WAIT.toMillis())
                .put("useExponentialBackOff", true)
                .put("backOffMultiplier", 2)
                .put("maximumRedeliveryDelay", LONGEST_WAIT.toMillis())
                .put("retryAttemptedLogLevel", "WARN");
    }

    /** Metadata is in variables while a call is made. */
    private static String ofMetadata(String simple) {
        return simple.replace("${header.", "${variable." + META);
    }

    /** Camel encodes no value that is put into an address, so what would be read as another address must not come there. */
    private void plain(String simple, String pattern, ArrayNode proofs) {
        Matcher matcher = READ.matcher(simple);
        while (matcher.find()) {
            String read = matcher.group();
            proofs.addObject()
                    .putObject("validate")
                    .put("simple", read + " == null || " + read + " regex '" + pattern + "'");
            lack.note("a value of the data in an address must have no characters that an address reads, like / ? & % +,"
                    + " or the call fails: plain Camel does not encode it");
        }
    }

    private static String encodedAround(String simple) {
        Matcher matcher = ANY.matcher(simple);
        StringBuilder out = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            out.append(encoded(simple.substring(end, matcher.start()))).append(matcher.group());
            end = matcher.end();
        }
        return out.append(encoded(simple.substring(end))).toString();
    }

    private void proof(
            Location at,
            JsonNode instance,
            JsonNode settings,
            List<String> query,
            ObjectNode parameters,
            ArrayNode steps) {
        String auth = instance.path("auth").asText("none");
        switch (auth) {
            case "none" -> {}
            case "bearer" ->
                header(
                        steps,
                        "Authorization",
                        "Bearer " + property(settings.path("token").asText()));
            case "apiKey" ->
                header(steps, "X-API-Key", property(settings.path("apiKey").asText()));
            case "apiKeyInQuery" ->
                query.add("api_key=" + property(settings.path("apiKey").asText()));
            case "basic" ->
                parameters
                        .put("authMethod", "Basic")
                        .put("authUsername", property(settings.path("username").asText()))
                        .put("authPassword", property(settings.path("password").asText()))
                        .put("authenticationPreemptive", true);
            default ->
                lack.add(
                        at,
                        "auth '" + auth + "' of the instance needs Patchbay",
                        "none, basic, bearer, apiKey and apiKeyInQuery have a counterpart");
        }
    }

    /** Refuses whoever does not show the token. */
    void token(JsonNode auth, ArrayNode steps) {
        String header = auth.path("header").asText("Authorization");
        String prefix = auth.path("prefix").asText(header.equals("Authorization") ? "Bearer " : "");
        ObjectNode filter = steps.addObject().putObject("filter");
        filter.put(
                "simple",
                "${header." + header + "} != '" + prefix
                        + property(auth.path("secret").asText()) + "'");
        ArrayNode refused = filter.putArray("steps");
        header(refused, "CamelHttpResponseCode", "401");
        refused.addObject().putObject("setBody").put("constant", "");
        refused.addObject().putObject("stop");
        steps.addObject().putObject("removeHeader").put("name", header);
    }

    private String property(String value) {
        Matcher matcher = SECRET.matcher(value);
        if (!matcher.matches()) {
            return value;
        }
        properties.put(matcher.group(1), "a secret; give it as a property or in a vault of Camel");
        return "{{" + matcher.group(1) + "}}";
    }

    private static void header(ArrayNode steps, String name, String value) {
        steps.addObject()
                .putObject("setHeader")
                .put("name", name)
                .put(value.contains("${") ? "simple" : "constant", value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
