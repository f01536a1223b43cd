package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TargetPath;
import io.patchbay.mapping.function.FunctionChain;
import io.patchbay.mapping.function.FunctionException;
import io.patchbay.payload.Json;
import io.patchbay.payload.Members;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compiled rules that make one record of another. Immutable, safe for use by several threads. */
@ReadBy(FieldMap.Reader.class)
public final class FieldMap {

    /** No rules. */
    public static final FieldMap EMPTY = new FieldMap(List.of(), false, Renames.NONE, List.of());

    private final List<Ruled> rules;
    private final List<Field> fields;
    private final Set<String> nested;
    private final boolean keepOthers;
    private final List<Removal> moved;
    private final List<Removal> removed;
    private final Members.Names names;

    private FieldMap(List<Ruled> rules, boolean keepOthers, Renames renames, List<TargetPath> remove) {
        this.rules = List.copyOf(rules);
        this.keepOthers = keepOthers;
        List<Ruled> all = new ArrayList<>(
                renames.list().stream().map(Renames.Rename::ruled).toList());
        all.addAll(rules);
        Set<String> written = new TreeSet<>();
        for (Ruled ruled : all) {
            for (TargetPath to : ruled.rule().to().paths()) {
                if (to.steps().size() > 1) {
                    written.add(((TargetPath.Member) to.steps().get(0)).name());
                }
            }
        }
        this.fields = compiled(all);
        this.names = Members.Names.of(all.stream()
                .flatMap(ruled -> ruled.rule().to().paths().stream())
                .map(to -> ((TargetPath.Member) to.steps().get(0)).name())
                .distinct()
                .toList());
        this.nested = Set.copyOf(written);
        this.moved = renames.list().stream()
                .map(rename -> new Removal(rename.old().steps()))
                .sorted()
                .toList();
        this.removed =
                remove.stream().map(path -> new Removal(path.steps())).sorted().toList();
    }

    /** Fields of one target become one, which goes on to the next where its condition does not hold. */
    private static List<Field> compiled(List<Ruled> all) {
        Map<List<List<TargetPath.Step>>, List<Ruled>> byTarget = new LinkedHashMap<>();
        for (Ruled ruled : all) {
            byTarget.computeIfAbsent(Overlaps.steps(ruled), to -> new ArrayList<>())
                    .add(ruled);
        }
        List<Field> fields = new ArrayList<>();
        for (List<Ruled> turns : byTarget.values()) {
            boolean copies = all.stream().anyMatch(other -> leadsInto(turns.get(0), other));
            Field field = null;
            for (int i = turns.size() - 1; i >= 0; i--) {
                field = new Field(turns.get(i), copies, field);
            }
            if (field != null) {
                fields.add(field);
            }
        }
        return List.copyOf(fields);
    }

    /** Compiles rules; they are applied in this order. */
    public static FieldMap of(List<Ruled> rules) {
        return new FieldMap(rules, false, Renames.NONE, List.of());
    }

    /**
     * The same rules with what is said about the rest of the record.
     *
     * @param others whether members of the record that no rule writes are carried over
     * @param renames members that change their name or place: rules before all others, whose source is not carried over
     * @param remove what is taken out of the new record in the end
     */
    public FieldMap with(boolean others, Renames renames, List<TargetPath> remove) {
        return new FieldMap(rules, others, renames, remove);
    }

    /** Adds a warning for each field that goes over a list that nothing makes, where no other members are carried over. */
    public static void checkLists(FieldMap fields, Renames renames, Problems problems) {
        List<Ruled> all = new ArrayList<>(
                renames.list().stream().map(Renames.Rename::ruled).toList());
        all.addAll(fields.rules);
        fields.rules.forEach(ruled -> Overlaps.unmade(ruled, all, problems));
    }

    /** Adds a problem for each field that writes what a rename writes, too, or what is removed again. */
    public static void check(FieldMap fields, Renames renames, List<TargetPath> remove, Problems problems) {
        List<Ruled> all = new ArrayList<>(
                renames.list().stream().map(Renames.Rename::ruled).toList());
        if (!all.isEmpty()) {
            all.addAll(fields.rules);
            Overlaps.check(all, problems);
        }
        for (Ruled ruled : all.isEmpty() ? fields.rules : all) {
            for (TargetPath to : ruled.rule().to().paths()) {
                if (remove.stream().anyMatch(path -> Overlaps.holds(path, to))) {
                    problems.error(
                            ruled.at(),
                            "REMOVED_TARGET",
                            "field '" + to + "' is removed again",
                            "leave out the field, or its entry under 'remove'");
                }
            }
        }
    }

