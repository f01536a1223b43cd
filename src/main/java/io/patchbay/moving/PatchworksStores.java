package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.PatchworksParts.Kind;
import io.patchbay.payload.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Steps of Patchworks that use caches and data pools. */
final class PatchworksStores {

    private final PatchworksText texts;
    private final PatchworksParts parts;
    private final PatchworksReading reading;
    private final Report report;
    private final SortedMap<String, ObjectNode> caches = new TreeMap<>();
    private final Set<String> pools = new TreeSet<>();
    private final Map<String, Place> unsaid = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<String> loaded = new HashSet<>();

    PatchworksStores(PatchworksText texts, PatchworksParts parts, Report report) {
        this.texts = texts;
        this.parts = parts;
        this.reading = parts.reading();
        this.report = report;
    }

    Made cache(Node node, Fields config, Place at, String kind) {
        String action = kind.equals("cache")
                ? Fields.plain(config.text("action", "mode", "operation", "type", "cache_action"))
                : "";
        if (action.matches(".*(load|get|read|fetch|retrieve).*")) {
            return load(config, at);
        }
        if (kind.equals("cache") && !action.matches(".*(add|set|save|store|write|put).*")) {
            report.look(
                    at,
                    node.shown() + " does not say whether it adds or loads: it adds",
                    "if it loads, write loadFromCache in its place");
        }
        ObjectNode settings = cacheOf(config, at);
        written.add(settings.path("cache").asText());
        if (config.flag(false, "append", "append_to_cache", "append_data")) {
            settings.put("append", true);
        }
        if (config.flag(false, "save_all_pages", "all_pages", "pages")) {
            settings.put("pages", true);
        }
        return new Made().shape("addToCache", settings);
    }

    private ObjectNode cacheOf(Fields config, Place at) {
        JsonNode named = config.get("cache", "cache_name", "cache_id");
        String theirs = parts.name(Kind.CACHE, named);
        if (theirs.isBlank()) {
            report.lost(
                    at,
                    "which cache is meant is not said in a way that is understood: it is called 'cache'",
                    "name it");
        }
        String name = parts.ours(Kind.CACHE, PatchworksShapes.either(theirs, "cache"), "cache", at);
        ObjectNode cache = caches.computeIfAbsent(name, one -> Json.NODES.objectNode());
        declared(cache, config, at);
        if (named.isObject()) {
            declared(cache, reading.of(named), at);
        }
        JsonNode found = parts.find(Kind.CACHE, named);
        if (found.isObject()) {
            declared(cache, reading.of(found), reading.at(found, at));
        }
        if (!cache.has("scope")) {
            unsaid.putIfAbsent(name, at);
        }
        JsonNode key = config.get("cache_key", "key", "cache_key_name");
        if (key.isContainerNode()) {
            reading.whole(key);
            report.lost(
                    at.in(config.key("cache_key", "key", "cache_key_name")),
                    "the key of the cache is not understood: it is 'all'",
                    "say key, the same where it is added and loaded");
        } else if (key.isMissingNode() || key.asText().isBlank()) {
            report.look(
                    at,
                    "the step names no key of the cache: it is 'all' here",
                    "say key, the same where it is added and loaded");
        }
        Place place = at.in(config.key("cache_key", "key", "cache_key_name"));
        String ours = key.isValueNode() ? texts.key(key.asText(), place) : "";
        return Json.NODES.objectNode().put("cache", name).put("key", PatchworksShapes.either(ours, "all"));
    }

    /** Declares a cache that steps name, beside the flow. */
    private void declared(ObjectNode cache, Fields of, Place at) {
        String scope = Fields.plain(of.text("scope", "cache_scope", "cache_level", "level", "cache_type"));
        String ours = scope.contains("company")
                ? "company"
                : scope.contains("run") ? "run" : scope.contains("flow") ? "flow" : "";
        if (!ours.isEmpty()) {
            cache.put("scope", ours);
        } else if (!scope.isEmpty()) {
            report.lost(
                    at,
                    "the scope '" + SourceText.shown(scope) + "' of a cache is not understood",
                    "a cache is of a run, of a flow, or of the company");
        }
        String[] amounts = {"retention", "ttl", "time_to_live", "retention_value", "ttl_value", "retention_period"};
        JsonNode said = of.get(amounts);
        Fields retention = said.isObject() ? reading.of(said) : of;
        int keep = retention.whole(
                0, 1_000_000, said.isObject() ? new String[] {"value", "number", "amount", "period"} : amounts);
        String unit = retention.text("retention_unit", "ttl_unit", "time_to_live_unit", "unit");
        if (said.isArray() || (said.isValueNode() && !said.asText().strip().matches("[0-9]*"))) {
            reading.whole(said);
            report.lost(at, "how long a cache keeps what it has is not understood", "say keep in stores.yaml");
        }
        String known = keep(keep, PatchworksParts.lower(unit));
        if (known != null) {
            cache.put("keep", known);
        } else if (keep > 0) {
            report.lost(
                    at,
                    "how long a cache keeps what it has, " + keep + " " + SourceText.shown(unit)
                            + ", is not understood and not taken over",
                    "say keep in stores.yaml");
        }
    }

