package io.patchbay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.sandbox.SandboxSystem.Answer;
import io.patchbay.sandbox.SandboxSystem.Call;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** One entity of Business Central: its rows, how they are asked for, and that nothing is changed without If-Match. */
final class BusinessCentralTable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_PAGE = 20_000;

    /**
     * What an entity is like.
     *
     * @param lines name of the rows that stand below one and are shown when they are asked for; empty without them
     * @param firstNumber of its number series, like 10000
     */
    record Entity(
            String name,
            String lines,
            String numberPrefix,
            int firstNumber,
            Map<String, String> fields,
            Set<String> codes) {}

    private final Entity entity;
    private final Function<ObjectNode, Optional<String>> refusal;
    private final Clock clock;
    private final List<ObjectNode> rows = new ArrayList<>();
    private long changes;

    /**
     * @param refusal why a row with these values cannot be kept
     */
    BusinessCentralTable(Entity entity, Function<ObjectNode, Optional<String>> refusal, Clock clock) {
        this.entity = entity;
        this.refusal = refusal;
        this.clock = clock;
    }

    List<ObjectNode> rows() {
        return rows.stream().map(ObjectNode::deepCopy).toList();
    }

    static Answer problem(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error")
                .put("code", code)
                .put("message", message + "  CorrelationId:  00000000-0000-0000-0000-00000000c0de.");
        return Answer.json(status, body.toString());
    }

    Answer list(Call call) {
        CallQuery query = CallQuery.of(call.address());
        Predicate<JsonNode> kept = row -> true;
        try {
            if (query.get("$filter").isPresent()) {
                kept = ODataFilter.read(
                        query.get("$filter", ""), entity.fields().keySet(), entity.codes());
            }
        } catch (ODataFilter.Refused e) {
            return problem(400, "BadRequest", e.getMessage());
        }
        Optional<Answer> wrong = unknownExpand(query);
        if (wrong.isPresent()) {
            return wrong.orElseThrow();
        }
        String[] order = query.get("$orderby", "number asc").split(" ");
        Comparator<ObjectNode> by =
                Comparator.comparing(row -> row.path(order[0]).asText());
        List<ObjectNode> found = rows.stream()
                .filter(kept)
                .sorted(order.length > 1 && order[1].equals("desc") ? by.reversed() : by)
                .toList();
        int from = Integer.parseInt(query.get("$skiptoken", "0"));
        int size = pageSize(call.header("Prefer"));
        ObjectNode body = JSON.createObjectNode()
                .put("@odata.context", "https://" + call.address().getHost() + "/$metadata");
        ArrayNode value = body.putArray("value");
        found.stream().skip(from).limit(size).forEach(row -> value.add(shown(row, query)));
        if (from + size < found.size()) {
            body.put("@odata.nextLink", next(call, from + size));
        }
        return Answer.json(200, body.toString());
    }

    private static int pageSize(String prefer) {
        String size = prefer.replaceAll(".*odata\\.maxpagesize=([0-9]+).*", "$1");
        return size.matches("[0-9]{1,5}") ? Math.min(Integer.parseInt(size), LARGEST_PAGE) : LARGEST_PAGE;
    }

    private static String next(Call call, int from) {
        String query = call.address().getRawQuery().replaceAll("&?%24skiptoken=[0-9]+|&?\\$skiptoken=[0-9]+", "");
        return "https://%s%s?%s&$skiptoken=%d"
                .formatted(call.address().getHost(), call.address().getRawPath(), query, from);
    }

    private Optional<Answer> unknownExpand(CallQuery query) {
        return query.get("$expand")
                .filter(name -> !name.equals(entity.lines()))
                .map(name -> problem(400, "BadRequest", "Could not find a property named '%s'.".formatted(name)));
    }

    private ObjectNode shown(ObjectNode row, CallQuery query) {
        ObjectNode shown = row.deepCopy();
        if (!query.get("$expand", "").equals(entity.lines())) {
            shown.remove(entity.lines());
        }
        return shown;
    }

    Answer get(Call call, String id) {
        CallQuery query = CallQuery.of(call.address());
        return unknownExpand(query)
                .orElseGet(() -> row(id).map(
                                row -> Answer.json(200, shown(row, query).toString()))
                        .orElseGet(BusinessCentralTable::none));
    }

    private static Answer none() {
        return problem(404, "BadRequest_NotFound", "BadRequest_NotFound");
    }

    private Optional<ObjectNode> row(String id) {
        return rows.stream().filter(row -> row.get("id").asText().equals(id)).findFirst();
    }

    Answer create(Call call) {
        Read<ObjectNode> read = read(call);
        if (read.refused() != null) {
            return read.refused();
        }
        ObjectNode row = JSON.createObjectNode();
        row.put("@odata.etag", "");
        row.put("id", "3f6a2c1e-0000-4f0e-9d10-%012d".formatted(rows.size() + 1));
        row.put("number", entity.numberPrefix() + (entity.firstNumber() + rows.size()));
        row.setAll(read.value());
        Optional<String> refused = refusal.apply(row);
        if (refused.isPresent()) {
            return problem(400, "Application_DialogException", refused.orElseThrow());
        }
        stamp(row);
        rows.add(row);
        ObjectNode shown = row.deepCopy();
        shown.remove(entity.lines());
        return Answer.json(201, shown.toString());
    }

    Answer change(Call call, String id) {
        Optional<ObjectNode> found = row(id);
        if (found.isEmpty()) {
            return none();
        }
        ObjectNode row = found.orElseThrow();
        Optional<Answer> stale = stale(call, row);
        if (stale.isPresent()) {
            return stale.orElseThrow();
        }
        if (call.method().equals("DELETE")) {
            rows.remove(row);
            return new Answer(204, Map.of(), new byte[0]);
        }
        Read<ObjectNode> read = read(call);
        if (read.refused() != null) {
            return read.refused();
        }
        if (read.value().has(entity.lines())) {
            return problem(400, "BadRequest", "Deep update of '%s' is not supported.".formatted(entity.lines()));
        }
        ObjectNode changed = row.deepCopy();
        changed.setAll(read.value());
        Optional<String> refused = refusal.apply(changed);
        if (refused.isPresent()) {
            return problem(400, "Application_DialogException", refused.orElseThrow());
        }
        row.setAll(read.value());
        stamp(row);
        return Answer.json(200, shown(row, new CallQuery(Map.of())).toString());
    }

    private static Optional<Answer> stale(Call call, ObjectNode row) {
        String match = call.header("If-Match");
        if (match.isEmpty()) {
            return Optional.of(problem(
                    400, "BadRequest_PreconditionRequired", "The request must have an If-Match header with an ETag."));
        }
        return match.equals("*") || match.equals(row.get("@odata.etag").asText())
                ? Optional.empty()
                : Optional.of(problem(409, "Request_EntityChanged", "Another user has already changed the record."));
    }

    private void stamp(ObjectNode row) {
        changes++;
        row.put("@odata.etag", "W/\"Jz" + changes + "\"");
        row.put("lastModifiedDateTime", clock.instant().toString());
    }

    /** What was sent, or why it cannot be read. */
    private record Read<T>(T value, Answer refused) {}

    private Read<ObjectNode> read(Call call) {
        if (!call.header("Content-Type").startsWith("application/json")) {
            return new Read<>(null, problem(415, "BadRequest", "A supported MIME type could not be found."));
        }
        try {
            JsonNode body = JSON.readTree(call.body());
            Optional<String> wrong = BusinessCentralTypes.wrong(entity, body);
            return wrong.isPresent()
                    ? new Read<>(null, problem(400, "BadRequest", wrong.orElseThrow()))
                    : new Read<>(BusinessCentralTypes.kept(entity, (ObjectNode) body), null);
        } catch (IOException e) {
            return new Read<>(null, problem(400, "BadRequest", "The payload could not be read as JSON."));
        }
    }
}
