package io.patchbay.route;

import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Ref;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowSettings;
import io.patchbay.run.Nodes;
import io.patchbay.run.RunRules;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.shape.Plan;
import io.patchbay.shape.References;
import io.patchbay.shape.Step;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.Watch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.PropertyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.jspecify.annotations.Nullable;

/** Compiles flows to Camel routes. Compiling has no effect on anything running. */
public final class FlowCompiler {

    private static final int REVISION_DIGITS = 12;

    private final Nodes.Answering answering;

    /** A compiler whose answering shapes hand their answers to this. */
    public FlowCompiler(Nodes.Answering answering) {
        this.answering = answering;
    }

    /** Compiles a valid flow. */
    public CompiledFlow compile(Flow flow, Surroundings around) {
        String revision = revision(flow, around);
        String routeId = flow.id() + "@" + revision;
        List<Piece> pieces = Piece.of(flow.steps(), around);
        boolean staged = flow.settings().delivery() == FlowSettings.Delivery.STAGED;
        int answer = answerIndex(pieces);
        List<Piece> headPieces = answer < 0 ? pieces : pieces.subList(0, answer + 1);
        List<Piece> tailPieces = answer < 0 ? List.of() : pieces.subList(answer + 1, pieces.size());

        List<Laid> head = Layout.of(headPieces, false, staged);
        List<String> text = new ArrayList<>(LayoutText.of(head));
        RouteDefinition tail = null;
        if (!tailPieces.isEmpty()) {
            List<Laid> tailLaid = Layout.of(tailPieces, true, staged);
            tail = route(flow, revision, routeId + "/tail", tailLaid);
            text.add("after the answer, as a start of its own:");
            LayoutText.of(tailLaid).forEach(line -> text.add("  " + line));
        }
        return new CompiledFlow(
                flow,
                revision,
                route(flow, revision, routeId, head),
                tail,
                answer < 0 ? null : pieces.get(answer).id(),
                rules(flow, around, pieces),
                text);
    }

    /**
     * The route for runs that enter a flow at a shape, empty body or bucket in, like a tail; or at the beginning, when their caller
     * waits ({@link Runner#GIVING}).
     */
    public @Nullable RouteDefinition entering(Flow flow, Surroundings around, String shape) {
        String revision = revision(flow, around);
        boolean staged = flow.settings().delivery() == FlowSettings.Delivery.STAGED;
        List<Piece> pieces = Piece.of(flow.steps(), around);
        if (shape.equals(Runner.GIVING)) {
            int answer = answerIndex(pieces);
            List<Piece> upToAnswer = answer < 0 ? pieces : pieces.subList(0, answer + 1);
            return route(flow, revision, flow.id() + "@" + revision + "/giving", Layout.giving(upToAnswer, staged));
        }
        return Piece.from(pieces, shape)
                .map(rest -> route(
                        flow, revision, flow.id() + "@" + revision + "/from/" + shape, Layout.of(rest, true, staged)))
                .orElse(null);
    }

    /** What is kept of a flow. */
    static RevisionTexts.Text text(Flow flow, Surroundings around) {
        return new RevisionTexts.Text(flow.file(), flow.text(), scripts(flow, around), parts(flow, around));
    }

    private static Parts parts(Flow flow, Surroundings around) {
        Map<String, String> tables = new TreeMap<>();
        tables(flow, around).forEach((name, table) -> tables.put(name, digits(sha256(table.content()))));
        Map<String, String> shapes = new TreeMap<>();
        flow.allSteps().forEach(step -> {
            String print = step.fingerprint(around);
            if (!print.isEmpty()) {
                shapes.put(step.id(), digits(sha256(print.getBytes(StandardCharsets.UTF_8))));
            }
        });
        return new Parts(tables, shapes);
    }

    /** The scripts that a flow calls, in the order of their names. */
    static List<ScriptLibrary.Source> scripts(Flow flow, Surroundings around) {
        return flow.allSteps()
                .flatMap(step -> step.reads().stream())
                .filter(ref ->
                        ref.root().equals(References.SCRIPT) || ref.root().equals(References.EXPRESSION))
                .map(Ref::name)
                .flatMap(name -> around.scripts().used(name).stream())
                .distinct()
                .sorted(Comparator.comparing(ScriptLibrary.Source::name))
                .toList();
    }

    /** The lookup tables that a flow reads, by name. */
    private static Map<String, LookupTable> tables(Flow flow, Surroundings around) {
        Map<String, LookupTable> tables = new TreeMap<>();
        flow.allSteps()
                .flatMap(step -> step.reads().stream())
                .filter(ref -> ref.root().equals("table"))
                .map(Ref::name)
                .forEach(name ->
                        Optional.ofNullable(around.tables().get(name)).ifPresent(table -> tables.put(name, table)));
        return tables;
    }

