package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Graph.Edge;
import io.patchbay.moving.Graph.Node;
import io.patchbay.moving.PatchworksConditions.Way;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Steps and connections of a version of a flow of Patchworks. */
final class PatchworksGraph {

    private static final String[] FROM = {
        "source",
        "from",
        "source_id",
        "from_id",
        "source_step_id",
        "from_step_id",
        "parent_id",
        "parent_step_id",
        "parent",
        "source_step",
        "from_step",
        "parent_uuid",
        "source_uuid",
        "previous",
        "previous_id",
        "previous_step_id",
        "start"
    };
    private static final String[] TO = {
        "target",
        "to",
        "target_id",
        "to_id",
        "target_step_id",
        "to_step_id",
        "child_id",
        "child_step_id",
        "child",
        "target_step",
        "to_step",
        "step_id",
        "child_uuid",
        "target_uuid",
        "destination",
        "destination_id",
        "next",
        "next_id",
        "next_step_id",
        "end"
    };
    private static final String[] PARENT = {"parent_id", "parent_step_id", "parent", "parent_uuid", "previous_step_id"};
    private static final String[] WAY = {
        "route_id",
        "branch_id",
        "source_handle",
        "source_port",
        "from_port",
        "handle",
        "route",
        "branch",
        "port",
        "outlet",
        "output",
        "label",
        "parent_branch",
        "condition",
        "source_output"
    };
    private static final String[] PARENT_WAY = {
        "parent_route_id",
        "parent_branch_id",
        "parent_route",
        "parent_branch",
        "parent_handle",
        "route_id",
        "branch_id",
        "parent_port",
        "parent_output"
    };

    private final SourceText.Document document;
    private final PatchworksReading reading;
    private final Report report;
    private final Graph graph = new Graph();
    private final Map<String, List<Raw>> leaving = new HashMap<>();

    PatchworksGraph(SourceText.Document document, PatchworksReading reading, Report report) {
        this.document = document;
        this.reading = reading;
        this.report = report;
    }

    /** A connection with what it says about by which way out it leaves. */
    private record Raw(String said, String to, Place place) {}

    Graph read(Fields version) {
        steps(version);
        connections(version);
        for (Node node : graph.nodes()) {
            join(node, leaving.getOrDefault(node.id(), List.of()));
        }
        for (Edge back : graph.backwards()) {
            graph.cut(back);
            report.lost(
                    back.place(),
                    "the connection from '" + SourceText.shown(back.from()) + "' leads back to '"
                            + SourceText.shown(back.to()) + "', and is left out",
                    "a shape loop repeats shapes while a condition holds");
        }
        return graph;
    }

    private void steps(Fields version) {
        JsonNode steps = version.get("steps");
        if (!steps.isArray() || steps.isEmpty()) {
            throw new MovingException(
                    document.file() + ": a version has at least one step, and this has no list 'steps' with one");
        }
        if (steps.size() > Graph.MOST_NODES) {
            throw new MovingException(
                    document.file() + ": the flow has " + steps.size() + " steps, more than " + Graph.MOST_NODES);
        }
        int number = 0;
        for (JsonNode step : steps) {
            Fields fields = reading.of(step);
            String id = fields.text("id", "uuid", "step_id");
            fields.pass("uuid", "step_id");
            Place at = document.at(step);
            if (!step.isObject()
                    || id.isBlank()
                    || fields.text("type", "step_type").isBlank()) {
                reading.whole(step);
                report.lost(
                        document.at(steps).in(String.valueOf(number)),
                        "a step has no id or no type, and is left out",
                        null);
            } else if (graph.has(id)) {
                reading.whole(step);
                report.lost(
                        at,
                        "the id '" + SourceText.shown(id)
                                + "' stands twice among the steps; the second one is left out",
                        null);
            } else {
                graph.add(new Node(
                        id, fields.text("name", "label", "title"), fields.text("type", "step_type"), step, at));
            }
            number++;
        }
    }

