package io.patchbay.shape.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.mapping.FieldMap;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Numbering;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map whose records are others than those that came: the items of a list in them, or groups of them. What fails is what came: a
 * record with all its items, or all records of a group as one list, which makes that group again when it is replayed.
 *
 * @param fields the map
 * @param regroup makes units of what came
 */
record Regrouping(FieldMap fields, Regroup regroup) implements Plan.PayloadWork {

    /** Makes units of the records of a payload. */
    interface Regroup {
        /** Takes the records and tells of those that make no unit. */
        List<Unit> units(List<JsonNode> records, Work work) throws StepException;
    }

    /**
     * What is mapped or fails together.
     *
     * @param index of its first record in what came
     * @param came what came
     * @param records what is mapped
     */
    record Unit(int index, JsonNode came, List<JsonNode> records) {}

    /** Each record is mapped as it is. */
    static final Regroup EACH = (records, work) -> {
        List<Unit> units = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            units.add(new Unit(i, records.get(i), List.of(records.get(i))));
        }
        return units;
    };

    /** Each record becomes those of a list in it. */
    static Regroup exploding(ExplodeSettings explode) {
        return (records, work) -> {
            List<Unit> units = new ArrayList<>(records.size());
            for (int i = 0; i < records.size(); i++) {
                JsonNode record = records.get(i);
                try {
                    units.add(new Unit(i, record, explode.records(record)));
                } catch (StepException e) {
                    work.fail(i, record, e);
                }
            }
            return units;
        };
    }

    /** Records of one key become one. */
    static Regroup grouping(GroupSettings group) {
        return (records, work) -> {
            Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
            Map<String, Integer> first = new LinkedHashMap<>();
            // A payload that is one record, and that a list, is a group that failed before.
            List<JsonNode> all = records.size() == 1 && records.get(0) instanceof ArrayNode failed
                    ? RecordPath.ROOT_LIST.records(failed)
                    : records;
            for (int i = 0; i < all.size(); i++) {
                try {
                    String key = work.key(all.get(i), group);
                    first.putIfAbsent(key, i);
                    rows.computeIfAbsent(key, any -> new ArrayList<>()).add(all.get(i));
                } catch (StepException e) {
                    work.fail(i, all.get(i), e);
                }
            }
            List<Unit> units = new ArrayList<>(rows.size());
            for (Map.Entry<String, List<JsonNode>> one : rows.entrySet()) {
                ArrayNode came = Json.NODES.arrayNode().addAll(one.getValue());
                int index = first.getOrDefault(one.getKey(), 0);
                try {
                    units.add(new Unit(index, came, List.of(group.record(one.getValue()))));
                } catch (StepException e) {
                    work.fail(index, came, e);
                }
            }
            return units;
        };
    }

    @Override
    public @Nullable Payload apply(Payload payload, Attempt attempt) throws StepException {
        Payload parsed = payload.parsed();
        Work work = new Work(
                parsed.recordPath().each(),
                record -> attempt.scope(parsed, record),
                (index, came, e) -> attempt.failRecord(parsed, index, came, e));
        ArrayNode made = Json.NODES.arrayNode();
        Numbering numbers = Numbering.of(parsed);
        for (Unit unit : regroup.units(parsed.records(), work)) {
            try {
                List<JsonNode> mapped = work.mapped(unit, fields);
                numbers.took(unit.index(), mapped.size());
                made.addAll(mapped);
            } catch (StepException e) {
                work.fail(unit.index(), unit.came(), e);
            }
        }
        return made.isEmpty() && work.failed
                ? null
                : numbers.in(parsed.withBody(new Body.Tree(made), RecordPath.ROOT_LIST));
    }

    /** Takes what fails. */
    interface Failing {
        /** It leaves its payload. */
        void fails(int index, JsonNode came, StepException why) throws StepException;
    }

    /** One payload. */
    static final class Work {

        private final boolean list;
        private final Function<JsonNode, Scope> scopes;
        private final Failing failing;
        private boolean failed;

        /**
         * @param list whether what came is a list, of which one may fail and others go on
         * @param scopes where placeholders read, for a record
         */
        Work(boolean list, Function<JsonNode, Scope> scopes, Failing failing) {
            this.list = list;
            this.scopes = scopes;
            this.failing = failing;
        }

        private List<JsonNode> mapped(Unit unit, FieldMap fields) throws StepException {
            List<JsonNode> all = new ArrayList<>(unit.records().size());
            for (JsonNode record : unit.records()) {
                all.add(fields.apply(record, scopes.apply(record)));
            }
            return all;
        }

        private String key(JsonNode record, GroupSettings group) throws StepException {
            try {
                return group.key(record, scopes.apply(record));
            } catch (ExpressionException e) {
                throw StepException.of(e);
            }
        }

        /** People count from 1. */
        private void fail(int index, JsonNode came, StepException e) throws StepException {
            if (e.retryable() || !list) {
                throw e;
            }
            failed = true;
            String which = "record " + (index + 1) + (came.isArray() ? " and those of its group: " : ": ");
            failing.fails(index, came, new StepException(e.owner(), e.code(), which + e.getMessage(), e.getCause()));
        }
    }
}
