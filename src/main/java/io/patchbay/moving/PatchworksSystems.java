package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Connector definitions of an export ("systems") as connectors, with an instance for each that steps name. Only what is used is made. What
 * proves who calls is never in an export; an instance names a secret for it.
 */
final class PatchworksSystems {

    private final SourceText.Document document;
    private final Parcel parcel;
    private final Report report;
    private final PatchworksEndpoints endpoints;
    private final Map<String, JsonNode> systems = new LinkedHashMap<>();
    private final Map<String, JsonNode> instances = new HashMap<>();
    private final Map<String, ObjectNode> connectors = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, MadeInstance> made = new LinkedHashMap<>();
    private final Names free = new Names();

    PatchworksSystems(SourceText.Document document, PatchworksParts parts, Report report) {
        this.document = document;
        this.parcel = parts.parcel();
        this.report = report;
        this.endpoints = new PatchworksEndpoints(document, parcel, report);
        for (JsonNode system : PatchworksParts.list(document.root().path("systems"))) {
            Fields fields = new Fields(system);
            for (String key : List.of("id", "uuid", "name", "key", "slug")) {
                systems.putIfAbsent(fields.text(key), system);
            }
            for (JsonNode instance : PatchworksParts.list(fields.get("connectors", "instances"))) {
                instance(instance, system);
            }
        }
        parts.beside("connectors", "instances").forEach(one -> instance(one, null));
    }

    private void instance(JsonNode instance, @Nullable JsonNode system) {
        Fields fields = new Fields(instance);
        for (String key : List.of("id", "uuid", "name")) {
            String name = fields.text(key);
            if (!name.isBlank()) {
                instances.putIfAbsent(name, instance);
                if (system != null) {
                    systems.putIfAbsent("of " + name, system);
                }
            }
        }
    }

    /**
     * What a step calls.
     *
     * @param connector id of the connector of which the endpoint is; null where only the name of the instance is known
     */
    record Call(String instance, String endpoint, @Nullable String connector) {}

    /** What a step calls, as far as it says so; null where it does not. */
    @Nullable
    Call call(Fields config, Place at) {
        JsonNode instance = config.get("instance", "connector", "connector_id", "connector_name", "instance_id");
        JsonNode endpoint = config.get("endpoint", "endpoint_id", "endpoint_name");
        JsonNode named = config.get("system", "system_id", "system_name");
        String name = PatchworksParts.name(instance);
        String wanted = PatchworksParts.name(endpoint);
        if (wanted.isBlank() || (name.isBlank() && named.isMissingNode())) {
            return null;
        }
        JsonNode known = instances.get(instance.isObject() ? new Fields(instance).text("id", "name") : name);
        String shown =
                known == null || new Fields(known).text("name").isBlank() ? name : new Fields(known).text("name");
        JsonNode system = system(named, known, name, endpoint);
        if (system == null) {
            report.lost(
                    at,
                    "the connector of instance '" + SourceText.shown(shown) + "' is not in the file",
                    "install it, and make an instance of it with this name");
            return new Call(Names.kebab(shown, "instance"), PatchworksEndpoints.dotted(wanted), null);
        }
        ObjectNode made = connector(system);
        String id = made.path("connector").asText();
        String of = endpoints.endpoint(system, made, endpoint, wanted, at);
        return new Call(instanceOf(id, shown.isBlank() ? id : shown, document.at(system)), of, id);
    }

    private @Nullable JsonNode system(JsonNode named, @Nullable JsonNode instance, String name, JsonNode endpoint) {
        List<String> keys = new ArrayList<>(List.of(PatchworksParts.name(named), "of " + name, name));
        if (named.isObject()) {
            keys.add(new Fields(named).text("id"));
        }
        if (instance != null) {
            Fields fields = new Fields(instance);
            keys.add(PatchworksParts.name(fields.get("system", "system_id", "system_name")));
        }
        for (String key : keys) {
            JsonNode system = key.isBlank() ? null : systems.get(key);
            if (system != null) {
                return system;
            }
        }
        String wanted = PatchworksParts.name(endpoint);
        for (JsonNode system : systems.values()) {
            for (JsonNode one : PatchworksParts.list(new Fields(system).get("endpoints"))) {
                if (new Fields(one).text("id").equals(wanted)
                        || new Fields(one).text("name").equals(wanted)) {
                    return system;
                }
            }
        }
        return null;
    }

