package io.patchbay.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Version;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a catalogue has, as its file {@code catalogue.json} says it.
 *
 * @param made when it was made: an older one never takes the place of a newer
 */
record Catalogue(Instant made, List<Entry> entries) {

    static final String FILE = "catalogue.json";
    static final int LARGEST = 2_000_000;
    private static final int MOST = 2_000;
    private static final Pattern ARCHIVE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,120}\\.zip");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /**
     * A blueprint in it.
     *
     * @param connectors that it brings along, each as {@code id version}
     * @param file name of its archive, beside the catalogue
     * @param sha256 of the archive
     */
    record Entry(
            String id,
            String version,
            String title,
            List<String> systems,
            List<String> connectors,
            String file,
            long bytes,
            String sha256) {}

    /** Blueprints by id, each in its newest version. */
    SortedMap<String, Entry> newest() {
        return entries.stream()
                .collect(Collectors.toMap(
                        Entry::id,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparing(one -> Version.parse(one.version()))),
                        TreeMap::new));
    }

    /** Reads one. @throws BlueprintException when it is none */
    static Catalogue parse(byte[] text) {
        try {
            JsonNode root = Json.MAPPER.readTree(text);
            if (root == null
                    || root.path("catalogue").asInt() != 1
                    || !root.path("blueprints").isArray()) {
                throw new BlueprintException("it is no catalogue of this format (catalogue: 1)");
            }
            if (root.path("blueprints").size() > MOST) {
                throw new BlueprintException("it has more than " + MOST + " entries");
            }
            List<Entry> entries = new ArrayList<>();
            for (JsonNode one : root.path("blueprints")) {
                entries.add(entry(one));
            }
            return new Catalogue(Instant.parse(root.path("made").asText()), List.copyOf(entries));
        } catch (IOException | DateTimeException e) {
            throw new BlueprintException("it is no JSON, or does not say when it was made");
        }
    }

    private static Entry entry(JsonNode one) {
        Entry entry = new Entry(
                one.path("id").asText(),
                one.path("version").asText(),
                one.path("title").asText(),
                texts(one.path("systems")),
                texts(one.path("connectors")),
                one.path("file").asText(),
                one.path("bytes").asLong(),
                one.path("sha256").asText());
        if (!BlueprintReader.ID.matcher(entry.id()).matches()
                || !BlueprintReader.VERSION.matcher(entry.version()).matches()
                || !line(entry.title())
                || !ARCHIVE.matcher(entry.file()).matches()
                || !HASH.matcher(entry.sha256()).matches()
                || entry.bytes() < 1
                || entry.bytes() > Archive.LARGEST) {
            throw new BlueprintException("the entry of '"
                    + entry.id().replaceAll("[^a-z0-9-]", "?")
                    + "' is not right: it needs id, version, title, file (a name, .zip), bytes and sha256");
        }
        return entry;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list) {
            if (texts.size() < 50 && line(one.asText())) {
                texts.add(one.asText());
            }
        }
        return List.copyOf(texts);
    }

    private static boolean line(String text) {
        return text.length() <= 200 && text.chars().noneMatch(Character::isISOControl);
    }

    /** The text of its file. */
    String text() {
        ObjectNode root = Json.NODES.objectNode().put("catalogue", 1).put("made", made.toString());
        ArrayNode all = root.putArray("blueprints");
        for (Entry entry : entries) {
            ObjectNode one = all.addObject()
                    .put("id", entry.id())
                    .put("version", entry.version())
                    .put("title", entry.title());
            entry.systems().forEach(one.putArray("systems")::add);
            entry.connectors().forEach(one.putArray("connectors")::add);
            one.put("file", entry.file()).put("bytes", entry.bytes()).put("sha256", entry.sha256());
        }
        return root.toPrettyString() + "\n";
    }
}
