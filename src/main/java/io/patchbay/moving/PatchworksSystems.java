package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.PatchworksParts.Kind;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Connector definitions of an export ("systems") as connectors, with an instance for each that steps name. Only what is used is made. What
 * proves who calls is never in an export; an instance names a secret for it.
 */
final class PatchworksSystems {

    private static final String[] ENDPOINTS = {"endpoints", "system_endpoints"};

    private final PatchworksReading reading;
    private final Parcel parcel;
    private final Report report;
    private final PatchworksEndpoints endpoints;
    private final PatchworksSettings settings;
    private final PatchworksAuth auth;
    private final Map<String, JsonNode> systems = new LinkedHashMap<>();
    private final Map<String, JsonNode> instances = new HashMap<>();
    private final IdentityHashMap<JsonNode, ObjectNode> made = new IdentityHashMap<>();
    private final Map<String, ObjectNode> connectors = new TreeMap<>();
    private final Map<String, MadeInstance> madeInstances = new LinkedHashMap<>();
    private final Names free = new Names();

    PatchworksSystems(PatchworksParts parts, Report report) {
        this.reading = parts.reading();
        this.parcel = parts.parcel();
        this.report = report;
        this.settings = new PatchworksSettings(reading, parcel, report);
        this.auth = new PatchworksAuth(reading, settings, report);
        this.endpoints = new PatchworksEndpoints(reading, parcel, settings, auth, report);
        for (JsonNode system : reading.list(reading.of(reading.root()).get("systems"))) {
            Fields fields = reading.of(system);
            for (String key : List.of("id", "uuid", "name", "key", "slug")) {
                if (!fields.text(key).isBlank()) {
                    systems.putIfAbsent(fields.text(key), system);
                }
            }
            for (JsonNode instance : reading.list(fields.get("connectors", "instances"))) {
                instance(instance, system);
            }
        }
        parts.all(Kind.INSTANCE).forEach(one -> instance(one, null));
    }

