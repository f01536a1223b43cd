package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.YamlReader;
import io.patchbay.canvas.YamlText;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a flow as routes in Camel's own YAML DSL, which run in any Camel without Patchbay. What would need Patchbay is refused, all of
 * it at once. A flow works on the records of a payload; plain Camel on a body: where it is not known whether that is one record or a list
 * of them, somebody has to say it.
 */
public final class CamelExport {

    /** What the body is. */
    public enum Records {
        /** One record. */
        ONE,
        /** A list of records. */
        LIST
    }

    /**
     * What came of it.
     *
     * @param yaml the routes; empty where there are problems
     * @param problems what has no counterpart, with its place in the flow
     * @param notes what is said in the routes and does not do quite the same
     */
    public record Result(String yaml, List<Problem> problems, List<String> notes) {}

    private static final Set<String> AROUND = Set.of("id", "name", "note", "disabled", "ordered");
    private static final Set<String> AROUND_A_CALL = Set.of("retries", "timeout");
    private static final Set<String> KINDS =
            Shapes.all().stream().map(type -> type.spec().name()).collect(Collectors.toSet());

    private final Lack lack = new Lack();
    private final CamelText texts;
    private final CamelHttp http;
    private final String id;
    private final Records come;
    private final CamelTriggers triggers;
    private final CamelShapes shapes;
    private final CamelMap maps;

    private CamelExport(String id, @Nullable Records come, Function<String, Optional<JsonNode>> instances) {
        this.id = id;
        this.texts = new CamelText(id, lack);
        this.http = new CamelHttp(id, instances, texts, lack);
        this.triggers = new CamelTriggers(id, http, lack);
        this.shapes = new CamelShapes(id, texts, lack);
        this.maps = new CamelMap(texts, lack);
        this.come = come == null ? Records.ONE : come;
    }

    /**
     * Writes a flow.
     *
     * @param file of the flow, for messages
     * @param text of the flow, which has no errors
     * @param come what its triggers bring; null where nobody said it
     * @param instances the files of instances by their names
     */
    public static Result write(
            String file, String text, @Nullable Records come, Function<String, Optional<JsonNode>> instances) {
        Node read = new YamlReader().read(file, text, new Problems()).orElse(null);
        if (!(read instanceof MapNode flow)) {
            throw new MovingException(file + " cannot be read; 'patchbay check' says why");
        }
        JsonNode value = Literals.json(flow);
        CamelExport export = new CamelExport(value.path("flow").asText(), come, instances);
        ArrayNode routes = export.routes(flow, value);
        List<Problem> problems = export.lack.problems();
        List<String> comments = new ArrayList<>();
        comments.add("Written by 'patchbay export " + export.id
                + " --as camel'. Plain Camel: no queue, no run record, no checkpoints.");
        comments.addAll(export.lack.notes());
        export.http.properties().forEach((name, what) -> comments.add("Property " + name + ": " + what));
        StringBuilder yaml = new StringBuilder();
        List<String> lines = new ArrayList<>();
        comments.forEach(one -> FlowText.comment(one, "", lines));
        lines.forEach(line -> yaml.append(line).append('\n'));
        return new Result(
                problems.isEmpty() ? yaml + YamlText.block(routes, 0) + "\n" : "", problems, export.lack.notes());
    }

    private ArrayNode routes(MapNode flow, JsonNode value) {
        ArrayNode routes = Json.NODES.arrayNode();
        ArrayNode steps = Json.NODES.arrayNode();
        http.metadata(CamelText.metadata(value));
        int number = 0;
        if (flow.get("trigger") instanceof ListNode list) {
            for (Node trigger : list.items()) {
                triggers.trigger(trigger, Literals.json(trigger), ++number, routes);
            }
        }
        value.path("variables").properties().forEach(one -> {
            if (one.getValue().isContainerNode()) {
                lack.add(
                        flow.at(),
                        "variable '" + one.getKey() + "' is a list or an object",
                        "plain Camel is given texts and numbers");
            }
            steps.addObject()
                    .putObject("setVariable")
                    .put("name", one.getKey())
                    .put("constant", one.getValue().asText());
        });
        steps.addObject().put("convertBodyTo", "String");
        if (flow.get("shapes") instanceof ListNode list) {
            shapes(list, come, steps, false);
        }
        route(routes, id, "direct:" + id, Json.NODES.objectNode(), steps);
        http.routes(routes);
        return routes;
    }

