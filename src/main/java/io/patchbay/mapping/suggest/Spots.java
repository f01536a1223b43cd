package io.patchbay.mapping.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.TargetPath.Every;
import io.patchbay.expression.TargetPath.Member;
import io.patchbay.expression.TargetPath.Step;
import io.patchbay.payload.schema.SchemaPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what a schema and samples say of records, in one tree of bounded size. */
final class Spots {

    private static final int DEEPEST = 12;
    private static final int MOST_ITEMS = 50;
    private static final int MOST_VALUES = 50;
    private static final int LONGEST_VALUE = 200;
    private static final int LONGEST_NAME = 200;

    private final Spot root = new Spot();
    private int count;
    private boolean cut;

    /** A place. */
    private static final class Spot {
        private final Map<String, Spot> members = new LinkedHashMap<>();
        private final Set<String> types = new TreeSet<>();
        private final Set<String> samples = new LinkedHashSet<>();
        private @Nullable Spot item;
        private @Nullable String format;
        private @Nullable String tag;
        private @Nullable String title;
        private boolean needed;
        private boolean blank;
    }

    void schema(JsonNode document) {
        described(SchemaPlace.record(document), root, 0, true);
    }

    private void described(SchemaPlace place, Spot spot, int depth, boolean needed) {
        if (depth > DEEPEST) {
            return;
        }
        spot.types.addAll(place.types());
        spot.format = cut(place.word("format"));
        spot.tag = cut(place.word("x-tag"));
        spot.title = cut(place.word("title"));
        spot.needed = needed;
        Set<String> required = place.required();
        for (String name : place.ordered()) {
            Spot below = below(spot, name);
            SchemaPlace member = below == null ? null : place.member(name);
            if (member != null && below != null) {
                described(member, below, depth + 1, required.contains(name));
            }
        }
        SchemaPlace item = place.item();
        Spot items = item.known() ? item(spot) : null;
        if (items != null) {
            described(item, items, depth + 1, false);
        }
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE);
    }

    void sample(JsonNode record) {
        seen(record, root, 0);
    }

    private void seen(JsonNode value, Spot spot, int depth) {
        if (depth > DEEPEST || value.isNull()) {
            return;
        }
        if (value.isObject()) {
            spot.types.add("object");
            value.properties().forEach(one -> {
                Spot below = below(spot, one.getKey());
                if (below != null) {
                    seen(one.getValue(), below, depth + 1);
                }
            });
        } else if (value.isArray()) {
            spot.types.add("array");
            for (int i = 0; i < Math.min(value.size(), MOST_ITEMS); i++) {
                Spot item = item(spot);
                if (item != null) {
                    seen(value.get(i), item, depth + 1);
                }
            }
        } else {
            String text = value.asText();
            spot.blank |= value.isTextual() && text.isEmpty();
            spot.types.add(
                    value.isTextual()
                            ? "string"
                            : value.isBoolean() ? "boolean" : value.isIntegralNumber() ? "integer" : "number");
            if (!text.isEmpty() && text.length() <= LONGEST_VALUE && spot.samples.size() < MOST_VALUES) {
                spot.samples.add(text);
            }
        }
    }

    private @Nullable Spot below(Spot spot, String name) {
        Spot found = spot.members.get(name);
        if (found != null) {
            return found;
        }
        Spot added = name.isEmpty() || name.length() > LONGEST_NAME ? null : added();
        if (added != null) {
            spot.members.put(name, added);
        }
        return added;
    }

    private @Nullable Spot item(Spot spot) {
        if (spot.item == null) {
            spot.item = added();
        }
        return spot.item;
    }

    private @Nullable Spot added() {
        if (count >= Side.MOST_PLACES) {
            cut = true;
            return null;
        }
        count++;
        return new Spot();
    }

    Side side() {
        List<Leaf> leaves = new ArrayList<>();
        gather(root, List.of(), leaves);
        return new Side(leaves, cut);
    }

    private void gather(Spot spot, List<Step> path, List<Leaf> into) {
        spot.members.forEach((name, member) -> gather(member, and(path, new Member(name)), into));
        Spot item = spot.item;
        boolean rows = item != null && !item.members.isEmpty();
        if (item != null && rows && !path.isEmpty()) {
            gather(item, and(path, new Every()), into);
        }
        if (spot.members.isEmpty() && !rows && !path.isEmpty()) {
            into.add(leaf(spot, path));
        }
    }

    private static List<Step> and(List<Step> path, Step step) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static Leaf leaf(Spot spot, List<Step> path) {
        Spot value = spot.item == null ? spot : spot.item;
        Set<String> types = new TreeSet<>(value.types);
        if (types.contains("number")) {
            types.remove("integer");
        }
        boolean list = spot.item != null || types.remove("array");
        String format = value.format != null ? value.format : spot.format;
        return new Leaf(
                path,
                list,
                types,
                format,
                Forms.of(format, types, value.samples, path),
                spot.tag != null ? spot.tag : value.tag,
                spot.title != null ? spot.title : value.title,
                spot.needed,
                value.samples,
                value.blank);
    }
}