    private static int answerIndex(List<Piece> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i).answers()) {
                return i;
            }
        }
        return -1;
    }

    private RouteDefinition route(Flow flow, String revision, String routeId, List<Laid> laid) {
        RouteDefinition route = new RouteDefinition();
        route.setInput(new FromDefinition("direct:" + routeId));
        route.setId(routeId);
        route.setNodePrefixId(routeId + "/");
        route.setDescription(flow.name());
        route.setGroup("flow:" + flow.id());
        route.errorHandler(new NoErrorHandlerDefinition());
        route.setStreamCache("false");
        route.setMessageHistory("false");
        route.setRouteProperties(List.of(
                new PropertyDefinition("flow", flow.id()),
                new PropertyDefinition("revision", revision),
                new PropertyDefinition("file", flow.file())));
        new RouteWriter(flow.file(), answering).write(laid, route);
        return route;
    }

    private static RunRules rules(Flow flow, Surroundings around, List<Piece> pieces) {
        Map<String, String> shapes = new LinkedHashMap<>();
        flow.allSteps().forEach(step -> shapes.put(step.id(), step.type().spec().name()));
        boolean actsOutside = pieces.stream()
                .flatMap(Piece::all)
                .anyMatch(piece -> piece.contract().outside());
        return new RunRules(
                shapes,
                flow.variables(),
                around.tables(),
                around.scripts(),
                flow.settings().limits(),
                flow.settings().capture(),
                flow.kept(),
                flow.keptRequests(),
                flow.settings().businessKey(),
                actsOutside,
                shared(pieces),
                watchers(pieces, around),
                caught(pieces));
    }

    /** How a run ends at best when a shape fails that is in a try, by the shape's id; the innermost try catches. */
    private static Map<String, RunStatus> caught(List<Piece> pieces) {
        Map<String, RunStatus> caught = new LinkedHashMap<>();
        pieces.stream().flatMap(Piece::all).forEach(piece -> {
            if (piece.plan() instanceof Plan.Guard guard) {
                RunStatus best = Nodes.atBest(guard.outcome());
                piece.paths().get(0).stream().flatMap(Piece::all).forEach(inside -> caught.put(inside.id(), best));
            }
        });
        return caught;
    }

    /** Who is told of what passed a shape, by its id. */
    private static Map<String, List<Watch.Watcher>> watchers(List<Piece> pieces, Surroundings around) {
        Map<String, List<Watch.Watcher>> watchers = new LinkedHashMap<>();
        pieces.stream()
                .flatMap(Piece::all)
                .flatMap(piece -> piece.step().watches(around.at(piece.id())).stream())
                .forEach(watch -> watchers.computeIfAbsent(watch.shape(), any -> new ArrayList<>())
                        .add(watch.watcher()));
        return watchers;
    }

    /** Shapes that call an endpoint which another one calls too, whatever it is given. */
    private static Set<String> shared(List<Piece> pieces) {
        Map<String, List<String>> callers = new LinkedHashMap<>();
        pieces.stream().flatMap(Piece::all).forEach(piece -> {
            if (piece.plan() instanceof Plan.Endpoint endpoint) {
                String called = endpoint.uri().split("\\?", 2)[0];
                callers.computeIfAbsent(called, any -> new ArrayList<>()).add(piece.id());
            }
        });
        return callers.values().stream()
                .filter(shapes -> shapes.size() > 1)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /** The content hash over a flow and all that it resolves to, as {@value #REVISION_DIGITS} hexadecimal digits. */
    static String revision(Flow flow, Surroundings around) {
        MessageDigest digest = sha256();
        digest.update(flow.text().getBytes(StandardCharsets.UTF_8));
        for (Step step : flow.allSteps().toList()) {
            digest.update(step.fingerprint(around).getBytes(StandardCharsets.UTF_8));
        }
        for (ScriptLibrary.Source script : scripts(flow, around)) {
            digest.update((script.path() + "\n" + script.text().length() + "\n" + script.text())
                    .getBytes(StandardCharsets.UTF_8));
        }
        tables(flow, around).forEach((name, table) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(table.content());
        });
        return digits(digest.digest());
    }

    private static byte[] sha256(byte[] content) {
        return sha256().digest(content);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** What a revision is written as, of any content. */
    static String digitsOf(byte[] content) {
        return digits(sha256(content));
    }

    private static String digits(byte[] hash) {
        return HexFormat.of().formatHex(hash).substring(0, REVISION_DIGITS);
    }
}