    private ObjectNode connector(JsonNode system) {
        Fields fields = new Fields(system);
        String name = fields.text("name", "title", "key");
        String key = fields.text("id") + "/" + name;
        Place at = document.at(system);
        String id = names.computeIfAbsent(key, one -> freeId(Names.kebab(name, "system"), at));
        ObjectNode made = connectors.get(id);
        if (made != null) {
            return made;
        }
        made = Json.NODES
                .objectNode()
                .put("connector", id)
                .put("version", "0.1.0")
                .put("title", name.isBlank() ? id : name.strip());
        connectors.put(id, made);
        ObjectNode settings = made.putObject("settings");
        settings.putObject("properties");
        settings.putArray("secrets");
        String protocol = fields.text("protocol", "system_type").toUpperCase(Locale.ROOT);
        if (!protocol.isBlank()
                && !protocol.contains("HTTP")
                && !protocol.contains("REST")
                && !protocol.contains("API")) {
            report.lost(
                    at,
                    "connector '" + SourceText.shown(name) + "' speaks " + SourceText.shown(protocol)
                            + ": its endpoints were made as those of HTTP",
                    "for files use an instance of sftp or ftp, for SOAP of generic-soap, for brokers of rabbitmq");
        }
        for (JsonNode variable :
                PatchworksParts.list(fields.get("variables", "connector_variables", "system_variables"))) {
            setting(made, new Fields(variable));
        }
        auth(made, fields, at);
        String base = fields.text("base_url", "url", "host", "api_url");
        ObjectNode requester = made.putObject("requester");
        if (base.isBlank()) {
            settings.withObjectProperty("properties")
                    .putObject("host")
                    .put("description", "Host of the system")
                    .put("example", "api.example.com");
            base = "https://${settings.host}";
        } else {
            base = endpoints.braces(made, base, null, at).replaceAll("/+$", "");
        }
        requester
                .put("baseUrl", base.contains("://") || base.startsWith("${") ? base : "https://" + base)
                .put("timeout", "60s");
        made.putObject("endpoints");
        fields.pass(
                "icon",
                "colour",
                "color",
                "description",
                "version",
                "id",
                "uuid",
                "slug",
                "connectors",
                "instances",
                "endpoints",
                "primary_colour",
                "schema",
                "labels",
                "primary_color");
        for (String left : fields.left()) {
            report.lost(
                    at.in(left),
                    "connector '" + SourceText.shown(name) + "': '" + SourceText.shown(left)
                            + "' is not understood and left out",
                    "docs/reference/connectors.md has the words of a connector");
        }
        return made;
    }

    private String freeId(String wanted, Place at) {
        if (!parcel.taken("connectors/" + wanted + "/connector.yaml") && !connectors.containsKey(wanted)) {
            return wanted;
        }
        String other = parcel.prefix() + "-" + wanted;
        report.look(
                at,
                "connector '" + wanted + "' is there already; the one of this file is '" + other + "'",
                "when both say the same, let the instance name the one that was there, and delete the other");
        return other;
    }

    private void setting(ObjectNode made, Fields variable) {
        String name = Names.variable(variable.text("key", "name", "alias"));
        ObjectNode properties = made.withObjectProperty("settings").withObjectProperty("properties");
        if (name.equals("_") || properties.has(name)) {
            return;
        }
        ObjectNode property = properties.putObject(name);
        String shown = variable.text("display_name", "label", "description");
        if (!shown.isBlank()) {
            property.put("description", shown);
        }
        String otherwise = variable.text("default", "default_value", "value");
        if (Secrecy.named(name)) {
            secretSetting(made, name);
            parcel.guard(otherwise);
        } else if (!otherwise.isBlank()) {
            property.put("default", Translator.literal(otherwise));
        }
    }

    private void secretSetting(ObjectNode made, String name) {
        ObjectNode settings = made.withObjectProperty("settings");
        settings.withObjectProperty("properties").withObjectProperty(name);
        for (JsonNode one : settings.path("secrets")) {
            if (one.asText().equals(name)) {
                return;
            }
        }
        settings.withArrayProperty("secrets").add(name);
    }

    private void auth(ObjectNode made, Fields system, Place at) {
        ObjectNode auth = made.putObject("auth");
        JsonNode methods = system.get(
                "auth_methods", "authentication_implementations", "auth", "authentication", "authentications");
        for (JsonNode one : methods.isArray()
                ? PatchworksParts.list(methods)
                : methods.isMissingNode() ? List.<JsonNode>of() : List.of(methods)) {
            Fields fields = new Fields(one);
            String type =
                    Fields.plain(one.isTextual() ? one.asText() : fields.text("type", "method", "auth_type", "name"));
            for (JsonNode variable : PatchworksParts.list(fields.get("variables", "auth_variables"))) {
                setting(made, new Fields(variable));
            }
            Place here = one.isContainerNode() ? document.at(one) : at;
            if (type.contains("basic")) {
                made.withObjectProperty("settings")
                        .withObjectProperty("properties")
                        .withObjectProperty("username")
                        .put("description", "User");
                secretSetting(made, "password");
                auth.putObject("basic")
                        .put("type", "basic")
                        .put("username", "${settings.username}")
                        .put("password", "${settings.password}");
            } else if (type.contains("oauth2") || type.contains("clientcredentials")) {
                String url = fields.text("token_url", "access_token_url", "login_url", "url");
                if (!url.startsWith("https://") || type.contains("code")) {
                    report.lost(
                            here,
                            "the login '" + SourceText.shown(type)
                                    + "' has no token address of https in the file, or needs a person",
                            "say it under auth of the connector: docs/reference/authentication.md");
                    continue;
                }
                made.withObjectProperty("settings")
                        .withObjectProperty("properties")
                        .withObjectProperty("clientId")
                        .put("description", "Client id");
                secretSetting(made, "clientSecret");
                ObjectNode oauth = auth.putObject("oauth");
                oauth.put("type", "oauth2ClientCredentials")
                        .putObject("token")
                        .put("url", endpoints.braces(made, url, null, here));
            } else if (type.equals("none") || type.isBlank()) {
                auth.putObject("none").put("type", "none");
            } else if (type.contains("token") || type.contains("key") || type.contains("bearer")) {
                String header = fields.text("header", "header_name", "key_name");
                secretSetting(made, "token");
                if (header.isBlank() || header.equalsIgnoreCase("authorization")) {
                    auth.putObject("token")
                            .put("type", "bearer")
                            .putObject("inject")
                            .put("format", "${settings.token}");
                } else {
                    auth.putObject("token")
                            .put("type", "apiKey")
                            .putObject("inject")
                            .put("into", "header")
                            .put("name", header)
                            .put("format", "${settings.token}");
                }
                if (!fields.text("login_url", "url", "token_url").isBlank()) {
                    report.lost(
                            here,
                            "a token that is fetched at a login is taken for one that is given",
                            "say login under auth of the connector: docs/reference/connector/login.md");
                }
            } else {
                report.lost(
                        here,
                        "the authentication '" + SourceText.shown(type) + "' is not translated",
                        "say it under auth of the connector: docs/reference/authentication.md");
            }
        }
        if (auth.isEmpty()) {
            auth.putObject("none").put("type", "none");
            report.look(
                    at,
                    "no authentication of '" + made.path("title").asText() + "' could be made, so it calls without any",
                    null);
        }
    }

