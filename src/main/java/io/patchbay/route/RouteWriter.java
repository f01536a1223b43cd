package io.patchbay.route;

import io.patchbay.connector.Begin;
import io.patchbay.route.Laid.Again;
import io.patchbay.route.Laid.Beside;
import io.patchbay.route.Laid.Caught;
import io.patchbay.route.Laid.Collect;
import io.patchbay.route.Laid.Distribute;
import io.patchbay.route.Laid.Each;
import io.patchbay.route.Laid.Enter;
import io.patchbay.route.Laid.Gate;
import io.patchbay.route.Laid.Give;
import io.patchbay.route.Laid.Merge;
import io.patchbay.route.Laid.OnePath;
import io.patchbay.route.Laid.Open;
import io.patchbay.route.Laid.Paths;
import io.patchbay.route.Laid.Round;
import io.patchbay.route.Laid.Take;
import io.patchbay.route.Laid.Unknown;
import io.patchbay.route.Laid.Work;
import io.patchbay.run.KeptResults;
import io.patchbay.run.Nodes;
import io.patchbay.run.StepProcessor;
import io.patchbay.run.StepRules;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Retries;
import io.patchbay.shape.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.PipelineDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetBodyDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.jspecify.annotations.Nullable;

/** Writes a layout as Camel's route model: each node with the shape's id, its file and line, and what it is for. */
final class RouteWriter {

    private static final Retries DEFAULT_RETRIES =
            new Retries(3, java.time.Duration.ofSeconds(1), 2, java.time.Duration.ofMinutes(5));

    private final String file;
    private final Nodes.Answering answering;
    private final Set<String> ids = new HashSet<>();
    private final IdentityHashMap<NamedNode, UnaryOperator<AsyncProcessor>> wrappers = new IdentityHashMap<>();

    RouteWriter(String file, Nodes.Answering answering) {
        this.file = file;
        this.answering = answering;
    }

    /** Writes a whole route. */
    void write(List<Laid> laid, RouteDefinition route) {
        outputs(laid, route);
        route.addInterceptStrategy(new Wrapping(wrappers));
    }

    private void outputs(List<Laid> laid, ProcessorDefinition<?> parent) {
        for (Laid node : laid) {
            parent.addOutput(definition(node));
        }
    }

    private ProcessorDefinition<?> definition(Laid node) {
        if (node instanceof Work work) {
            Piece piece = work.piece();
            return work(piece, piece.id(), processor(piece));
        }
        if (node instanceof Each each) {
            return each(each);
        }
        if (node instanceof Beside beside) {
            return beside(beside);
        }
        if (node instanceof Round round) {
            return round(round);
        }
        if (node instanceof Unknown unknown) {
            return unknown(unknown);
        }
        if (node instanceof Again again) {
            Piece piece = again.piece();
            Plan.Repeat plan = (Plan.Repeat) piece.plan();
            return work(piece, piece.id() + ".again", Nodes.repeating(plan.again(), piece.id(), false));
        }
        if (node instanceof Gate gate) {
            return process(Nodes.gate(gate.piece().id()), gate.piece().id() + ".gate", "one by one again");
        }
        if (node instanceof Paths paths) {
            return paths(paths);
        }
        if (node instanceof Take take) {
            SetBodyDefinition body = new SetBodyDefinition(
                    new SimpleExpression("${exchangeProperty." + Nodes.bucketProperty(take.bucket()) + "}"));
            return named(body, take.bucket() + ".bucket", take.why());
        }
        if (node instanceof Give give) {
            return process(
                    Nodes.giving(give.bucket()), give.bucket() + ".open", "opens the bucket that the caller gets");
        }
        if (node instanceof Open open) {
            return process(
                    Nodes.open(open.bucket(), open.tally(), open.early()),
                    open.bucket() + ".open",
                    open.tally() ? "begins to count" : "opens a bucket");
        }
        if (node instanceof Collect collect) {
            String id = collect.bucket() + ".collect" + (collect.path() < 0 ? "" : "." + collect.path());
            return process(
                    Nodes.collect(collect.bucket(), collect.fan(), collect.path()),
                    id,
                    collect.tally() ? "counts payloads" : "collects payloads in the bucket");
        }
        if (node instanceof Merge merge) {
            return process(
                    Nodes.merge(merge.parts(), merge.bucket()),
                    merge.bucket() + ".merge",
                    "puts what came out of the paths in the order of what went in");
        }
        if (node instanceof Distribute distribute) {
            return process(
                    Nodes.distribute(distribute.buckets()),
                    distribute.piece().id() + ".distribute",
                    "puts selected payloads into the buckets of the paths");
        }
        if (node instanceof Enter enter) {
            return process(
                    enter(enter),
                    null,
                    "failures from here on belong to '" + enter.piece().id() + "'");
        }
        Caught caught = (Caught) node;
        Plan.Guard guard = (Plan.Guard) caught.piece().plan();
        return process(
                Nodes.caught(
                        caught.piece().id(), caught.wholeRun(), caught.piece().byPayload(), guard.outcome()),
                caught.piece().id() + ".caught",
                "goes on with what failed");
    }

