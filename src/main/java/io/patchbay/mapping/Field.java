package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.Condition;
import io.patchbay.expression.Scope;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.TargetPath.Member;
import io.patchbay.expression.TemplateTree;
import io.patchbay.expression.Values;
import io.patchbay.mapping.function.FunctionCall;
import io.patchbay.mapping.function.FunctionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One compiled rule. Where source and target both have {@code [*]}, they are lined up level by level from the outside: item
 * by item, by position. A {@code [*]} that only the source has yields a list; one that only the target has goes over the
 * items that fields before it made.
 */
final class Field {

    private final Ruled ruled;
    private final FieldRule rule;
    private final List<List<List<TargetPath.Step>>> targets;
    private final Source source;
    private final int paired;
    private final @Nullable String member;
    private final FunctionCall[] then;
    private final boolean copies;
    private final @Nullable Field otherwise;

    /**
     * @param otherwise the field of the same target whose turn it is where this one does not apply, or null
     * @param copies whether another rule writes into what this one puts: then it puts a copy, because a value that comes from
     *     the record is never changed
     */
    Field(Ruled ruled, boolean copies, @Nullable Field otherwise) {
        this.otherwise = otherwise;
        this.ruled = ruled;
        this.rule = ruled.rule();
        this.copies = copies;
        this.targets = rule.to().paths().stream().map(Field::sections).toList();
        this.source = Source.of(rule);
        this.paired = source.paired();
        this.member = member(rule.to());
        this.then = rule.then().toArray(FunctionCall[]::new);
    }

    private static List<List<TargetPath.Step>> sections(TargetPath path) {
        List<List<TargetPath.Step>> sections = new ArrayList<>();
        List<TargetPath.Step> section = new ArrayList<>();
        for (TargetPath.Step step : path.steps()) {
            if (step instanceof TargetPath.Every) {
                sections.add(List.copyOf(section));
                section.clear();
            } else {
                section.add(step);
            }
        }
        sections.add(List.copyOf(section));
        return List.copyOf(sections);
    }

    /** The target's name when it is one, of a member of the record itself: most are. */
    private static @Nullable String member(Targets to) {
        List<TargetPath.Step> steps = to.paths().get(0).steps();
        return to.paths().size() == 1 && steps.size() == 1 && steps.get(0) instanceof Member only ? only.name() : null;
    }

    Ruled ruled() {
        return ruled;
    }

    /** The field of this target that writes for a record: the first whose condition holds; null when none does. */
    @Nullable
    Field turn(JsonNode record, Scope scope) {
        Condition when = rule.when();
        if (when == null || when.test(record, scope)) {
            return this;
        }
        return otherwise == null ? null : otherwise.turn(record, scope);
    }

    /** Writes the field into the record that is being made. */
    void write(ObjectNode out, JsonNode record, Scope scope, @Nullable Watching watching) {
        JsonNode start = source.start(record);
        if (member != null) {
            JsonNode value = value(start, record, scope, watching);
            if (!value.isMissingNode()) {
                out.set(member, copies ? value.deepCopy() : value);
            }
            return;
        }
        if (targets.size() == 1) {
            new Writing(targets.get(0), record, scope, watching, null).section(out, null, 0, start);
            return;
        }
        List<JsonNode> values = new ArrayList<>();
        for (List<List<TargetPath.Step>> target : targets) {
            new Writing(target, record, scope, watching, values).section(out, null, 0, start);
        }
    }

    /** One field of one record. */
    private final class Writing {

        private final List<List<TargetPath.Step>> target;
        private final JsonNode record;
        private final Scope scope;
        private final @Nullable Watching watching;
        private final @Nullable List<JsonNode> values;
        private int next;