    private String instanceOf(String connector, String shown, Place at) {
        return made.computeIfAbsent(
                        connector + "/" + shown,
                        one -> new MadeInstance(free.free(Names.kebab(shown, connector)), connector, at))
                .name();
    }

    private record MadeInstance(String name, String connector, Place at) {}

    /** An input that a flow gives and the endpoint does not declare. */
    void input(Call call, String name) {
        ObjectNode made = call.connector() == null ? null : connectors.get(call.connector());
        if (made != null) {
            ObjectNode endpoint = made.withObjectProperty("endpoints").withObjectProperty(call.endpoint());
            if (!endpoint.path("inputs").has(name)) {
                endpoint.withObjectProperty("inputs").putObject(name).put("required", false);
                if (!endpoint.path("path").asText().contains("${with." + name + "}")) {
                    endpoint.withObjectProperty("request")
                            .withObjectProperty("query")
                            .put(name, "${with." + name + "}");
                }
            }
        }
    }

    /** Writes what was used. */
    void write() {
        connectors.forEach((id, made) -> {
            if (made.path("endpoints").isEmpty()) {
                made.withObjectProperty("endpoints")
                        .putObject("system.read")
                        .put("kind", "read")
                        .put("method", "GET")
                        .put("path", "/");
            }
            if (made.path("settings").path("properties").isEmpty()) {
                made.remove("settings");
            } else if (made.path("settings").path("secrets").isEmpty()) {
                made.withObjectProperty("settings").remove("secrets");
            }
            parcel.put(
                    "connectors/" + id + "/connector.yaml",
                    FlowText.of(
                            List.of("Made by 'patchbay import' from an export of Patchworks; look at it, and record"
                                    + " fixtures with 'patchbay connector call --record'."),
                            made));
            parcel.put(
                    "connectors/" + id + "/README.md",
                    "# " + made.path("title").asText()
                            + "\n\n"
                            + "Made by `patchbay import` from an export. Where its credentials come from is not in the"
                            + " file.\n");
        });
        made.values().forEach(one -> {
            ObjectNode connector = connectors.get(one.connector());
            if (connector != null) {
                writeInstance(one, connector);
            }
        });
    }

    private void writeInstance(MadeInstance one, ObjectNode made) {
        String name = one.name();
        String connector = one.connector();
        ObjectNode instance = Json.NODES.objectNode().put("instance", name).put("connector", connector);
        instance.put("auth", made.path("auth").fieldNames().next());
        ObjectNode settings = Json.NODES.objectNode();
        List<String> secret = new ArrayList<>();
        made.path("settings").path("secrets").forEach(word -> secret.add(word.asText()));
        made.path("settings").path("properties").properties().forEach(property -> {
            String key = property.getKey();
            if (secret.contains(key)) {
                String wanted = Names.secret(name + "_" + key);
                settings.put(key, "${secret." + wanted + "}");
                report.at("connectors/" + connector + "/instances/" + name + ".yaml");
                report.secret(one.at(), "the value of '" + key + "' of instance '" + name + "'", wanted);
            } else if (!property.getValue().has("default")) {
                settings.put(key, property.getValue().path("example").asText("set-me"));
                report.at("connectors/" + connector + "/instances/" + name + ".yaml");
                report.look(
                        one.at(),
                        "the setting '" + key + "' of instance '" + name + "' is not in the file",
                        "write its value there");
            }
        });
        if (!settings.isEmpty()) {
            instance.set("settings", settings);
        }
        parcel.put("connectors/" + connector + "/instances/" + name + ".yaml", FlowText.of(List.of(), instance));
    }
}
