package io.patchbay.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.Entry;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Range;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.problem.DidYouMean;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Retries;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a shape: one key names its kind and holds its settings, the keys around it are the same for all shapes. */
final class StepReader implements ValueReader<Step> {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Set<String> COMMON =
            Set.of("id", "name", "note", "retries", "timeout", "onError", "parallel", "ordered", "disabled");

    private final Map<String, ShapeType<?>> shapes = new LinkedHashMap<>();

    StepReader(List<ShapeType<?>> shapes) {
        shapes.forEach(shape -> this.shapes.put(shape.spec().name(), shape));
    }

    /** Finds shapes in a tree. */
    ShapeTree tree() {
        return new ShapeTree(shapes);
    }

    /** The keys that every shape may have. */
    @Doc("What every shape may have around its settings")
    record Around(
            @Doc("Unique in the flow, kebab-case; joins canvas, metrics and run history")
            String id,

            @Doc("What people call it") @Nullable String name,
            @Doc("A remark of the author") @Nullable String note,

            @Doc("How often to try again; a connection has its connector's rules") @Nullable
            Retries retries,

            @Doc("Longest time for one try") @Nullable Duration timeout,

            @Doc("'stop' ends the run when a payload fails for good, 'skip' goes on with the others") @Default("stop")
            Step.OnError onError,

            @Doc("How many payloads of a stream pass the shape at one time") @Default("1") @Range(min = 1, max = 64)
            int parallel,

            @Doc("With 'parallel' above 1: whether payloads go on in the order in which they came, or as they are done")
            @Default("true")
            boolean ordered,

            @Doc("Payloads pass by unchanged") @Default("false")
            boolean disabled) {

        Around {
            if (!ID.matcher(id).matches() || id.length() > 100) {
                throw new IllegalArgumentException("shape id '" + id + "' must be kebab-case, like only-paid");
            }
        }
    }

    @Override
    public @Nullable Step read(Node node, Reading reading) {
        MapNode map = reading.map(node, "a shape");
        if (map == null) {
            return null;
        }
        List<Entry> kinds = new ArrayList<>();
        Map<String, Entry> around = new LinkedHashMap<>();
        for (Entry entry : map.entries().values()) {
            if (COMMON.contains(entry.key())) {
                around.put(entry.key(), entry);
            } else {
                kinds.add(entry);
            }
        }
        Entry kind = kind(map, kinds, reading);
        Around common = around(map, around, kind, reading);
        if (kind == null) {
            return null;
        }
        ShapeType<?> type = java.util.Objects.requireNonNull(shapes.get(kind.key()));
        Node settingsNode = settingsNode(kind);
        Object settings = reading.bind(settingsNode, type.settings());
        if (settings == null || common == null) {
            return null;
        }
        return new Step(
                common.id(),
                common.name(),
                common.note(),
                type,
                settings,
                new Placed(common.id(), settingsNode, common.onError() == Step.OnError.SKIP),
                map.at(),
                new Step.Common(
                        common.retries(),
                        common.timeout(),
                        common.onError(),
                        common.parallel(),
                        common.ordered(),
                        common.disabled()));
    }

    /** {@code callback:} with nothing behind it is a shape without settings. */
    private static Node settingsNode(Entry kind) {
        boolean nothing = kind.value() instanceof Node.ScalarNode scalar && scalar.value() == null;
        return nothing ? new MapNode(kind.at(), Map.of()) : kind.value();
    }

    private @Nullable Entry kind(MapNode map, List<Entry> kinds, Reading reading) {
        List<Entry> known =
                kinds.stream().filter(entry -> shapes.containsKey(entry.key())).toList();
        Set<String> words = new TreeSet<>(shapes.keySet());
        words.addAll(COMMON);
        for (Entry entry : kinds) {
            if (!shapes.containsKey(entry.key())) {
                reading.problems()
                        .error(
                                entry.at(),
                                known.isEmpty() ? "UNKNOWN_SHAPE" : "UNKNOWN_KEY",
                                known.isEmpty()
                                        ? "there is no shape '" + entry.key() + "'"
                                        : "a shape has no key '" + entry.key() + "' beside its settings",
                                DidYouMean.hint(entry.key(), words));
            }
        }
        if (known.size() > 1) {
            Entry second = known.get(1);
            reading.problems()
                    .error(
                            second.at(),
                            "TWO_SHAPES",
                            "'" + known.get(0).key() + "' and '" + second.key() + "' stand in one shape",
                            "begin a new list item with '- " + second.key() + ":'");
            return null;
        }
        if (kinds.isEmpty()) {
            reading.error(map, "NO_SHAPE", "no key names the kind of this shape", "for example 'filter:' or 'map:'");
        }
        return known.isEmpty() ? null : known.get(0);
    }

    private static @Nullable Around around(
            MapNode map, Map<String, Entry> entries, @Nullable Entry kind, Reading reading) {
        if (kind == null && !entries.containsKey("id")) {
            return null; // an id was not made up because the kind is not known, which is reported already
        }
        return reading.bind(new MapNode(map.at(), entries), Around.class);
    }

    @Override
    public ObjectNode schema(Schemas schemas) {
        ObjectNode around = schemas.mapping(Around.class);
        around.remove("required");
        ObjectNode properties = (ObjectNode) around.get("properties");
        var oneOf = around.putArray("oneOf");
        shapes.forEach((name, shape) -> {
            ObjectNode settings = schemas.of(shape.settings());
            settings.put("description", shape.spec().summary());
            properties.set(name, settings);
            oneOf.addObject().putArray("required").add(name);
        });
        return around;
    }
}
