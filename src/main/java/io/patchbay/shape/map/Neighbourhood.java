package io.patchbay.shape.map;

import io.patchbay.expression.FieldRef;
import io.patchbay.expression.Ref;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.TargetPath.Every;
import io.patchbay.expression.TargetPath.Member;
import io.patchbay.expression.TargetPath.Step;
import io.patchbay.mapping.FieldRule;
import io.patchbay.mapping.Renames.Rename;
import io.patchbay.mapping.Ruled;
import io.patchbay.payload.schema.SchemaPlace;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Between;
import io.patchbay.shape.Described;
import io.patchbay.shape.Placed;
import io.patchbay.shape.map.MapShape.MapSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds a map against the schemas of the records that come and of those that the shape behind it wants. All that it finds is a
 * warning: a schema may be older than the system that it describes.
 */
final class Neighbourhood {

    private final MapSettings settings;
    private final Placed at;
    private final Between between;
    private final Problems problems;
    private final List<Ruled> rules;

    Neighbourhood(MapSettings settings, Placed at, Between between, Problems problems) {
        this.settings = settings;
        this.at = at;
        this.between = between;
        this.problems = problems;
        this.rules = settings.fields() == null ? List.of() : settings.fields().rules();
    }

    void check() {
        Described before = between.before();
        Described after = between.after();
        for (int i = 0; i < rules.size(); i++) {
            rule(i, rules.get(i).rule(), before, after);
        }
        for (Rename rename : settings.rename() == null
                ? List.<Rename>of()
                : settings.rename().list()) {
            if (before != null) {
                read(rename.old().steps(), rename.at(), before);
            }
            if (after != null) {
                written(rename.to(), rename.at(), after);
            }
        }
        if (before != null) {
            placeholders(before);
        }
        if (after != null) {
            unmapped(SchemaPlace.record(after.schema()), List.of(), after);
        }
    }

    private void rule(int index, FieldRule rule, @Nullable Described before, @Nullable Described after) {
        List<SchemaPlace> read = new ArrayList<>();
        if (before != null && rule.from() != null) {
            for (SourcePath path : rule.from().paths()) {
                SchemaPlace place =
                        path.fromRoot() ? null : read(path.steps(), at.item("fields", index, "from"), before);
                if (place != null) {
                    read.add(place);
                }
            }
        }
        boolean one = rule.from() != null
                && !rule.from().list()
                && rule.from().paths().get(0).plain();
        if (before != null) {
            settings(index, rule, before);
        }
        SchemaPlace source = one && !read.isEmpty() ? read.get(0) : null;
        Kinds kinds = new Kinds(rule, source);
        kinds.checkFirst(problems);
        if (after != null) {
            for (TargetPath to : rule.to().paths()) {
                SchemaPlace place = written(to, at.item("fields", index, "to"), after);
                if (place != null) {
                    kinds.checkTarget(to, place, after.by(), at.item("fields", index, "to"), problems);
                }
            }
        }
    }

    /** What the field's condition and its functions read beside its source. */
    private void settings(int index, FieldRule rule, Described before) {
        List<FieldRef> fields = new ArrayList<>();
        if (rule.when() != null) {
            rule.when().fields().forEach(field -> fields.add(placed(field, at.item("fields", index, "when"))));
        }
        rule.then().forEach(call -> call.function().fields().forEach(field -> fields.add(placed(field, call.at()))));
        for (FieldRef field : fields) {
            if (!field.path().fromRoot()) {
                read(field.path().steps(), Objects.requireNonNull(field.at()), before);
            }
        }
    }

    private static FieldRef placed(FieldRef field, Location otherwise) {
        return field.at() == null ? new FieldRef(field.path(), otherwise) : field;
    }

    /** The place that a source leads to; null when nothing is known of it, or it was told of. */
    private @Nullable SchemaPlace read(List<Step> steps, Location where, Described before) {
        SchemaPlace root = SchemaPlace.record(before.schema());
        int from = 0;
        GroupSettings group = settings.group();
        if (group != null && !steps.isEmpty() && steps.get(0).equals(new Member(group.into()))) {
            if (steps.size() == 1) {
                return null;
            }
            from = 2; // the rows of a group are records themselves
        }
        ExplodeSettings explode = settings.explode();
        if (explode != null
                && explode.number() != null
                && steps.equals(explode.number().steps())) {
            return null;
        }
        SchemaPlace place = root;
        for (int i = from; i < steps.size() && place != null; i++) {
            boolean exploded = explode != null
                    && i == explode.list().steps().size()
                    && steps.subList(0, i).equals(explode.list().steps());
            place = next(exploded ? item(place) : place, steps, i, new Looked(where, before, "gives no"));
        }
        return place;
    }

    private static SchemaPlace item(SchemaPlace list) {
        return list.types().equals(Set.of("array")) ? list.item() : list;
    }

    private @Nullable SchemaPlace written(TargetPath to, Location where, Described after) {
        SchemaPlace place = SchemaPlace.record(after.schema());
        for (int i = 0; i < to.steps().size() && place != null; i++) {
            place = next(place, to.steps(), i, new Looked(where, after, "takes no"));
        }
        return place;
    }