    private void instance(JsonNode instance, @Nullable JsonNode system) {
        Fields fields = reading.of(instance);
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
     * What a step means to call.
     *
     * @param shown what people call the instance
     * @param instance the one in the file; null where it is not in it
     * @param system null where the file has none that could be meant
     * @param wanted id or name of the endpoint
     */
    record Target(
            String shown,
            @Nullable JsonNode instance,
            @Nullable JsonNode system,
            JsonNode endpoint,
            String wanted) {

        JsonNode known() {
            return system == null ? Json.NODES.missingNode() : system;
        }
    }

    /**
     * What a step calls.
     *
     * @param connector id of the connector of which the endpoint is; null where only the name of the instance is known
     * @param given inputs that the step gives by itself, in placeholders of theirs
     * @param judge the script that judges each answer of the endpoint; missing where it has none
     * @param data where the records stand in an answer; empty for all of it
     */
    record Call(
            String instance,
            String endpoint,
            @Nullable String connector,
            ObjectNode given,
            JsonNode judge,
            String data) {}

    /** What a step means, as far as it says so; null where it does not. */
    @Nullable
    Target target(Fields config, Place at) {
        JsonNode instance = config.get("instance", "connector", "connector_id", "connector_name", "instance_id");
        JsonNode endpoint = config.get("endpoint", "endpoint_id", "endpoint_name", "system_endpoint_id");
        JsonNode named = config.get("system", "system_id", "system_name");
        String name = reading.name(instance);
        String id = reading.id(instance);
        String wanted = endpoint.isObject()
                ? PatchworksShapes.either(reading.of(endpoint).text("id"), reading.name(endpoint))
                : reading.name(endpoint);
        if (wanted.isBlank() || (name.isBlank() && named.isMissingNode())) {
            return null;
        }
        JsonNode known = instances.getOrDefault(id, instances.get(name));
        String shown = known == null || reading.of(known).text("name").isBlank()
                ? name
                : reading.of(known).text("name");
        return new Target(shown, known, system(named, known, name, wanted, at), endpoint, wanted);
    }

    @SuppressWarnings("ReferenceEquality") // one that is known by its id and by its name is one
    private @Nullable JsonNode system(
            JsonNode named, @Nullable JsonNode instance, String name, String wanted, Place at) {
        List<String> keys = new ArrayList<>(List.of(reading.id(named), reading.name(named), "of " + name));
        if (instance != null) {
            Fields fields = reading.of(instance);
            JsonNode of = fields.get("system", "system_id", "system_name");
            keys.addAll(List.of(reading.id(of), reading.name(of), "of " + fields.text("id")));
        }
        keys.add(name);
        for (String key : keys) {
            JsonNode system = key.isBlank() ? null : systems.get(key);
            if (system != null) {
                return system;
            }
        }
        JsonNode found = null;
        for (JsonNode system : systems.values()) {
            if (system != found && endpoint(system, wanted) != null) {
                if (found != null) {
                    return null;
                }
                found = system;
            }
        }
        if (found != null) {
            report.look(
                    at,
                    "the step does not say whose endpoint '" + SourceText.shown(wanted)
                            + "' is: one connector of the file alone has such a one",
                    null);
        }
        return found;
    }

    private @Nullable JsonNode endpoint(JsonNode system, String wanted) {
        JsonNode byName = null;
        for (JsonNode one : reading.list(reading.of(system).get(ENDPOINTS))) {
            Fields fields = reading.of(one);
            if (fields.text("id").equals(wanted) || fields.text("uuid").equals(wanted)) {
                return one;
            }
            byName = byName == null && fields.text("name").equals(wanted) ? one : byName;
        }
        return byName;
    }

    Call call(Target target, Place at) {
        JsonNode system = target.system();
        if (system == null) {
            report.lost(
                    at,
                    "the connector of instance '" + SourceText.shown(target.shown()) + "' is not in the file",
                    "install it, and make an instance of it with this name");
            return new Call(
                    Names.kebab(target.shown(), "instance"),
                    PatchworksEndpoints.dotted(target.wanted()),
                    null,
                    Json.NODES.objectNode(),
                    Json.NODES.missingNode(),
                    "");
        }
        ObjectNode connector = connector(system);
        String id = connector.path("connector").asText();
        JsonNode found = endpoint(system, target.wanted());
        if (found == null && target.endpoint().isObject() && target.endpoint().size() > 3) {
            found = target.endpoint();
        }
        PatchworksEndpoints.Found endpoint = endpoints.endpoint(connector, found, target.wanted(), at);
        String shown = target.shown().isBlank() ? id : target.shown();
        String name = madeInstances
                .computeIfAbsent(
                        id + "/" + shown,
                        one -> new MadeInstance(
                                free.free(Names.kebab(shown, id)), id, target.instance(), reading.at(system)))
                .name();
        return new Call(name, endpoint.id(), id, endpoint.given(), endpoint.judge(), endpoint.data());
    }

    private ObjectNode connector(JsonNode system) {
        ObjectNode known = made.get(system);
        if (known != null) {
            return known;
        }
        Fields fields = reading.of(system);
        String name = fields.text("name", "title", "key");
        Place at = reading.at(system);
        String id = freeId(Names.kebab(name, "system"), at);
        ObjectNode connector = Json.NODES
                .objectNode()
                .put("connector", id)
                .put("version", "0.1.0")
                .put("title", name.isBlank() ? id : name.strip());
        made.put(system, connector);
        connectors.put(id, connector);
        ObjectNode declared = connector.putObject("settings");
        declared.putObject("properties");
        declared.putArray("secrets");
        String protocol = fields.text("protocol", "system_type").toUpperCase(Locale.ROOT);
        if (!protocol.isBlank()
                && !protocol.contains("HTTP")
                && !protocol.contains("REST")
                && !protocol.contains("API")
                && !protocol.contains("GRAPHQL")) {
            report.lost(
                    at,
                    "connector '" + SourceText.shown(name) + "' speaks " + SourceText.shown(protocol)
                            + ": its endpoints were made as those of HTTP",
                    "for files use an instance of sftp or ftp, for SOAP of generic-soap, for brokers of rabbitmq");
        }
        settings.declare(connector, fields.get("variables", "connector_variables", "system_variables"));
        connector.putObject("auth");
        connector.putObject("requester").put("timeout", "60s");
        auth.read(connector, fields, at);
        String base = PatchworksShapes.either(fields.text("base_url", "url", "host", "api_url"), auth.base(connector));
        if (!base.isBlank()) {
            endpoints.base(connector, base, at);
        }
        connector.putObject("endpoints");
        fields.pass(
                "icon",
                "colour",
                "color",
                "description",
                "version",
                "id",
                "uuid",
                "slug",
                "key",
                "primary_colour",
                "schema",
                "labels",
                "primary_color",
                "created_at",
                "updated_at",
                "company_id",
                "is_public",
                "logo");
        return connector;
    }

    private String freeId(String wanted, Place at) {
        if (!parcel.taken("connectors/" + wanted + "/connector.yaml") && !connectors.containsKey(wanted)) {
            return wanted;
        }
        String other = parcel.prefix() + "-" + wanted;
        for (int i = 2; connectors.containsKey(other); i++) {
            other = parcel.prefix() + "-" + wanted + "-" + i;
        }
        report.look(
                at,
                "connector '" + wanted + "' is there already; the one of this file is '" + other + "'",
                "when both say the same, let the instance name the one that was there, and delete the other");
        return other;
    }

    private record MadeInstance(
            String name, String connector, @Nullable JsonNode source, Place at) {}

    /** An input that a flow gives; one that the endpoint does not declare is sent in its query. */
    void input(Call call, String name, Place at) {
        ObjectNode connector = call.connector() == null ? null : connectors.get(call.connector());
        if (connector == null) {
            return;
        }
        ObjectNode endpoint = connector.withObjectProperty("endpoints").withObjectProperty(call.endpoint());
        if (endpoint.path("inputs").has(name)) {
            return;
        }
        endpoint.withObjectProperty("inputs").putObject(name).put("required", false);
        endpoint.withObjectProperty("request").withObjectProperty("query").put(name, "${with." + name + "}");
        report.look(
                at,
                "endpoint '" + call.endpoint() + "' has no variable '" + name
                        + "' in the file: it is sent as a query parameter of that name",
                "change the connector where it belongs elsewhere");
    }

    /** Writes what was used, and tells what was not. */
    void write() {
        connectors.forEach((id, connector) -> {
            auth.finish(connector);
            endpoints.finish(connector);
            settings.finish(connector);
            parcel.put(
                    "connectors/" + id + "/connector.yaml",
                    FlowText.of(
                            List.of("Made by 'patchbay import' from an export of Patchworks; look at it, and record"
                                    + " fixtures with 'patchbay connector call --record'."),
                            connector));
            parcel.put(
                    "connectors/" + id + "/README.md",
                    "# " + connector.path("title").asText().replaceAll("[\\p{C}<>`\\[\\]]+", " ")
                            + "\n\n"
                            + "Made by `patchbay import` from an export. Where its credentials come from is not in the"
                            + " file.\n");
        });
        madeInstances.values().forEach(one -> {
            ObjectNode connector = Objects.requireNonNull(connectors.get(one.connector()));
            report.at("connectors/" + one.connector() + "/instances/" + one.name() + ".yaml");
            ObjectNode instance =
                    Json.NODES.objectNode().put("instance", one.name()).put("connector", one.connector());
            instance.put("auth", auth.chosen(connector, one.source(), one.at()));
            settings.instance(connector, one.name(), one.source(), one.at(), instance);
            parcel.put(
                    "connectors/" + one.connector() + "/instances/" + one.name() + ".yaml",
                    FlowText.of(List.of(), instance));
        });
        report.at(null);
        unused();
    }

    /** Systems, endpoints and instances that no step calls. */
    @SuppressWarnings("ReferenceEquality") // two that say the same are two
    private void unused() {
        for (JsonNode system : systems.values()) {
            Fields fields = reading.of(system);
            if (!made.containsKey(system)) {
                if (!reading.isWhole(system)) {
                    report.look(
                            reading.at(system),
                            "connector '" + SourceText.shown(reading.name(system))
                                    + "' is called by no step, and nothing is made of it",
                            null);
                    reading.whole(system);
                }
                continue;
            }
            int left = 0;
            for (JsonNode one : reading.list(fields.get(ENDPOINTS))) {
                if (!endpoints.made(one)) {
                    left++;
                    reading.whole(one);
                }
            }
            if (left > 0) {
                report.look(
                        reading.at(fields.get(ENDPOINTS)),
                        left + " of the endpoints of connector '" + SourceText.shown(reading.name(system))
                                + "' are called by no step, and not made",
                        null);
            }
            reading.list(fields.get("connectors", "instances"))
                    .forEach(one -> reading.of(one).pass("id", "uuid", "name", "created_at", "updated_at"));
        }
        instances.values().forEach(one -> {
            if (madeInstances.values().stream().noneMatch(instance -> instance.source() == one)) {
                reading.whole(one);
            }
        });
    }
}