    /** The rules, as they are written. */
    public List<Ruled> rules() {
        return rules;
    }

    private static boolean leadsInto(Ruled outer, Ruled inner) {
        return outer.rule().to().paths().stream()
                .anyMatch(out -> inner.rule().to().paths().stream().anyMatch(in -> Overlaps.leadsInto(out, in)));
    }

    /**
     * Makes a record. Fields whose source is missing are left out.
     *
     * @param record not changed; the result shares parts of it
     * @param scope reads the payload and the run
     * @throws StepException when a value does not fit a function or a placeholder has none; the message names the field
     */
    public ObjectNode apply(JsonNode record, Scope scope) throws StepException {
        return apply(record, scope, null);
    }

    /** The same, telling what each field does. */
    public ObjectNode apply(JsonNode record, Scope scope, @Nullable Watching watching) throws StepException {
        ObjectNode out = keepOthers ? Json.NODES.objectNode() : Members.object(names);
        if (keepOthers && record instanceof ObjectNode object) {
            carry(object, out);
        }
        StepException first = null;
        for (Field field : fields) {
            StepException failed = written(field, out, record, scope, watching);
            first = first == null ? failed : first;
            if (failed != null
                    && (watching == null || !watching.failed(failed.code(), String.valueOf(failed.getMessage())))) {
                break;
            }
        }
        if (first != null) {
            throw first;
        }
        for (Removal removal : removed) {
            removal.from(out);
        }
        return out;
    }

    private void carry(ObjectNode record, ObjectNode out) {
        out.setAll(record);
        for (Removal removal : moved) {
            removal.from(out);
        }
        for (String name : nested) {
            if (out.has(name)) {
                out.set(name, out.get(name).deepCopy());
            }
        }
    }

    /** How a field failed, or null. */
    private static @Nullable StepException written(
            Field field, ObjectNode out, JsonNode record, Scope scope, @Nullable Watching watching) {
        try {
            write(field, out, record, scope, watching);
            return null;
        } catch (FunctionException e) {
            return new StepException(Owner.AUTHOR, "BAD_FIELD", named(field, e));
        } catch (ExpressionException e) {
            return StepException.of(e, named(field, e));
        }
    }

    private static void write(Field field, ObjectNode out, JsonNode record, Scope scope, @Nullable Watching watching) {
        if (watching != null) {
            watching.begins(field.ruled());
        }
        Field turn = field.turn(record, scope);
        if (turn != null) {
            if (watching != null) {
                watching.begins(turn.ruled());
            }
            turn.write(out, record, scope, watching);
            if (watching != null) {
                watching.ended();
            }
        } else if (watching != null) {
            watching.skipped(field.ruled());
        }
    }

    private static String named(Field field, RuntimeException e) {
        return "field '" + field.ruled().rule().to() + "': " + e.getMessage();
    }

    /** What its templates, conditions and functions read. */
    public Set<Ref> reads() {
        Set<Ref> reads = new LinkedHashSet<>();
        for (Ruled ruled : rules) {
            FieldRule rule = ruled.rule();
            if (rule.template() != null) {
                reads.addAll(rule.template().reads());
            }
            if (rule.standIn() != null) {
                reads.addAll(rule.standIn().reads());
            }
            if (rule.when() != null) {
                reads.addAll(rule.when().reads());
            }
            rule.then().forEach(call -> reads.addAll(call.function().reads()));
        }
        return reads;
    }

    /** Reads a list of rules, and finds targets that are written twice. */
    static final class Reader implements ValueReader<FieldMap> {

        @Override
        public @Nullable FieldMap read(Node node, Reading reading) {
            if (!(node instanceof ListNode list) || list.items().isEmpty()) {
                reading.error(
                        node,
                        "WRONG_TYPE",
                        "a list of fields is expected here, found "
                                + (node instanceof ListNode ? "an empty list" : Reading.shown(node)),
                        "each field is an item like - { to: name, from: path }");
                return null;
            }
            List<Ruled> rules = new ArrayList<>();
            for (Node item : list.items()) {
                FieldRule rule = reading.bind(item, FieldRule.class);
                if (rule != null && FunctionChain.check(rule.then(), reading.problems())) {
                    rules.add(new Ruled(rule, item.at()));
                }
            }
            boolean apart = Overlaps.check(rules, reading.problems());
            return apart && rules.size() == list.items().size() ? FieldMap.of(rules) : null;
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            ObjectNode schema = Json.NODES.objectNode().put("type", "array").put("minItems", 1);
            schema.set("items", schemas.of(FieldRule.class));
            return schema;
        }
    }
}