    private static Processor enter(Enter enter) {
        Piece piece = enter.piece();
        List<String> tried =
                piece.paths().get(0).stream().flatMap(Piece::all).map(Piece::id).toList();
        return enter.collects() ? Nodes.enterTry(piece.id(), enter.wholeRun(), tried) : Nodes.enterPath();
    }

    private ProcessorDefinition<?> work(Piece piece, String id, Processor processor) {
        Step step = piece.step();
        ProcessorDefinition<?> node = piece.plan() instanceof Plan.Endpoint endpoint
                ? new ToDefinition(endpoint.uri())
                : new ProcessDefinition(processor);
        StepRules rules = rules(piece);
        around(node, target -> new StepProcessor(rules, target));
        String what = step.type().spec().name();
        named(node, id, step.name() == null ? what : what + ": " + step.name());
        node.setLocation(file);
        node.setLineNumber(step.at().line());
        return node;
    }

    private Processor processor(Piece piece) {
        Plan plan = piece.plan();
        if (plan instanceof Plan.Repeat repeat) {
            return Nodes.repeating(repeat.again(), piece.id(), true);
        }
        if (plan instanceof Plan.Unless unless) {
            return KeptResults.looking(unless.known(), piece.id());
        }
        if (plan instanceof Plan.PerPayload work) {
            return Nodes.perPayload(work.work());
        }
        if (plan instanceof Plan.Later work) {
            return Nodes.later(work.work());
        }
        if (plan instanceof Plan.Yielding work) {
            return Nodes.yielding(work.work());
        }
        if (plan instanceof Plan.Collecting work) {
            return Nodes.collecting(work.work());
        }
        if (plan instanceof Plan.Pausing work) {
            return Nodes.pausing(work.work());
        }
        if (plan instanceof Plan.PerBucket work) {
            return Nodes.perBucket(work.work());
        }
        if (plan instanceof Plan.Select select) {
            return Nodes.selecting(select.selector());
        }
        return plan instanceof Plan.Answering answer ? Nodes.answering(answer.work(), answering) : Nodes.passing();
    }

    private static StepRules rules(Piece piece) {
        Step.Common common = piece.step().common();
        Retries own = common.retries();
        Retries retries = own == null ? DEFAULT_RETRIES : own;
        Map<String, Object> properties = Map.of();
        if (piece.plan() instanceof Plan.Endpoint endpoint) {
            properties = new HashMap<>(endpoint.properties());
            // Always, or a shape without retries of its own would have those of the one before.
            properties.put(Begin.TRIES, own == null ? 0 : own.count() + 1);
            Retries theirs = endpoint.retries();
            if (theirs != null) {
                retries = own == null
                        ? theirs
                        : new Retries(own.count(), theirs.backoff(), theirs.factor(), theirs.most());
            }
        }
        return new StepRules(
                piece.id(),
                retries,
                common.timeout(),
                common.onError(),
                piece.contract().outside(),
                piece.plan() instanceof Plan.Yielding yielding && yielding.repeatable(),
                properties);
    }

    private SplitDefinition each(Each each) {
        SplitDefinition split = new SplitDefinition(new SimpleExpression("${body}"));
        split.setStreaming("true");
        boolean collects = leaves(each.body(), new HashSet<>());
        split.setAggregationStrategy(Nodes.ending(collects));
        windows(each.body(), split, collects);
        named(split, each.id(), each.why());
        outputs(each.body(), split);
        if (split.getOutputs().isEmpty()) {
            split.addOutput(process(Nodes.passing(), each.id() + ".end", "nothing follows"));
        }
        return split;
    }

    private LoopDefinition round(Round round) {
        String shape = round.piece().id();
        LoopDefinition loop = new LoopDefinition(
                new SimpleExpression("${exchangeProperty." + Nodes.roundProperty(shape) + "} != null"));
        loop.setDoWhile("true");
        named(loop, shape + ".round", "goes round while the condition of '" + shape + "' holds");
        outputs(round.body(), loop);
        return loop;
    }

    /** Through its path goes what has no result yet; the path's end, whatever it is, is told to whoever keeps the result. */
    private FilterDefinition unknown(Unknown unknown) {
        String shape = unknown.piece().id();
        FilterDefinition filter = new FilterDefinition(
                new SimpleExpression("${exchangeProperty." + KeptResults.keeperProperty(shape) + "} != null"));
        named(filter, shape + ".unknown", "what has no result for '" + shape + "' yet");
        around(filter, path -> KeptResults.keeping(path, shape));
        outputs(unknown.body(), filter);
        return filter;
    }

