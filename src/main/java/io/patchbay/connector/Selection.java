package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.definition.RecordSelectorConfig;
import io.patchbay.expression.Condition;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.SourcePath;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records of an answer are taken.
 *
 * @param path where they stand; null when the answer itself decides
 * @param config as it was written, or null
 * @param columns where the values of records are named that are lists of values, or null
 * @param chunk records per payload of an answer that is read piece by piece; null when it is read whole
 */
public record Selection(
        @Nullable RecordPath path,
        @Nullable RecordSelectorConfig config,
        @Nullable Columns columns,
        @Nullable Integer chunk) {

    /** All that the answer has. */
    public static final Selection ALL = new Selection(null, null, null, null);

    /** Whether a page without records is a payload. */
    public boolean emitsEmpty() {
        return config != null && config.onEmpty() == RecordSelectorConfig.OnEmpty.EMIT_PARENT;
    }

    private boolean takesAll() {
        return config == null || (config.filter() == null && config.expand() == null);
    }

    /**
     * The answer with the records that are taken.
     *
     * @throws StepException when the condition cannot be answered for a record
     */
    public Payload taken(Payload answer, Scope scope) throws StepException {
        if (takesAll() || !(answer.body() instanceof Body.Tree)) {
            return answer;
        }
        List<JsonNode> records = answer.records();
        List<JsonNode> taken = taken(records, scope);
        if (config != null && config.expand() != null) {
            return answer.withBody(
                    new Body.Tree(Json.NODES.arrayNode(taken.size()).addAll(taken)), RecordPath.ROOT_LIST);
        }
        return taken.size() == records.size() ? answer : answer.withRecords(taken);
    }

    /** The answer with objects in place of lists of values. @throws StepException when it does not name all of them */
    public Payload named(Payload answer) throws StepException {
        if (columns == null || !(answer.body() instanceof Body.Tree json)) {
            return answer;
        }
        Columns.Names names = columns.in(json.tree());
        List<JsonNode> records = new ArrayList<>();
        for (JsonNode row : answer.records()) {
            records.add(names.named(row));
        }
        return answer.withRecords(records);
    }

    /** Those of some records that are taken, or what they are made into. */
    public List<JsonNode> taken(List<JsonNode> records, Scope scope) throws StepException {
        if (config == null || takesAll()) {
            return records;
        }
        List<JsonNode> taken = new ArrayList<>(records.size());
        try {
            for (JsonNode record : records) {
                Condition filter = config.filter();
                if (filter == null || filter.test(record, scope)) {
                    add(config, record, scope, taken);
                }
            }
            return taken;
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    private static void add(RecordSelectorConfig config, JsonNode record, Scope scope, List<JsonNode> taken)
            throws StepException {
        SourcePath expand = config.expand();
        if (expand == null) {
            taken.add(record);
            return;
        }
        JsonNode items = expand.find(record, scope);
        for (JsonNode item : items.isArray() ? items : List.of(items)) {
            if (!item.isMissingNode() && !item.isNull()) {
                taken.add(config.parentAs() == null ? item : withParent(config, record, item));
            }
        }
    }

    private static JsonNode withParent(RecordSelectorConfig config, JsonNode record, JsonNode item) {
        ObjectNode child = Json.NODES.objectNode();
        if (item instanceof ObjectNode object) {
            child.setAll(object);
        } else {
            child.set("value", item);
        }
        ObjectNode parent = Json.NODES.objectNode();
        record.properties().forEach(field -> {
            if (!field.getKey().equals(String.valueOf(config.expand()))) {
                parent.set(field.getKey(), field.getValue());
            }
        });
        return child.set(String.valueOf(config.parentAs()), parent);
    }
}