    private static @Nullable String keep(int keep, String unit) {
        if (keep <= 0) {
            return null;
        }
        return switch (unit.replaceFirst("s$", "")) {
            case "" -> null;
            case "second", "sec" -> keep + "s";
            case "minute", "min", "m" -> keep + "m";
            case "hour", "h" -> keep + "h";
            case "day", "d" -> keep + "d";
            case "week", "w" -> keep * 7L + "d";
            default -> null;
        };
    }

    Made load(Fields config, Place at) {
        ObjectNode settings = cacheOf(config, at);
        loaded.add(settings.path("cache").asText());
        settings.put(
                "onMiss",
                config.flag(false, "fail_on_cache_miss", "fail_on_miss", "fail_if_missing") ? "fail" : "keep");
        if (config.flag(false, "load_all_pages", "all_pages", "pages")) {
            settings.put("pages", true);
        }
        if (settings.path("key").asText().replaceAll("\\$\\{[^}]*}", "").contains("*")) {
            report.look(
                    at,
                    "a * in the key of a load stands for any characters here",
                    "call the key otherwise, in both places, where that is not meant");
        }
        return new Made().shape("loadFromCache", settings);
    }

    /** What a map looks up in a cache. */
    ObjectNode looked(Fields of, Place at) {
        ObjectNode settings = cacheOf(of, at);
        loaded.add(settings.path("cache").asText());
        return settings;
    }

    Made deDupe(Node node, Fields config, Place at) {
        String key = config.text("key_field", "key", "field", "key_path", "field_path");
        if (key.isBlank()) {
            return Translator.unknown(node, report, "its key is not in the file; say deDupe: { pool, key }");
        }
        String pool = parts.name(Kind.POOL, config.get("data_pool", "pool", "data_pool_id", "data_pool_name"));
        if (pool.isBlank()) {
            report.lost(
                    at,
                    node.shown() + " does not say its data pool in a way that is understood: it is called 'pool'",
                    "name it");
        }
        ObjectNode settings = Json.NODES
                .objectNode()
                .put("pool", parts.ours(Kind.POOL, PatchworksShapes.either(pool, "pool"), "pool", at))
                .put("key", PatchworksText.hasBrackets(key) ? texts.text(key, at, false) : PatchworksText.field(key));
        pools.add(settings.path("pool").asText());
        String behaviour = Fields.plain(config.text("behaviour", "behavior", "mode", "action", "dedupe_type"));
        boolean filter = behaviour.contains("filter") || behaviour.isEmpty();
        boolean track = behaviour.contains("track") || behaviour.isEmpty();
        if (!filter && !track) {
            report.lost(
                    at,
                    "the behaviour '" + SourceText.shown(behaviour) + "' of " + node.shown() + " is not understood",
                    "behaviour is filter, track or filterAndTrack");
            return Translator.stopped(node);
        }
        if (behaviour.isEmpty()) {
            report.look(
                    at,
                    node.shown() + " does not say its behaviour: it filters and tracks",
                    "behaviour is filter, track or filterAndTrack");
        }
        settings.put("behaviour", filter && track ? "filterAndTrack" : track ? "track" : "filter")
                .put("onMissing", "keep")
                .put("dropEmpty", false);
        String entity = parts.name(Kind.ENTITY, config.get("entity", "entity_type", "entity_type_id"));
        if (!entity.isBlank()) {
            settings.put("entity", PatchworksParts.lower(entity));
        }
        return new Made().shape("deDupe", settings);
    }

    /** Writes what caches are declared as. */
    void write() {
        unsaid.forEach((name, place) -> {
            ObjectNode cache = caches.getOrDefault(name, Json.NODES.objectNode());
            if (!cache.has("scope")) {
                boolean both = written.contains(name) && loaded.contains(name);
                cache.put("scope", both ? "run" : "company");
                report.lost(
                        place,
                        "whose cache '" + name + "' is does not stand in the file: it is taken for one of "
                                + (both
                                        ? "a run, as the flow both adds to it and loads from it"
                                        : "the company, as the flow only adds to it, or only loads from it"),
                        "say scope: run, flow or company in routes/"
                                + parts.parcel().prefix() + "/stores.yaml");
            }
        });
        ObjectNode stores = Json.NODES.objectNode();
        if (!caches.isEmpty()) {
            stores.putObject("caches").setAll(caches);
        }
        // As long as values live there.
        pools.forEach(pool -> stores.withObjectProperty("pools").putObject(pool).put("keep", "90d"));
        if (!stores.isEmpty()) {
            parts.parcel().put("routes/" + parts.parcel().prefix() + "/stores.yaml", FlowText.of(List.of(), stores));
        }
    }
}