    static void route(ArrayNode routes, String id, String uri, ObjectNode parameters, ArrayNode steps) {
        ObjectNode route = routes.addObject().putObject("route");
        route.put("id", id);
        ObjectNode from = route.putObject("from").put("uri", uri);
        if (!parameters.isEmpty()) {
            from.set("parameters", parameters);
        }
        from.set("steps", steps);
    }

    private @Nullable Records shapes(ListNode list, @Nullable Records begin, ArrayNode steps, boolean goesOn) {
        Records form = begin;
        for (int i = 0; i < list.items().size(); i++) {
            if (list.items().get(i) instanceof MapNode shape) {
                boolean more = goesOn || i < list.items().size() - 1;
                String kind = shape.entries().keySet().stream()
                        .filter(KINDS::contains)
                        .findFirst()
                        .orElse("");
                Node settings = shape.get(kind);
                JsonNode whole = Literals.json(shape);
                if (whole.path("disabled").asBoolean()) {
                    continue;
                }
                around(shape, kind);
                if (kind.equals("flowControl") && !(form == Records.ONE && single(whole.path(kind)))) {
                    List<Node> rest = list.items().subList(i + 1, list.items().size());
                    return cut(whole.path(kind), shape.at(), new ListNode(list.at(), rest), form, steps, goesOn);
                }
                form = shape(kind, shape, settings == null ? shape : settings, whole, form, steps, more);
            }
        }
        return form;
    }

    /** Whether each record goes on by itself, as it is. */
    private static boolean single(JsonNode of) {
        return of.path("size").asInt() == 1 && !of.path("wrapSingle").asBoolean(true) && !of.has("level");
    }

    /** What stands behind it is done for each part. */
    private @Nullable Records cut(
            JsonNode of, Location at, ListNode rest, @Nullable Records form, ArrayNode steps, boolean goesOn) {
        if (goesOn) {
            lack.add(
                    at,
                    "a list that is cut inside of a path goes on one by one only there: what stands behind"
                            + " the paths would see it whole",
                    "put the shapes behind the paths into them");
        }
        if (!single(of)) {
            maps.chunks(of, at, form, steps);
        }
        ArrayNode inside = Json.NODES.arrayNode();
        ObjectNode split = steps.addObject().putObject("split");
        split.putObject("jsonpath").put("expression", "$[*]").put("writeAsString", true);
        // The first part that fails ends it, as it ends a run.
        split.put("stopOnException", true);
        boolean wrapped = of.path("size").asInt() > 1 || of.path("wrapSingle").asBoolean(true);
        Records left = shapes(rest, wrapped ? Records.LIST : Records.ONE, inside, false);
        split.set("steps", inside);
        return left;
    }

    private void around(MapNode shape, String kind) {
        shape.entries().forEach((key, entry) -> {
            boolean known = AROUND.contains(key) || (kind.equals("connection") && AROUND_A_CALL.contains(key));
            if (key.equals("parallel")) {
                lack.note("parallel: payloads go one after the other");
                return;
            }
            if (!key.equals(kind)
                    && !known
                    && !Literals.json(entry.value()).asText().equals("stop")) {
                lack.add(
                        entry.at(),
                        "'" + key + "' around a shape is Patchbay's",
                        key.equals("retries") ? "an onException with a redelivery policy does it" : "take it out");
            }
        });
    }

