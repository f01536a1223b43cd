package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.canvas.YamlReader;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a single run has otherwise of what a service's source says. It is written into the text of the flow that runs, whatever the
 * service's file says by now.
 *
 * @param pageSize records of a page
 * @param attempts how often a read is tried
 * @param zone of dates that come without an offset
 */
public record OneRun(
        @Nullable Integer pageSize,
        @Nullable Integer attempts,
        @Nullable String zone) {

    private static final String DATE = "date";
    private static final String ZONE = "fromZone";
    private static final Pattern DATES = Pattern.compile("(?m)^( *# " + ServiceFlow.DATES + ")(\\S+)$");

    /** @throws IllegalArgumentException when a value is none */
    public OneRun {
        within("pageSize", pageSize, ServiceSource.MOST_RECORDS);
        within("attempts", attempts, ServiceSource.MOST_ATTEMPTS);
        try {
            if (zone != null) {
                ZoneId.of(zone);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no time zone '" + zone + "', like Europe/London", e);
        }
    }

    private static void within(String what, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw new IllegalArgumentException(what + " is a whole number from 1 to " + most + ", found " + value);
        }
    }

    /** Whether all is as usual. */
    public boolean usual() {
        return pageSize == null && attempts == null && zone == null;
    }

    /** What is otherwise, as a version is described by it. */
    public String note() {
        List<String> all = new ArrayList<>();
        if (pageSize != null) {
            all.add("pageSize " + pageSize);
        }
        if (attempts != null) {
            all.add("attempts " + attempts);
        }
        if (zone != null) {
            all.add("zone " + zone);
        }
        return "for single runs: " + String.join(", ", all);
    }

    /**
     * The text with these values.
     *
     * @param text the flow that a service became, as it runs
     * @param said the zone of the source as the service's file says it now: only asked where the text does not tell its own
     * @throws IllegalArgumentException when a value has no place in it
     */
    public String in(String text, @Nullable String said) {
        Matcher own = DATES.matcher(text);
        String usual = own.find() ? own.group(2) : said;
        YamlPatch patch = YamlPatch.of(text).orElse(null);
        Node root = new YamlReader().read("", text, new Problems()).orElse(null);
        if (patch == null || !(root instanceof MapNode flow) || !(flow.get("shapes") instanceof ListNode shapes)) {
            throw new IllegalArgumentException("what runs is no flow of a service");
        }
        int source = place(shapes, ServiceFlow.SOURCE);
        if (source < 0 && (pageSize != null || attempts != null)) {
            throw new IllegalArgumentException(
                    "what starts the service brings its records (pull: false in what runs), so no page is read and no read is tried");
        }
        if (pageSize != null) {
            set(patch, List.of("shapes", source, "connection", "pageSize"), Json.NODES.numberNode(pageSize));
        }
        if (attempts != null) {
            ObjectNode retries = retries((MapNode) shapes.items().get(source)).put("count", attempts - 1);
            set(patch, List.of("shapes", source, "retries"), retries);
        }
        if (zone != null && !zoned(patch, shapes, zone, usual)) {
            throw new IllegalArgumentException(
                    "no field of the mapping that runs reads a date in the zone of the source"
                            + (usual == null ? "" : " (" + usual + ")") + ", so another zone would change nothing");
        }
        return zone == null ? patch.text() : DATES.matcher(patch.text()).replaceFirst("$1" + zone);
    }

    private static ObjectNode retries(MapNode shape) {
        Node written = shape.get("retries");
        return written != null && Literals.json(written) instanceof ObjectNode retries
                ? retries
                : Json.NODES.objectNode();
    }

    private static int place(ListNode shapes, String id) {
        for (int i = 0; i < shapes.items().size(); i++) {
            if (shapes.items().get(i) instanceof MapNode shape
                    && shape.get("id") instanceof ScalarNode named
                    && named.text().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /** A date that names a zone which is not the source's keeps it: its author said so. */
    private static boolean zoned(YamlPatch patch, ListNode shapes, String zone, @Nullable String usual) {
        int mapping = place(shapes, "mapping");
        if (mapping < 0
                || !(shapes.items().get(mapping) instanceof MapNode shape)
                || !(shape.get("map") instanceof MapNode map)
                || !(map.get("fields") instanceof ListNode fields)) {
            return false;
        }
        boolean any = false;
        for (int i = 0; i < fields.items().size(); i++) {
            JsonNode field = Literals.json(fields.items().get(i));
            if (field.get("then") instanceof ArrayNode then && zoned(then, zone, usual)) {
                set(patch, List.of("shapes", mapping, "map", "fields", i, "then"), then);
                any = true;
            }
        }
        return any;
    }

    private static boolean zoned(ArrayNode functions, String zone, @Nullable String usual) {
        boolean any = false;
        for (int i = 0; i < functions.size(); i++) {
            JsonNode function = functions.get(i);
            if (function.isTextual() && function.textValue().equals(DATE)) {
                ObjectNode date = Json.NODES.objectNode();
                date.putObject(DATE).put(ZONE, zone);
                functions.set(i, date);
                any = true;
            } else if (function.get(DATE) instanceof ObjectNode settings
                    && (!settings.has(ZONE) || settings.path(ZONE).asText().equals(usual))) {
                settings.put(ZONE, zone);
                any = true;
            }
        }
        return any;
    }

    private static void set(YamlPatch patch, List<Object> path, JsonNode value) {
        if (!patch.set(path, value)) {
            throw new IllegalArgumentException("'" + path.get(path.size() - 1) + "' of what runs cannot be changed");
        }
    }
}
