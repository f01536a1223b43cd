package io.patchbay.route.version;

import io.patchbay.flow.Outline;
import io.patchbay.flow.Outline.Shape;
import io.patchbay.payload.Json;
import io.patchbay.route.version.Change.Kind;
import io.patchbay.route.version.Change.What;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Says how two versions of a flow differ in what they mean: shapes are told by their ids, fields of maps by their targets. */
public final class FlowDiff {

    private final List<Change> changes = new ArrayList<>();
    private final Set<String> touched = new HashSet<>();

    private FlowDiff() {}

    /** What is otherwise: the flow first, then its shapes in the order of the newer one, then what they hang on. */
    public static List<Change> of(Side before, Side after) {
        FlowDiff diff = new FlowDiff();
        if (before.outline() != null && after.outline() != null) {
            diff.outlines(before.outline(), after.outline());
        }
        diff.named(What.SCRIPT, before.scripts(), after.scripts());
        if (before.tables() != null && after.tables() != null) {
            diff.named(What.TABLE, before.tables(), after.tables());
        }
        if (before.behind() != null && after.behind() != null) {
            diff.behind(before.behind(), after.behind());
        }
        return List.copyOf(diff.changes);
    }

    private void outlines(Outline old, Outline now) {
        Settings.compare(
                old.around(), now.around(), (path, change) -> add(change.kind(), What.SETTING, null, path, change));
        Map<String, Shape> was = byId(old);
        Map<String, Shape> is = byId(now);
        Set<String> moved = Order.moved(old.shapes(), now.shapes());
        now.shapes().forEach(shape -> {
            Shape known = was.get(shape.id());
            if (known == null) {
                whole(Kind.ADDED, shape);
            } else {
                shape(known, shape, moved.contains(shape.id()));
            }
        });
        old.shapes().stream().filter(shape -> !is.containsKey(shape.id())).forEach(shape -> whole(Kind.REMOVED, shape));
    }

    private static Map<String, Shape> byId(Outline outline) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        outline.shapes().forEach(shape -> shapes.putIfAbsent(shape.id(), shape));
        return shapes;
    }

    private void whole(Kind kind, Shape shape) {
        touched.add(shape.id());
        boolean added = kind == Kind.ADDED;
        changes.add(new Change(
                kind,
                What.SHAPE,
                shape.id(),
                shape.within(),
                added ? null : shape.settings(),
                added ? shape.settings() : null));
    }

    private void shape(Shape old, Shape now, boolean moved) {
        if (moved) {
            changes.add(new Change(
                    Kind.MOVED,
                    What.SHAPE,
                    now.id(),
                    now.within(),
                    Json.NODES.textNode(old.within()),
                    Json.NODES.textNode(now.within())));
        }
        BiConsumer<String, Settings.Difference> told = (path, change) -> {
            touched.add(now.id());
            add(change.kind(), change.field() ? What.FIELD : What.SETTING, now.id(), path, change);
        };
        Settings.compare(old.settings(), now.settings(), told);
    }

    private void add(Kind kind, What what, @Nullable String shape, String path, Settings.Difference change) {
        changes.add(new Change(kind, what, shape, path, change.before(), change.after()));
    }

    private void named(What what, Map<String, String> old, Map<String, String> now) {
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String was = old.get(name);
            String is = now.get(name);
            if (was == null || !was.equals(is)) {
                Kind kind = was == null ? Kind.ADDED : is == null ? Kind.REMOVED : Kind.CHANGED;
                changes.add(new Change(kind, what, null, name, null, null));
            }
        }
    }

    /** What is otherwise because its shape says something else is told already. */
    private void behind(Map<String, String> old, Map<String, String> now) {
        for (String shape : new TreeSet<>(now.keySet())) {
            String was = old.get(shape);
            if (was != null && !was.equals(now.get(shape)) && !touched.contains(shape)) {
                changes.add(new Change(Kind.CHANGED, What.BEHIND, shape, "", null, null));
            }
        }
    }
}