    private @Nullable Records shape(
            String kind,
            MapNode shape,
            Node settings,
            JsonNode whole,
            @Nullable Records form,
            ArrayNode steps,
            boolean more) {
        JsonNode of = whole.path(kind);
        Location at = shape.at();
        String name = whole.path("id").asText(kind);
        boolean one = form == Records.ONE;
        switch (kind) {
            case "filter" -> filter(of, at, form, steps);
            case "map" -> {
                return maps.map(settings, at, form, steps);
            }
            case "route" -> {
                return route(of, settings, at, form, steps, more);
            }
            case "branch" -> branch(of, settings, at, form, steps, more);
            case "try" -> {
                return tries(of, settings, at, form, steps, more);
            }
            case "connection" -> {
                return http.connection(whole, at, name, form, steps);
            }
            case "split" -> {
                return split(of, at, form, steps);
            }
            case "flowControl" -> {}
            case "setVariables" -> shapes.variables(of, at, one, steps);
            case "notify" -> shapes.notified(of, at, name, one, steps);
            case "delay" -> shapes.delay(of, at, steps);
            case "throttle" -> shapes.throttle(of, at, steps);
            case "runFlow" -> shapes.runFlow(of, at, steps);
            case "manualPayload" -> {
                return shapes.manual(of, at, one, steps);
            }
            case "assert" -> shapes.asserted(of, at, one, steps);
            case "callback" -> shapes.callback(of, at, steps, more);
            case "camel" -> shapes.camel(of, at, steps);
            default ->
                lack.add(
                        at,
                        "the shape " + kind + " needs Patchbay",
                        "a route of your own in routes/*.camel.yaml can do it");
        }
        return form;
    }

    private void filter(JsonNode of, Location at, @Nullable Records form, ArrayNode steps) {
        boolean keep = of.has("keep");
        JsonNode condition = keep ? of.path("keep") : of.path("drop");
        CamelConditions conditions = new CamelConditions(lack, at);
        boolean empty = !of.path("dropEmpty").asBoolean(true);
        if (form == Records.ONE) {
            if (empty) {
                lack.add(at, "dropEmpty: false lets one record go on as nothing", "take it out");
            }
            ObjectNode filter = steps.addObject().putObject("filter");
            filter.putObject("jsonpath")
                    .put("expression", conditions.path(condition, keep))
                    .put("suppressExceptions", true);
            filter.set("steps", ended());
            return;
        }
        steps.addObject()
                .putObject("setBody")
                .putObject("jsonpath")
                .put("expression", conditions.path(condition, !keep))
                .put("writeAsString", true);
        joined(steps);
        if (!empty) {
            ObjectNode filter = steps.addObject().putObject("filter");
            filter.put("simple", "${body} == '[]'");
            filter.set("steps", ended());
        }
    }

    /** A list of JSON texts as one JSON text. */
    private static void joined(ArrayNode steps) {
        steps.addObject().putObject("setBody").put("simple", "[${join(',')}]");
    }

    /** A payload ends here; whoever waits for an answer is not shown what was left out. */
    private ArrayNode ended() {
        ArrayNode steps = Json.NODES.arrayNode();
        if (triggers.answers()) {
            steps.addObject().putObject("setBody").put("constant", "[]");
        }
        steps.addObject().putObject("stop");
        return steps;
    }