        /** @param values that were made for a target before this one, in order, which is the same for all; null for one target */
        Writing(
                List<List<TargetPath.Step>> target,
                JsonNode record,
                Scope scope,
                @Nullable Watching watching,
                @Nullable List<JsonNode> values) {
            this.target = target;
            this.record = record;
            this.scope = scope;
            this.watching = watching;
            this.values = values;
        }

        /**
         * Writes from a level of the target on.
         *
         * @param root the record that is being made, at the outermost level
         * @param here where the level begins, inside it
         * @param level how many {@code [*]} were passed
         * @param from where the source stands
         */
        private void section(@Nullable ObjectNode root, @Nullable Slot here, int level, JsonNode from) {
            List<TargetPath.Step> steps = target.get(level);
            if (level == target.size() - 1) {
                put(root, here, steps, known(from));
                return;
            }
            if (level < paired) {
                JsonNode items = source.items(level, from, scope);
                if (items.isContainerNode()) {
                    items(slot(root, here, steps).asList(), level, items);
                }
                return;
            }
            JsonNode made = slot(root, here, steps).current();
            if (made instanceof ArrayNode list) {
                for (int i = 0; i < list.size(); i++) {
                    section(null, new Slot.InList(list, i), level + 1, from);
                }
            }
        }

        private void items(ArrayNode list, int level, JsonNode items) {
            boolean last =
                    level + 1 == target.size() - 1 && target.get(level + 1).isEmpty();
            int i = 0;
            for (JsonNode item : items) {
                Slot slot = last ? new Slot.AtEnd(list) : new Slot.InList(list, i++);
                if (!last
                        && !target.get(level + 1).isEmpty()
                        && target.get(level + 1).get(0) instanceof Member) {
                    slot.asObject(); // the item exists even if this field is missing in it, so that positions stay in
                    // line
                }
                section(null, slot, level + 1, item);
            }
        }

        private Slot slot(@Nullable ObjectNode root, @Nullable Slot here, List<TargetPath.Step> steps) {
            if (here != null) {
                return here.along(steps);
            }
            Member first = (Member) steps.get(0);
            Slot slot = new Slot.InObject(Objects.requireNonNull(root), first.name());
            return slot.along(steps.subList(1, steps.size()));
        }

        private void put(@Nullable ObjectNode root, @Nullable Slot here, List<TargetPath.Step> steps, JsonNode value) {
            if (value.isMissingNode()) {
                return;
            }
            slot(root, here, steps).put(copies ? value.deepCopy() : value);
        }

        private JsonNode known(JsonNode from) {
            if (values == null) {
                return value(from, record, scope, watching);
            }
            if (next == values.size()) {
                values.add(value(from, record, scope, watching));
            }
            return values.get(next++);
        }
    }

    private JsonNode value(JsonNode from, JsonNode record, Scope scope, @Nullable Watching watching) {
        JsonNode value = source.value(from, scope);
        if (watching != null) {
            watching.read(value);
        }
        for (int i = 0; i < then.length; i++) {
            if (watching != null) {
                watching.calls(i);
            }
            value = then[i].apply(value, record, scope);
            if (watching != null) {
                watching.step(then[i].name(), value);
            }
        }
        return rule.standIn() == null && !rule.required() ? value : something(value, scope, watching);
    }

    /** What stands in where it has come to nothing. */
    private JsonNode something(JsonNode given, Scope scope, @Nullable Watching watching) {
        if (!nothing(given)) {
            return given;
        }
        TemplateTree standIn = rule.standIn();
        JsonNode value = standIn == null ? given : rule.required() ? standIn.find(scope) : standIn.value(scope);
        if (watching != null && standIn != null) {
            watching.step("default", value);
        }
        if (rule.required() && nothing(value)) {
            throw new FunctionException(
                    "is required, and there is no value" + (rule.from() == null ? "" : " at '" + rule.from() + "'"));
        }
        return value;
    }

    private static boolean nothing(JsonNode value) {
        return Values.absent(value) || (value.isTextual() && value.textValue().isEmpty());
    }
}
