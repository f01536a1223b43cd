package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Where a field reads, compiled. A standing is a place in the record: the record itself, or an item that was lined up. */
sealed interface Source {

    /** How many {@code [*]} are lined up with the target. */
    int paired();

    /** The standing at the record. */
    JsonNode start(JsonNode record);

    /** The standings one level further in; no container when there are none. */
    JsonNode items(int level, JsonNode from, Scope scope);

    /** The value at a standing behind the last level that is lined up. */
    JsonNode value(JsonNode from, Scope scope);

    /** Compiles what a rule reads. */
    static Source of(FieldRule rule) {
        Sources from = rule.from();
        if (from == null) {
            return rule.template() != null
                    ? new Written(rule.template(), !rule.takesMissing())
                    : new Constant(rule.value() == null ? MissingNode.getInstance() : rule.value());
        }
        int wildcards = rule.to().wildcards();
        List<Path> paths = from.paths().stream()
                .map(path -> Path.of(path, wildcards, rule.flatten()))
                .toList();
        return from.list() ? new Several(paths) : paths.get(0);
    }

    /**
     * One path.
     *
     * @param sections the stretches up to the last {@code [*]} that is lined up
     * @param last the rest in one
     */
    record Path(List<SourcePath> sections, SourcePath last) implements Source {

        @Override
        public int paired() {
            return sections.size();
        }

        static Path of(SourcePath from, int targets, boolean flatten) {
            int paired = Math.min(from.wildcards(), targets);
            int walked = flatten && paired > 0 ? from.wildcards() - paired : 0;
            List<SourcePath> sections = new ArrayList<>();
            if (walked > 0) {
                sections.add(from.upTo(walked + 1));
                sections.addAll(from.sections().subList(walked + 1, walked + paired));
            } else {
                sections.addAll(from.sections().subList(0, paired));
            }
            return new Path(List.copyOf(sections), from.after(walked + paired));
        }

        @Override
        public JsonNode start(JsonNode record) {
            return record;
        }

        @Override
        public JsonNode items(int level, JsonNode from, Scope scope) {
            return sections.get(level).find(from, scope);
        }

        @Override
        public JsonNode value(JsonNode from, Scope scope) {
            return last.find(from, scope);
        }
    }

    /** Several paths: a standing is the list of theirs, a value the list of their values. */
    record Several(List<Path> paths) implements Source {

        @Override
        public int paired() {
            return paths.stream().mapToInt(Path::paired).max().orElse(0);
        }

        @Override
        public JsonNode start(JsonNode record) {
            ArrayNode standings = Json.NODES.arrayNode(paths.size());
            paths.forEach(path -> standings.add(record));
            return standings;
        }

        /** By position, as far as the longest goes; a path with fewer {@code [*]} stays where it is. */
        @Override
        public JsonNode items(int level, JsonNode from, Scope scope) {
            List<Iterator<JsonNode>> walks = new ArrayList<>();
            boolean any = false;
            for (int i = 0; i < paths.size(); i++) {
                JsonNode items = level < paths.get(i).paired()
                        ? paths.get(i).items(level, from.get(i), scope)
                        : MissingNode.getInstance();
                any |= items.isContainerNode();
                walks.add(items.elements());
            }
            if (!any) {
                return MissingNode.getInstance();
            }
            ArrayNode all = Json.NODES.arrayNode();
            while (walks.stream().anyMatch(Iterator::hasNext)) {
                ArrayNode standings = all.addArray();
                for (int i = 0; i < paths.size(); i++) {
                    boolean walked = level < paths.get(i).paired();
                    JsonNode next = walks.get(i).hasNext() ? walks.get(i).next() : MissingNode.getInstance();
                    standings.add(walked ? next : from.get(i));
                }
            }
            return all;
        }

        /** What leads nowhere is null in it, so that each value has its place; missing when nothing leads somewhere. */
        @Override
        public JsonNode value(JsonNode from, Scope scope) {
            ArrayNode values = Json.NODES.arrayNode(paths.size());
            boolean any = false;
            for (int i = 0; i < paths.size(); i++) {
                JsonNode value = paths.get(i).value(from.get(i), scope);
                any |= !value.isMissingNode();
                values.add(value.isMissingNode() ? Json.NODES.nullNode() : value);
            }
            return any ? values : MissingNode.getInstance();
        }
    }

    /**
     * What the author wrote, with placeholders.
     *
     * @param strict whether a placeholder without a value is an error where it stands alone, too
     */
    record Written(TemplateTree template, boolean strict) implements Source {
        @Override
        public int paired() {
            return 0;
        }

        @Override
        public JsonNode start(JsonNode record) {
            return record;
        }

        @Override
        public JsonNode items(int level, JsonNode from, Scope scope) {
            return MissingNode.getInstance();
        }

        @Override
        public JsonNode value(JsonNode from, Scope scope) {
            return strict ? template.value(scope) : template.find(scope);
        }
    }

    /** What the author wrote; missing for a field that its first function makes. */
    record Constant(JsonNode constant) implements Source {
        @Override
        public int paired() {
            return 0;
        }

        @Override
        public JsonNode start(JsonNode record) {
            return record;
        }

        @Override
        public JsonNode items(int level, JsonNode from, Scope scope) {
            return MissingNode.getInstance();
        }

        @Override
        public JsonNode value(JsonNode from, Scope scope) {
            return constant;
        }
    }
}
