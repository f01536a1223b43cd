package io.patchbay.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Slot;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.TryDefinition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What one payload of one record costs at one shape, beside the bare EIP of Camel that the shape becomes: 1,000 payloads pass ten of
 * the kind, one behind the other. {@code none} is the way there, the split and the run, with nothing behind it: a tenth of it is in each of
 * the other figures. Compiled routes and runner alone: nothing is captured and no database is written, so what a shape promises on disk
 * is not in it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ShapeBench {

    private static final int PAYLOADS = 1_000;
    private static final int SHAPES = 10;

    /** The kind of shape. */
    @Param({"none", "filter", "map", "setVariables", "assert", "manualPayload", "route", "branch", "try"})
    public String shape;

    private final Predicate positive =
            exchange -> exchange.getMessage().getBody(JsonNode.class).path("n").asInt() >= 0;
    private final Processor nothing = exchange -> {};

    private FlowFixture flows;
    private DefaultCamelContext bare;
    private ProducerTemplate template;
    private Body body;
    private ArrayNode records;

    /** Runs this alone. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder().include(ShapeBench.class.getName()).build()).run();
    }

    /** Deploys both. */
    @Setup
    public void start() throws Exception {
        records = Json.NODES.arrayNode();
        for (int i = 0; i < PAYLOADS; i++) {
            records.addObject().put("n", i).put("name", "record " + i);
        }
        body = new Body.Bytes(Json.MAPPER.writeValueAsBytes(records), "application/json");
        flows = new FlowFixture();
        flows.start(Files.createTempDirectory("patchbay-bench-shape"));
        flows.deploy(flow());
        bare = new DefaultCamelContext();
        bare.disableJMX();
        bare.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                ProcessorDefinition<?> at = from("direct:bare").split(body()).streaming();
                for (int i = 0; i < SHAPES; i++) {
                    at = eip(at);
                }
                at.process(nothing);
            }
        });
        bare.start();
        template = bare.createProducerTemplate();
    }

    /** Ends both. */
    @TearDown
    public void stop() {
        flows.close();
        bare.stop();
    }

    private String flow() {
        StringBuilder text = new StringBuilder("""
                settings: { capture: { payloads: none }, limits: { payloads: 100000000 } }
                variables: { last: 0 }
                shapes:
                  - { id: each, flowControl: { size: 1, wrapSingle: false } }
                """);
        for (int i = 0; i < SHAPES && !shape.equals("none"); i++) {
            text.append("  - { id: s")
                    .append(i)
                    .append(", ")
                    .append(settings(i))
                    .append(" }\n");
        }
        return text.toString();
    }

    private String settings(int i) {
        return switch (shape) {
            case "filter" -> "filter: { keep: { field: n, as: number, atLeast: 0 } }";
            case "map" -> "map: { fields: [ { to: n, from: n }, { to: name, from: name } ] }";
            case "setVariables" -> "setVariables: { meta: { seen: \"${record.n}\" } }";
            case "assert" -> "assert: { that: { field: n, as: number, atLeast: 0 } }";
            case "manualPayload" -> "manualPayload: { json: { n: 1, name: x } }";
            case "route" ->
                "route: { paths: [ { name: a, when: { field: n, as: number, atLeast: 0 }, shapes: [ { id: a" + i
                        + ", setVariables: { meta: { a: x } } } ] } ] }";
            case "branch" ->
                "branch: { paths: [ { name: a, shapes: [ { id: a" + i + ", setVariables: { meta: { a: x } } } ] } ] }";
            case "try" ->
                "try: { shapes: [ { id: a" + i + ", setVariables: { meta: { a: x } } } ], catch: [ { id: c" + i
                        + ", setVariables: { meta: { a: y } } } ] }";
            default -> throw new IllegalArgumentException(shape);
        };
    }

    private ProcessorDefinition<?> eip(ProcessorDefinition<?> at) {
        return switch (shape) {
            case "none" -> at;
            case "filter" -> at.filter(positive);
            case "map" -> at.transform().exchange(ShapeBench::mapped);
            case "setVariables" -> at.setProperty("seen").exchange(ShapeBench::number);
            case "assert" -> at.validate(positive);
            case "manualPayload" -> at.transform().exchange(any -> record(1, "x"));
            case "route" ->
                at.choice().when(positive).setProperty("a").constant("x").end();
            case "branch" -> at.multicast().setProperty("a").constant("x").end();
            case "try" -> tried(at);
            default -> throw new IllegalArgumentException(shape);
        };
    }

    private ProcessorDefinition<?> tried(ProcessorDefinition<?> at) {
        TryDefinition block = at.doTry();
        block.setProperty("a").constant("x");
        return block.doCatch(Exception.class).process(nothing).end();
    }

    private static Object mapped(Exchange exchange) {
        JsonNode from = exchange.getMessage().getBody(JsonNode.class);
        return record(from.path("n").asInt(), from.path("name").asText());
    }

    private static String number(Exchange exchange) {
        return exchange.getMessage().getBody(JsonNode.class).path("n").asText();
    }

    private static ObjectNode record(int number, String name) {
        return Json.NODES.objectNode().put("n", number).put("name", name);
    }

    /** The shape, in a run. */
    @Benchmark
    @OperationsPerInvocation(PAYLOADS * SHAPES)
    public Object shape() throws Exception {
        flows.checkpoints.outcomes.clear();
        flows.checkpoints.events.clear();
        flows.history.begun.clear();
        flows.runner
                .run(FlowFixture.claim(FlowFixture.aStart(body), 1, 0), Slot.NONE)
                .get(60, TimeUnit.SECONDS);
        if (flows.checkpoints.outcomes.get(0).status() != RunStatus.SUCCEEDED) {
            throw new IllegalStateException(flows.checkpoints.outcomes.get(0).toString());
        }
        return flows.checkpoints.outcomes.get(0);
    }

    /** The bare EIP. */
    @Benchmark
    @OperationsPerInvocation(PAYLOADS * SHAPES)
    public Object eip() {
        return template.requestBody("direct:bare", records);
    }
}