    /** Opens a window for each shape that payloads of the stream pass beside each other. */
    private void windows(List<Laid> body, SplitDefinition split, boolean collects) {
        for (Laid node : body) {
            if (node instanceof Beside beside) {
                String shape = beside.piece().id();
                Step.Common common = beside.piece().step().common();
                around(split, inner -> Nodes.streaming(inner, shape, common.parallel(), common.ordered(), collects));
                windows(beside.body(), split, collects);
            }
        }
    }

    private void around(NamedNode node, UnaryOperator<AsyncProcessor> wrapper) {
        UnaryOperator<AsyncProcessor> inner = wrappers.getOrDefault(node, UnaryOperator.identity());
        wrappers.put(node, processor -> wrapper.apply(inner.apply(processor)));
    }

    private PipelineDefinition beside(Beside beside) {
        PipelineDefinition pipeline = new PipelineDefinition();
        String shape = beside.piece().id();
        named(pipeline, shape + ".beside", "payloads pass '" + shape + "' beside each other");
        around(pipeline, body -> Nodes.beside(body, shape));
        outputs(beside.body(), pipeline);
        return pipeline;
    }

    /** Whether payloads leave a splitter's body for a bucket (or a catch) behind it, so that its pages are not yet terminal. */
    private static boolean leaves(List<Laid> body, Set<String> opened) {
        Set<String> inside = new HashSet<>(opened);
        for (Laid node : body) {
            if (node instanceof Open open) {
                inside.add(open.bucket());
            } else if (node instanceof Collect collect && !collect.tally() && !inside.contains(collect.bucket())) {
                return true;
            } else if (node instanceof Distribute || (node instanceof Enter enter && enter.wholeRun())) {
                return true;
            } else if (node instanceof Each each && leaves(each.body(), inside)) {
                return true;
            } else if (node instanceof Beside beside && leaves(beside.body(), inside)) {
                return true;
            } else if (node instanceof Paths paths
                    && paths.paths().stream().anyMatch(path -> leaves(path.body(), inside))) {
                return true;
            }
        }
        return false;
    }

    private MulticastDefinition paths(Paths paths) {
        MulticastDefinition multicast = new MulticastDefinition();
        multicast.setAggregationStrategy(Nodes.ending(true));
        named(multicast, paths.id(), paths.why());
        for (OnePath path : paths.paths()) {
            ProcessorDefinition<?> node = path(path);
            if (paths.beside()) {
                around(node, body -> Nodes.beside(body, paths.id()));
            }
            multicast.addOutput(node);
        }
        if (paths.beside()) {
            int most = paths.paths().size();
            around(multicast, inner -> Nodes.streaming(inner, paths.id(), most, false, true));
        }
        return multicast;
    }

    private ProcessorDefinition<?> path(OnePath path) {
        ProcessorDefinition<?> node;
        if (path.selected() >= 0) {
            String selected = "${exchangeProperty." + Nodes.selectedProperty(path.selected()) + "}";
            node = new FilterDefinition(new SimpleExpression(selected + " != null"));
            named(node, path.id(), "payloads that the path selects");
            node.addOutput(named(
                    new SetBodyDefinition(new SimpleExpression(selected)), path.id() + ".selected", "what it selects"));
        } else {
            node = named(new PipelineDefinition(), path.id(), "a path");
        }
        outputs(path.body(), node);
        if (node.getOutputs().isEmpty()) {
            node.addOutput(process(Nodes.passing(), path.id() + ".end", "an empty path"));
        }
        return node;
    }

    private ProcessDefinition process(Processor processor, @Nullable String id, String why) {
        ProcessDefinition node = new ProcessDefinition(processor);
        node.setDescription(why);
        if (id != null) {
            node.setId(unique(id));
        }
        node.setLocation(file);
        return node;
    }

    /** A run that enters a loop has the rest of a round before the rounds, so a shape may stand there twice. */
    private String unique(String id) {
        return ids.add(id) ? id : unique(id + ".again");
    }

    private <D extends ProcessorDefinition<?>> D named(D node, String id, String why) {
        node.setId(unique(id));
        node.setDescription(why);
        return node;
    }

    /**
     * Puts a step or a window around the processor of each node that has one. It is the route's strategy, because Camel asks a nested node's
     * parent for strategies, not the node.
     */
    private record Wrapping(IdentityHashMap<NamedNode, UnaryOperator<AsyncProcessor>> wrappers)
            implements InterceptStrategy {
        @Override
        public Processor wrapProcessorInInterceptors(
                CamelContext context, NamedNode definition, Processor target, @Nullable Processor nextTarget) {
            UnaryOperator<AsyncProcessor> wrapper = wrappers.get(definition);
            return wrapper == null ? target : wrapper.apply(AsyncProcessorConverterHelper.convert(target));
        }
    }
}