    /** Where a path is written, and what it is looked up in. */
    private record Looked(Location where, Described in, String verb) {}

    private @Nullable SchemaPlace next(SchemaPlace here, List<Step> steps, int index, Looked looked) {
        if (!(steps.get(index) instanceof Member member)) {
            return here.item();
        }
        if (here.types().equals(Set.of("array"))) {
            String list = text(steps.subList(0, index));
            problems.warning(
                    looked.where(),
                    "WRONG_TYPE",
                    "'" + list + "' is a list, it has no '" + member.name() + "'",
                    "write " + list + "[*]." + member.name());
            return null;
        }
        SchemaPlace place = here.member(member.name());
        if (place == null) {
            unknown(member.name(), text(steps.subList(0, index + 1)), here, looked);
            return null;
        }
        return place.known() ? place : null;
    }

    /** Samples do not say all: only where they have a name that is near, another is taken for a slip. */
    private void unknown(String name, String path, SchemaPlace here, Looked looked) {
        Described in = looked.in();
        if (!in.sampled()) {
            problems.warning(
                    looked.where(),
                    "UNKNOWN_FIELD",
                    in.by() + " " + looked.verb() + " '" + path + "'",
                    DidYouMean.hint(name, here.names()));
        } else {
            Slips.meant(name, here.names(), readNames())
                    .ifPresent(meant -> problems.warning(
                            looked.where(),
                            "UNKNOWN_FIELD",
                            "no " + in.by() + " has '" + path + "'",
                            "did you mean '" + meant + "'?"));
        }
    }

    /** All names in what the map reads. */
    private Set<String> readNames() {
        Set<String> names = new HashSet<>();
        for (Ruled ruled : rules) {
            FieldRule rule = ruled.rule();
            if (rule.from() != null) {
                rule.from().paths().forEach(path -> add(path.steps(), names));
            }
            if (rule.when() != null) {
                rule.when().fields().forEach(field -> add(field.path().steps(), names));
            }
            rule.then()
                    .forEach(call -> call.function()
                            .fields()
                            .forEach(field -> add(field.path().steps(), names)));
        }
        if (settings.rename() != null) {
            settings.rename().list().forEach(rename -> add(rename.old().steps(), names));
        }
        settings.map().reads().forEach(ref -> names.addAll(ref.names()));
        return names;
    }

    private static void add(List<Step> steps, Set<String> names) {
        steps.stream().filter(Member.class::isInstance).forEach(step -> names.add(((Member) step).name()));
    }

    private static String text(List<Step> steps) {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (step instanceof Member member) {
                text.append(text.isEmpty() ? "" : ".").append(member.name());
            } else {
                text.append(step instanceof Every ? "[*]" : "[" + ((TargetPath.Item) step).index() + "]");
            }
        }
        return text.toString();
    }

    private void placeholders(Described before) {
        Set<List<String>> told = new HashSet<>();
        for (Ref ref : settings.map().reads()) {
            if (ref.root().equals("record") && told.add(ref.names())) {
                List<Step> steps = ref.names().stream().<Step>map(Member::new).toList();
                read(steps, ref.at(), before);
            }
        }
    }

    /** Tells of members that there must be and that nothing writes. */
    private void unmapped(SchemaPlace place, List<String> path, Described after) {
        List<List<String>> targets = targets(path);
        if (targets.contains(path) || (path.isEmpty() && settings.keepOthers() && !said(between.before()))) {
            return; // a value that is copied as it is, or others that nothing is known of
        }
        Set<String> there = new HashSet<>();
        targets.forEach(target -> there.add(target.get(path.size())));
        if (path.isEmpty() && settings.keepOthers() && between.before() != null) {
            there.addAll(SchemaPlace.record(between.before().schema()).names());
        }
        for (String name : place.required()) {
            if (!there.contains(name)) {
                List<String> whole = new ArrayList<>(path);
                whole.add(name);
                problems.warning(
                        at.at("fields"),
                        "UNMAPPED",
                        after.by() + " needs '" + String.join(".", whole) + "', and no field writes it",
                        null);
            }
        }
        for (String name : there) {
            SchemaPlace member = place.member(name);
            if (member != null && member.known()) {
                List<String> whole = new ArrayList<>(path);
                whole.add(name);
                if (!targets(whole).isEmpty()) {
                    unmapped(item(member), whole, after);
                }
            }
        }
    }

    private static boolean said(@Nullable Described described) {
        return described != null && !described.sampled();
    }

    /** Names of the targets that begin with these names. */
    private List<List<String>> targets(List<String> begin) {
        List<List<String>> found = new ArrayList<>();
        List<TargetPath> all = new ArrayList<>();
        rules.forEach(ruled -> all.addAll(ruled.rule().to().paths()));
        if (settings.rename() != null) {
            settings.rename().list().forEach(rename -> all.add(rename.to()));
        }
        for (TargetPath to : all) {
            List<String> names = to.steps().stream()
                    .filter(Member.class::isInstance)
                    .map(step -> ((Member) step).name())
                    .toList();
            if (names.size() >= begin.size() && names.subList(0, begin.size()).equals(begin)) {
                found.add(names);
            }
        }
        return found;
    }
}
