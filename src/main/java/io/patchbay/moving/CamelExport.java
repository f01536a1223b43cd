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
    private static final Set<String> KINDS =
            Shapes.all().stream().map(type -> type.spec().name()).collect(Collectors.toSet());

    private final Lack lack = new Lack();
    private final CamelText texts;
    private final CamelHttp http;
    private final String id;
    private final Records come;
    private boolean answers;

    private CamelExport(String id, @Nullable Records come, Function<String, Optional<JsonNode>> instances) {
        this.id = id;
        this.texts = new CamelText(id, lack);
        this.http = new CamelHttp(instances, texts, lack);
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
                + " --as camel'. Plain Camel: no queue, no run record, no retries, no checkpoints.");
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
        int number = 0;
        if (flow.get("trigger") instanceof ListNode triggers) {
            for (Node trigger : triggers.items()) {
                trigger(trigger, Literals.json(trigger), ++number, routes);
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
        if (flow.get("shapes") instanceof ListNode shapes) {
            shapes(shapes, come, steps, false);
        }
        route(routes, id, "direct:" + id, Json.NODES.objectNode(), steps);
        return routes;
    }

    private static void route(ArrayNode routes, String id, String uri, ObjectNode parameters, ArrayNode steps) {
        ObjectNode route = routes.addObject().putObject("route");
        route.put("id", id);
        ObjectNode from = route.putObject("from").put("uri", uri);
        if (!parameters.isEmpty()) {
            from.set("parameters", parameters);
        }
        from.set("steps", steps);
    }

    private void trigger(Node at, JsonNode trigger, int number, ArrayNode routes) {
        String kind = trigger.fieldNames().hasNext() ? trigger.fieldNames().next() : "";
        JsonNode of = trigger.path(kind);
        ArrayNode steps = Json.NODES.arrayNode();
        ObjectNode parameters = Json.NODES.objectNode();
        String name = id + "-" + kind + (number == 1 ? "" : "-" + number);
        switch (kind) {
            case "schedule" -> {
                String every = of.path("every").asText();
                if (!every.isEmpty()) {
                    parameters.put(
                            "period", io.patchbay.canvas.Durations.parse(every).toMillis());
                    lack.note("schedule every " + every + " counts from the start of the route");
                } else {
                    String cron = quartz(of.path("cron").asText());
                    if (cron == null) {
                        lack.add(
                                at.at(),
                                "the cron '" + of.path("cron").asText()
                                        + "' names days of the month and of the week, which Quartz does not take"
                                        + " together",
                                "make two schedules of it");
                        return;
                    }
                    parameters
                            .put("cron", cron)
                            .put("trigger.timeZone", of.path("zone").asText("UTC"));
                }
                steps.addObject().putObject("setBody").put("constant", "");
                steps.addObject().put("to", "direct:" + id);
                route(routes, name, (every.isEmpty() ? "quartz:" : "timer:") + name, parameters, steps);
            }
            case "webhook", "callback" -> hook(at, kind, of, name, routes);
            case "manual" -> {}
            default ->
                lack.add(
                        at.at(),
                        "the trigger " + kind + " has no plain counterpart",
                        "call direct:" + id + " from a route of your own");
        }
    }

    private void hook(Node at, String kind, JsonNode of, String name, ArrayNode routes) {
        ObjectNode parameters = Json.NODES.objectNode();
        ArrayNode steps = Json.NODES.arrayNode();
        if (of.path("path").isMissingNode()) {
            lack.add(
                    at.at(),
                    "a webhook of a connector's event has its path and proof from the connector",
                    "give it a path and a proof of its own");
            return;
        }
        List<String> methods = new ArrayList<>();
        of.path("methods").forEach(one -> methods.add(one.asText()));
        parameters.put(
                "httpMethodRestrict", methods.isEmpty() ? of.path("method").asText("POST") : String.join(",", methods));
        JsonNode auth = of.has("auth") ? of.path("auth") : of.path("verify");
        String type = auth.isTextual() ? auth.asText() : auth.path("type").asText();
        if (type.equals("token")) {
            http.token(auth, steps);
        } else if (!type.equals("none")) {
            lack.add(
                    at.at(),
                    "what proves who calls (" + type + ") has no plain counterpart",
                    "auth: none and auth: { type: token } have; let a proxy check the rest");
        }
        if (of.has("dedupe")) {
            lack.add(
                    at.at(),
                    "dedupe needs Patchbay's database",
                    "an idempotentConsumer with a repository of yours does it");
        }
        steps.addObject().putObject("removeHeaders").put("pattern", "CamelHttp*");
        if (kind.equals("callback")) {
            answers = true;
            steps.addObject().put("to", "direct:" + id);
        } else {
            lack.note("a webhook answers 202 when the request is in memory, and not when it is on disk");
            steps.addObject().put("convertBodyTo", "String");
            steps.addObject()
                    .putObject("to")
                    .put("uri", "seda:" + id)
                    .putObject("parameters")
                    .put("waitForTaskToComplete", "Never");
            steps.addObject()
                    .putObject("setHeader")
                    .put("name", "CamelHttpResponseCode")
                    .put("constant", "202");
            steps.addObject().putObject("setBody").put("constant", "");
            ArrayNode on = Json.NODES.arrayNode();
            on.addObject().put("to", "direct:" + id);
            route(routes, name + "-taken", "seda:" + id, Json.NODES.objectNode(), on);
        }
        route(
                routes,
                name,
                "platform-http:/" + (kind.equals("webhook") ? "hooks" : "callbacks") + "/"
                        + of.path("path").asText(),
                parameters,
                steps);
    }

    /** Six fields for five; Quartz wants a question mark for the day that does not count, and counts Sunday from 1. */
    static @Nullable String quartz(String cron) {
        String[] fields = cron.strip().split("\\s+", -1);
        if (fields.length != 5 || (!fields[2].equals("*") && !fields[4].equals("*"))) {
            return null;
        }
        String[] days = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
        StringBuilder week = new StringBuilder();
        boolean step = false;
        for (char c : fields[4].toCharArray()) {
            week.append(!step && c >= '0' && c <= '7' ? days[c - '0'] : String.valueOf(c));
            step = c == '/';
        }
        return "0 " + fields[0] + " " + fields[1] + " "
                + (fields[4].equals("*") ? fields[2] + " " + fields[3] + " ?" : "? " + fields[3] + " " + week);
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
                if (splits(whole.path(kind), kind) && form != Records.ONE) {
                    ArrayNode inside = Json.NODES.arrayNode();
                    ObjectNode split = steps.addObject().putObject("split");
                    split.putObject("jsonpath").put("expression", "$[*]").put("writeAsString", true);
                    List<Node> rest = list.items().subList(i + 1, list.items().size());
                    if (goesOn) {
                        lack.add(
                                shape.at(),
                                "a list that is cut inside of a path goes on one by one only there: what stands behind"
                                        + " the paths would see it whole",
                                "put the shapes behind the paths into them");
                    }
                    Records left = shapes(new ListNode(list.at(), rest), Records.ONE, inside, false);
                    split.set("steps", inside);
                    return left;
                }
                form = shape(kind, shape, settings == null ? shape : settings, whole, form, steps, more);
            }
        }
        return form;
    }

    private static boolean splits(JsonNode of, String kind) {
        return kind.equals("flowControl")
                && of.path("size").asInt() == 1
                && !of.path("wrapSingle").asBoolean(true)
                && !of.has("level");
    }

    private void around(MapNode shape, String kind) {
        shape.entries().forEach((key, entry) -> {
            if (!key.equals(kind) && !AROUND.contains(key)) {
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
            case "route" -> {
                return route(of, settings, at, form, steps, more);
            }
            case "branch" -> branch(of, settings, at, form, steps, more);
            case "try" -> {
                return tries(of, settings, at, form, steps, more);
            }
            case "connection" -> {
                return http.connection(of, at, name, form, steps);
            }
            case "split" -> {
                return split(of, at, form, steps);
            }
            case "flowControl" ->
                lack.add(
                        at,
                        "flowControl in batches needs Patchbay; size: 1 with wrapSingle: false has a counterpart",
                        null);
            case "setVariables" -> variables(of, at, one, steps);
            case "notify" -> notified(of, at, name, one, steps);
            case "delay" -> {
                if (of.path("for").asText().matches("[0-9]+(ms|s|m|h|d)")) {
                    steps.addObject()
                            .putObject("delay")
                            .put(
                                    "constant",
                                    io.patchbay.canvas.Durations.parse(
                                                    of.path("for").asText())
                                            .toMillis());
                } else {
                    lack.add(
                            at, "a delay until an instant, or of a time from the data, needs Patchbay", "say for: 30s");
                }
            }
            case "throttle" -> {
                if (of.has("payloads")) {
                    ObjectNode throttle = steps.addObject().putObject("throttle");
                    throttle.put("constant", of.path("payloads").asInt());
                    throttle.put(
                            "timePeriodMillis",
                            String.valueOf(io.patchbay.canvas.Durations.parse(
                                            of.path("per").asText("1s"))
                                    .toMillis()));
                } else {
                    lack.add(at, "a throttle of records needs Patchbay", "throttle payloads");
                }
            }
            case "runFlow" -> runFlow(of, at, steps);
            case "manualPayload" -> {
                return manual(of, at, one, steps);
            }
            case "assert" -> asserted(of, at, one, steps);
            case "callback" -> callback(of, at, steps, more);
            case "camel" -> camel(of, at, steps);
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
        if (answers) {
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
            if (path instanceof MapNode map && map.get("shapes") instanceof ListNode shapes) {
                shapes(shapes, form, inside, more);
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
                if (path instanceof MapNode one && one.get("shapes") instanceof ListNode shapes) {
                    shapes(shapes, form, inside, false);
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
            if (map.get("shapes") instanceof ListNode shapes) {
                after = shapes(shapes, form, inside, more);
            }
            ArrayNode caught = Json.NODES.arrayNode();
            if (map.get("catch") instanceof ListNode shapes) {
                shapes(shapes, form, caught, more);
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

    private void variables(JsonNode of, Location at, boolean one, ArrayNode steps) {
        of.path("flow").properties().forEach(member -> {
            String text = texts.simple(member.getValue().asText(), at, one, steps);
            steps.addObject()
                    .putObject("setVariable")
                    .put("name", member.getKey())
                    .put("simple", text);
        });
        of.path("meta").properties().forEach(member -> {
            String text = texts.simple(member.getValue().asText(), at, one, steps);
            steps.addObject()
                    .putObject("setHeader")
                    .put("name", CamelText.header(member.getKey()))
                    .put("simple", text);
        });
    }

    private void notified(JsonNode of, Location at, String name, boolean one, ArrayNode steps) {
        if (!of.path("to").isEmpty()) {
            lack.add(at, "notification groups and mails need Patchbay", "log it, or send it with a component of Camel");
        }
        String per = of.path("per").asText("payload");
        if (per.equals("run") || (per.equals("record") && !one)) {
            lack.add(at, "a notify for each " + per + " needs Patchbay", "per: payload has a counterpart");
        }
        String text = texts.simple(of.path("text").asText(), at, one, steps);
        steps.addObject()
                .putObject("log")
                .put("message", text)
                .put("loggingLevel", of.path("log").asText("info").toUpperCase(java.util.Locale.ROOT))
                .put("logName", id + "." + name);
    }

    private void runFlow(JsonNode of, Location at, ArrayNode steps) {
        if (of.has("variables") || of.has("json")) {
            lack.add(
                    at,
                    "variables and a payload of its own for another flow need Patchbay",
                    "let the other flow read them from the payload");
        }
        String uri = "direct:" + of.path("flow").asText();
        lack.note("flow " + of.path("flow").asText() + " must be exported, too: it is called as " + uri);
        if (of.path("wait").asBoolean()) {
            steps.addObject().put("to", uri);
            steps.addObject().put("convertBodyTo", "String");
        } else {
            steps.addObject().putObject("wireTap").put("uri", uri);
        }
    }

    private Records manual(JsonNode of, Location at, boolean one, ArrayNode steps) {
        if (of.has("json")) {
            steps.addObject().putObject("setBody").put("constant", texts.json(of.path("json"), at, one, steps));
            return of.path("json").isArray() ? Records.LIST : Records.ONE;
        }
        String text = texts.simple(of.path("text").asText(), at, one, steps);
        steps.addObject().putObject("setBody").put(text.contains("${") ? "simple" : "constant", text);
        return Records.ONE;
    }

    private void asserted(JsonNode of, Location at, boolean one, ArrayNode steps) {
        if (!of.has("that") || !one) {
            lack.add(
                    at,
                    "an assert that compares content, or records of a list, needs Patchbay",
                    "that: CONDITION of one record has a counterpart");
            return;
        }
        steps.addObject()
                .putObject("validate")
                .putObject("jsonpath")
                .put("expression", new CamelConditions(lack, at).path(of.path("that"), false))
                .put("suppressExceptions", true);
    }

    private void callback(JsonNode of, Location at, ArrayNode steps, boolean more) {
        if (more) {
            lack.add(
                    at,
                    "what stands behind an answer runs as a run of its own, which is made durable first",
                    "put it before the callback, or into another flow");
        }
        if (of.has("whenEmpty")) {
            lack.note("whenEmpty has no counterpart: where nothing reaches the answer it is []");
        }
        if (!of.path("answer").asText("array").equals("one")) {
            steps.addObject().putObject("setBody").put("simple", "[${body}]");
        }
        steps.addObject().putObject("removeHeaders").put("pattern", "*");
        steps.addObject()
                .putObject("setHeader")
                .put("name", "CamelHttpResponseCode")
                .put("constant", String.valueOf(of.path("status").asInt(200)));
        steps.addObject()
                .putObject("setHeader")
                .put("name", "Content-Type")
                .put("constant", of.path("contentType").asText("application/json"));
    }

    private void camel(JsonNode of, Location at, ArrayNode steps) {
        if (of.path("yields").asText("one").equals("many")) {
            lack.add(at, "yields: many needs Patchbay", "let the steps split");
        }
        if (of.has("uri")) {
            steps.addObject().put("to", of.path("uri").asText());
        }
        of.path("steps").forEach(steps::add);
        if (of.toString().contains("connector:")) {
            lack.add(at, "the component connector: is Patchbay's", "call the system with a component of Camel");
        }
        steps.addObject().put("convertBodyTo", "String");
    }
}