    private @Nullable Records route(
            JsonNode of, Node settings, Location at, @Nullable Records form, ArrayNode steps, boolean more) {
        if (form != Records.ONE) {
            lack.add(
                    at,
                    "a route divides the records of a list, and plain Camel sends a body one way",
                    "put flowControl: { size: 1, wrapSingle: false } before it");
            return form;
        }
        boolean first = of.path("match").asText("all").equals("first");
        if (!first && more) {
            lack.add(
                    at,
                    "a record may go down several paths of this route and on behind it, as often",
                    "say match: first, or put the shapes behind it into its paths");
        }
        CamelConditions conditions = new CamelConditions(lack, at);
        ListNode paths = settings instanceof MapNode map && map.get("paths") instanceof ListNode list
                ? list
                : new ListNode(at, List.of());
        ObjectNode parent = Json.NODES.objectNode();
        ArrayNode when = Json.NODES.arrayNode();
        @Nullable ArrayNode otherwise = null;
        for (Node path : paths.items()) {
            JsonNode said = Literals.json(path);
            ArrayNode inside = Json.NODES.arrayNode();
            if (path instanceof MapNode map && map.get("shapes") instanceof ListNode list) {
                shapes(list, form, inside, more);
            }
            if (said.path("otherwise").asBoolean() || (first && !said.has("when"))) {
                if (!first) {
                    lack.add(path.at(), "otherwise beside match: all has no counterpart", "say match: first");
                }
                otherwise = inside;
            } else {
                ObjectNode one = when.addObject();
                if (said.has("when")) {
                    one.putObject("jsonpath")
                            .put("expression", conditions.path(said.path("when"), false))
                            .put("suppressExceptions", true);
                } else {
                    one.put("constant", "true");
                }
                one.set("steps", inside);
            }
        }
        if (first) {
            ObjectNode choice = parent.putObject("choice");
            choice.set("when", when);
            choice.putObject("otherwise").set("steps", otherwise == null ? ended() : otherwise);
        } else {
            ArrayNode all = parent.putObject("multicast").putArray("steps");
            when.forEach(one -> all.addObject().set("filter", one));
        }
        steps.add(parent);
        return form;
    }

    private void branch(
            JsonNode of, Node settings, Location at, @Nullable Records form, ArrayNode steps, boolean more) {
        if (more) {
            lack.add(
                    at,
                    "what comes out of all paths of a branch goes on behind it, as often",
                    "put the shapes behind it into its paths");
        }
        ObjectNode multicast = steps.addObject().putObject("multicast");
        if (!of.path("onFailure").asText("stop").equals("continue")) {
            multicast.put("stopOnException", true);
        }
        ArrayNode all = multicast.putArray("steps");
        if (settings instanceof MapNode map && map.get("paths") instanceof ListNode paths) {
            for (Node path : paths.items()) {
                ArrayNode inside = Json.NODES.arrayNode();
                if (path instanceof MapNode one && one.get("shapes") instanceof ListNode list) {
                    shapes(list, form, inside, false);
                }
                all.addObject().putObject("pipeline").set("steps", inside);
            }
        }
    }

    private @Nullable Records tries(
            JsonNode of, Node settings, Location at, @Nullable Records form, ArrayNode steps, boolean more) {
        if (of.path("outcome").asText().equals("fail")) {
            lack.add(
                    at,
                    "outcome: fail lets a run fail that caught something",
                    "plain Camel ends well when doCatch does");
        }
        ObjectNode tries = steps.addObject().putObject("doTry");
        ArrayNode inside = tries.putArray("steps");
        Records after = form;
        if (settings instanceof MapNode map) {
            if (map.get("shapes") instanceof ListNode list) {
                after = shapes(list, form, inside, more);
            }
            ArrayNode caught = Json.NODES.arrayNode();
            if (map.get("catch") instanceof ListNode list) {
                shapes(list, form, caught, more);
            }
            ObjectNode one = tries.putArray("doCatch").addObject();
            one.putArray("exception").add("java.lang.Exception");
            one.set("steps", caught);
        }
        lack.note("what a doTry caught is the whole body as it was where it failed, and not one record");
        return after;
    }

    private Records split(JsonNode of, Location at, @Nullable Records form, ArrayNode steps) {
        if (of.has("wrapper")) {
            lack.add(at, "a wrapper of a split needs Patchbay", null);
        }
        String level = of.path("level").asText();
        lack.note("split " + level + " takes it for a list");
        String path = level.startsWith("$") ? level : (form == Records.ONE ? "$." : "$[*].") + level;
        ObjectNode body = steps.addObject().putObject("setBody").putObject("jsonpath");
        body.put("expression", path + (path.endsWith("[*]") ? "" : "[*]"))
                .put("writeAsString", true)
                .put("suppressExceptions", true);
        joined(steps);
        return Records.LIST;
    }
}
