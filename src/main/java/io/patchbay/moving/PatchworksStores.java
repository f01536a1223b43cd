package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Node;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Steps of Patchworks that use caches and data pools. */
final class PatchworksStores {

    private final PatchworksText texts;
    private final Parcel parcel;
    private final Report report;
    private final SortedMap<String, ObjectNode> caches = new TreeMap<>();

    PatchworksStores(PatchworksText texts, Parcel parcel, Report report) {
        this.texts = texts;
        this.parcel = parcel;
        this.report = report;
    }

    Made cache(Node node, Fields config, Place at, String kind) {
        String action = Fields.plain(config.text("action", "mode", "operation", "type"));
        if (kind.equals("cache") && (action.contains("load") || action.contains("get") || action.contains("read"))) {
            return load(config, at);
        }
        if (kind.equals("cache") && action.isEmpty()) {
            report.look(
                    at,
                    node.shown() + " does not say whether it adds or loads: it adds",
                    "if it loads, write loadFromCache in its place");
        }
        ObjectNode settings = cacheOf(config, at);
        if (config.flag(false, "append")) {
            settings.put("append", true);
        }
        if (config.flag(false, "save_all_pages", "all_pages", "pages")) {
            settings.put("pages", true);
        }
        return new Made().shape("addToCache", settings);
    }

    private ObjectNode cacheOf(Fields config, Place at) {
        JsonNode cache = config.get("cache", "cache_name", "cache_id");
        String name = Names.kebab(PatchworksShapes.either(PatchworksParts.name(cache), "cache"), "cache");
        Fields of = new Fields(cache);
        String scope = Fields.plain(config.text("scope", "cache_scope") + (cache.isObject() ? of.text("scope") : ""));
        int keep = cache.isObject()
                ? of.whole(0, 1_000_000, "retention", "ttl", "time_to_live")
                : config.whole(0, 1_000_000, "retention", "ttl", "time_to_live");
        String unit = (cache.isObject()
                ? of.text("retention_unit", "ttl_unit", "unit")
                : config.text("retention_unit", "ttl_unit", "unit"));
        declared(
                name,
                scope.contains("company")
                        ? "company"
                        : scope.contains("flowrun") || scope.contains("run")
                                ? "run"
                                : scope.contains("flow") ? "flow" : "",
                keep,
                unit);
        String key = config.text("cache_key", "key");
        if (key.contains("[[payload.*.")) {
            key = key.replaceAll("\\[\\[payload\\.\\*\\.([^\\[\\]]*)]]", "[[record:$1]]");
        }
        String ours = texts.text(key.replaceAll("\\[\\[record:[^\\[\\]]*]]", "\u0001"), at.in("key"), false);
        Matcher records = Pattern.compile("\\[\\[record:([^\\[\\]]*)]]").matcher(key);
        while (records.find()) {
            ours = ours.replaceFirst(
                    "\u0001", Matcher.quoteReplacement("${record." + PatchworksText.field(records.group(1)) + "}"));
        }
        return Json.NODES.objectNode().put("cache", name).put("key", PatchworksShapes.either(ours, "all"));
    }

    /** Declares a cache that steps name, beside the flow. */
    private void declared(String name, String scope, int keep, String unit) {
        ObjectNode cache = caches.computeIfAbsent(name, one -> Json.NODES.objectNode());
        if (!scope.isEmpty()) {
            cache.put("scope", scope);
        }
        String letter = Translator.unit(unit, "");
        if (keep > 0 && List.of("s", "m", "h", "d").contains(letter)) {
            cache.put("keep", keep + letter);
        }
        ObjectNode stores = Json.NODES.objectNode();
        stores.putObject("caches").setAll(caches);
        parcel.put("routes/" + parcel.prefix() + "/stores.yaml", FlowText.of(List.of(), stores));
    }

    Made load(Fields config, Place at) {
        ObjectNode settings = cacheOf(config, at);
        settings.put("onMiss", config.flag(false, "fail_on_cache_miss", "fail_on_miss") ? "fail" : "keep");
        if (config.flag(false, "load_all_pages", "all_pages", "pages")) {
            settings.put("pages", true);
        }
        config.pass("action", "mode", "operation", "type");
        return new Made().shape("loadFromCache", settings);
    }

    Made deDupe(Node node, Fields config) {
        String key = config.text("key_field", "key", "field", "key_path");
        if (key.isBlank()) {
            return Translator.unknown(node, report, "its key is not in the file; say deDupe: { pool, key }");
        }
        ObjectNode settings = Json.NODES
                .objectNode()
                .put(
                        "pool",
                        Names.kebab(
                                PatchworksShapes.either(
                                        PatchworksParts.name(config.get("data_pool", "pool", "data_pool_id")), "pool"),
                                "pool"))
                .put("key", PatchworksText.field(key));
        String behaviour = Fields.plain(config.text("behaviour", "behavior", "mode", "action"));
        boolean filter = behaviour.contains("filter") || behaviour.isEmpty();
        boolean track = behaviour.contains("track") || behaviour.isEmpty();
        settings.put("behaviour", filter && track ? "filterAndTrack" : track ? "track" : "filter")
                .put("onMissing", "keep")
                .put("dropEmpty", false);
        String entity = PatchworksParts.name(config.get("entity", "entity_type"));
        if (!entity.isBlank()) {
            settings.put("entity", entity.toLowerCase(Locale.ROOT));
        }
        return new Made().shape("deDupe", settings);
    }
}