    private void connections(Fields version) {
        JsonNode all = version.get("connections", "links", "edges", "step_connections");
        int number = 0;
        if (all.isObject()) {
            // Steps by the id of the one before.
            Fields fields = reading.of(all);
            for (Map.Entry<String, JsonNode> one : all.properties()) {
                fields.get(one.getKey());
                for (JsonNode to : one.getValue().isArray() ? one.getValue() : List.of(one.getValue())) {
                    leave(one.getKey(), "", end(to), document.at(all).in(one.getKey()));
                    number++;
                }
            }
        } else {
            for (JsonNode one : all) {
                Place at = one.isContainerNode()
                        ? document.at(one)
                        : document.at(all).in(String.valueOf(number));
                Fields fields = reading.of(one);
                JsonNode from = one.isArray() && one.size() == 2 ? one.get(0) : fields.get(FROM);
                JsonNode to = one.isArray() && one.size() == 2 ? one.get(1) : fields.get(TO);
                fields.pass(
                        "id",
                        "uuid",
                        "created_at",
                        "updated_at",
                        "order",
                        "position",
                        "target_handle",
                        "target_port",
                        "to_port",
                        "animated",
                        "style",
                        "type",
                        "name");
                String way = from.isObject()
                        ? reading.of(from)
                                .text("port", "handle", "route_id", "branch_id", "route", "branch", "output", "label")
                        : "";
                leave(end(from), way.isBlank() ? fields.text(WAY) : way, end(to), at);
                number++;
            }
        }
        boolean none = number == 0;
        for (Node node : graph.nodes()) {
            Fields fields = reading.of(node.source());
            String parent = end(fields.get(PARENT));
            String way = fields.text(PARENT_WAY);
            if (none && graph.has(parent)) {
                leave(parent, way, node.id(), node.place());
            } else if (none && !parent.isBlank()) {
                leave(parent, way, node.id(), node.place());
            }
        }
    }

    private void leave(String from, String said, String to, Place at) {
        if (graph.has(from) && graph.has(to)) {
            leaving.computeIfAbsent(from, one -> new ArrayList<>()).add(new Raw(said, to, at));
        } else {
            report.lost(
                    at,
                    "a connection from '" + SourceText.shown(from) + "' to '" + SourceText.shown(to)
                            + "' names a step that is not there, and is left out",
                    null);
        }
    }

    private String end(JsonNode value) {
        if (value.isObject()) {
            Fields fields = reading.of(value);
            fields.pass("name", "type");
            return fields.text("id", "step_id", "uuid", "step");
        }
        return value.asText("");
    }

    private void join(Node from, List<Raw> wires) {
        String kind = PatchworksShapes.kind(from.type());
        List<Way> ways = switch (kind) {
            case "trycatch" -> List.of(way("try"), way("catch"));
            case "route", "branch" -> PatchworksConditions.ways(reading, PatchworksShapes.config(reading, from), kind);
            default -> List.of();
        };
        boolean fans = Set.of("trycatch", "route", "branch").contains(kind);
        boolean fromOne = wires.stream().noneMatch(wire -> wire.said().equals("0"))
                && wires.stream().anyMatch(wire -> wire.said().equals(String.valueOf(ways.size())));
        int next = 0;
        for (Raw wire : wires) {
            if (ways.isEmpty()) {
                graph.join(new Edge(from.id(), "", wire.to(), wire.place()));
                if (fans && !wire.said().isBlank()) {
                    report.look(
                            wire.place(),
                            from.shown() + " has no list of ways out in the file: '" + SourceText.shown(wire.said())
                                    + "' takes everything",
                            null);
                }
                continue;
            }
            String key = key(ways, wire.said(), fromOne);
            if (key == null) {
                key = ways.get(Math.min(next, ways.size() - 1)).key();
                String told = wire.said().isBlank()
                        ? "a connection does not say by which way out of " + from.shown() + " it leaves"
                        : from.shown() + " has no way out '" + SourceText.shown(wire.said()) + "'";
                if (wire.said().isBlank()) {
                    report.look(
                            wire.place(),
                            told + ": it is taken for number " + (next + 1),
                            "compare it with the canvas there");
                } else {
                    report.lost(wire.place(), told + "; the connection is taken for number " + (next + 1), null);
                }
            }
            next++;
            graph.join(new Edge(from.id(), key, wire.to(), wire.place()));
        }
    }

    private static Way way(String name) {
        ObjectNode none = Json.NODES.objectNode();
        return new Way(name, name, none);
    }

    /** By which way out a connection leaves: as it says, by id, name or number; null where it does not. */
    private static @Nullable String key(List<Way> ways, String said, boolean fromOne) {
        if (said.isBlank()) {
            return null;
        }
        for (Way way : ways) {
            if (way.key().equals(said)) {
                return way.key();
            }
        }
        String plain = Fields.plain(said);
        for (Way way : ways) {
            if (!plain.isEmpty()
                    && (Fields.plain(way.key()).equals(plain)
                            || Fields.plain(way.name()).equals(plain))) {
                return way.key();
            }
        }
        if (ways.size() == 2 && ways.get(1).key().equals("catch")) {
            return plain.matches(".*(catch|fail|error|exception).*")
                    ? "catch"
                    : plain.matches(".*(try|success).*") ? "try" : null;
        }
        if (said.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(said) - (fromOne ? 1 : 0);
            return number >= 0 && number < ways.size() ? ways.get(number).key() : null;
        }
        return null;
    }
}
