package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.expression.TargetPath.Member;
import io.patchbay.expression.Template;
import io.patchbay.mapping.function.FunctionCall;
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

    private final FieldRule rule;
    private final List<List<TargetPath.Step>> targets;
    private final List<SourcePath> sources;
    private final int paired;
    private final boolean copies;

    /**
     * @param copies whether another rule writes into what this one puts: then it puts a copy, because a value that comes from
     *     the record is never changed
     */
    Field(FieldRule rule, boolean copies) {
        this.rule = rule;
        this.copies = copies;
        this.targets = sections(rule.to());
        SourcePath from = rule.from();
        this.paired = from == null ? 0 : Math.min(from.wildcards(), rule.to().wildcards());
        this.sources = from == null ? List.of() : sources(from, paired);
    }

    /** The stretches up to the last {@code [*]} that is lined up, and the rest in one. */
    private static List<SourcePath> sources(SourcePath from, int paired) {
        List<SourcePath> sources = new ArrayList<>(from.sections().subList(0, paired));
        sources.add(from.after(paired));
        return List.copyOf(sources);
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

    FieldRule rule() {
        return rule;
    }

    /** Writes the field into the record that is being made. */
    void write(ObjectNode out, JsonNode record, Scope scope) {
        new Writing(record, scope).section(out, null, 0, record);
    }

    /** One field of one record. */
    private final class Writing {

        private final JsonNode record;
        private final Scope scope;

        Writing(JsonNode record, Scope scope) {
            this.record = record;
            this.scope = scope;
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
            List<TargetPath.Step> steps = targets.get(level);
            if (level == targets.size() - 1) {
                put(root, here, steps, value(from));
                return;
            }
            if (level < paired) {
                JsonNode items = sources.get(level).find(from, scope);
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
                    level + 1 == targets.size() - 1 && targets.get(level + 1).isEmpty();
            int i = 0;
            for (JsonNode item : items) {
                Slot slot = last ? new Slot.AtEnd(list) : new Slot.InList(list, i++);
                if (!last
                        && !targets.get(level + 1).isEmpty()
                        && targets.get(level + 1).get(0) instanceof Member) {
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

        private JsonNode value(JsonNode from) {
            JsonNode value = source(from);
            for (FunctionCall call : rule.then()) {
                value = call.apply(value, record, scope);
            }
            return value;
        }

        private JsonNode source(JsonNode from) {
            if (rule.from() != null) {
                return sources.get(paired).find(from, scope);
            }
            Template template = rule.template();
            if (template == null) {
                return rule.value() == null ? MissingNode.getInstance() : rule.value();
            }
            return rule.then().isEmpty() ? template.value(scope) : template.find(scope);
        }
    }
}
