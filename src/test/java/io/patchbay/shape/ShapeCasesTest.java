package io.patchbay.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.YamlReader;
import io.patchbay.expression.LookupTable;
import io.patchbay.payload.Body;
import io.patchbay.payload.Differences;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.payload.schema.FlowSchemas;
import io.patchbay.problem.Problems;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.route.folder.TableFiles;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import io.patchbay.shape.cache.Caches;
import io.patchbay.shape.dedupe.Pools;
import io.patchbay.shape.runflow.FlowCalls;
import io.patchbay.shape.trackdata.Sighting;
import io.patchbay.shape.trackdata.Tracked;
import io.patchbay.shape.wait.Decision;
import io.patchbay.shape.wait.WaitState;
import io.patchbay.shape.wait.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Golden cases, one file each, in the folder of the shape: {@code name}, the shape's own key with its settings, {@code
 * flow} (variables), {@code scripts} (texts by file name), {@code table}, {@code meta} and {@code in} (or {@code bucket}: payloads that a shape
 * collects, with their number as metadata {@code page}); {@code text} (or {@code base64}) is content that is no JSON, of the media {@code type}; {@code onError} is what stands around the shape; {@code schemas} are files by name. Then {@code out} (payloads, in order; text where the content is no JSON), {@code
 * log}, {@code pause} (how long it waits), {@code tracked} (what was written down), {@code variables}, {@code metaOut}, {@code failed} (records that left, by index, with a part of their message), or
 * {@code stored} and {@code storedAfter} (what stands in cache {@code c} of the run, by key), {@code error} (part of the message that the payload fails with), or {@code problem} (part of what is said at deploy). {@code decision}
 * (state, by, note, data) is what came of a wait, {@code full} why it cannot be kept, {@code told} the events that were told.
 */
class ShapeCasesTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/patchbay/shape");

    private static final Scripts SCRIPTS = Scripts.ofFlows(ScriptsProperties.DEFAULT);

    private static final Set<String> KEYS = Set.of(
            "name",
            "flow",
            "scripts",
            "table",
            "csv",
            "meta",
            "in",
            "bucket",
            "schemas",
            "type",
            "text",
            "base64",
            "onError",
            "out",
            "log",
            "variables",
            "metaOut",
            "failed",
            "error",
            "problem",
            "pause",
            "tracked",
            "decision",
            "full",
            "told",
            "stored",
            "storedAfter");

    @TempDir
    static Path data;

    private static RunCaches caches;

    @BeforeAll
    static void open() throws Exception {
        caches = RunCaches.in(data);
    }

    @AfterAll
    static void close() throws Exception {
        SCRIPTS.close();
        caches.close();
    }

    @TestFactory
    Stream<DynamicTest> cases() {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(
                        FOLDER.relativize(file) + ": " + read(file).path("name").asText(), () -> run(read(file))));
    }

    @Test
    void everyShapeWithWorkOfItsOwnHasACaseThatWorksAndOneThatFails() {
        Map<String, Set<Boolean>> seen = new HashMap<>();
        for (Path file : files()) {
            JsonNode golden = read(file);
            boolean fails = golden.has("failed") || golden.has("error") || golden.has("problem");
            seen.computeIfAbsent(shapeName(golden), any -> new java.util.HashSet<>())
                    .add(fails);
        }
        for (ShapeType<?> shape : Shapes.all()) {
            if (List.of("route", "branch", "try", "callback", "connection", "enrich", "camel", "loop")
                    .contains(shape.spec().name())) {
                continue; // these are nothing without the compiler or a system: GoldenFlowsTest has theirs
            }
            assertThat(seen.get(shape.spec().name())).as(shape.spec().name()).containsExactlyInAnyOrder(true, false);
        }
    }

    private static void run(JsonNode golden) {
        String name = shapeName(golden);
        ShapeType<?> type = Shapes.all().stream()
                .filter(shape -> shape.spec().name().equals(name))
                .findFirst()
                .orElseThrow();
        Map<String, JsonNode> variables = new HashMap<>();
        each(golden.path("flow"), variables::put);
        Map<String, LookupTable> tables = new HashMap<>();
        each(golden.path("table"), (table, values) -> {
            Map<String, String> entries = new LinkedHashMap<>();
            each(values, (key, value) -> entries.put(key, value.asText()));
            tables.put(table, LookupTable.of(entries));
        });
        each(golden.path("csv"), (table, text) -> tables.put(table, csv(table, text.asText())));
        FlowCalls calls = new Flows();
        List<String> seen = new ArrayList<>();
        List<String> told = new ArrayList<>();
        List<FlowSchemas.Source> schemas = new ArrayList<>();
        each(golden.path("schemas"), (file, text) -> schemas.add(new FlowSchemas.Source(file, text.asText())));
        Surroundings around = PlacedShape.surroundings(
                variables,
                tables,
                Map.of(
                        Waits.class,
                        new FakeWaits(golden, told),
                        FlowCalls.class,
                        calls,
                        ScriptLibrary.class,
                        scripts(golden),
                        Tracked.class,
                        new FakeTracked(seen),
                        FlowSchemas.class,
                        FlowSchemas.read(schemas, FlowSchemas.NONE),
                        Caches.class,
                        caches.all(),
                        Pools.class,
                        new KnowsOne()));
        caches.begin(golden.path("stored"));
        PlacedShape shape = PlacedShape.of(
                type,
                golden.get(name).toString(),
                around,
                golden.path("onError").asText().equals("skip"));
        if (golden.has("problem")) {
            assertThat(shape.problems().toString())
                    .contains(golden.get("problem").asText());
            return;
        }
        assertThat(shape.problems().anyError()).as(shape.problems().toString()).isFalse();
        FakeAttempt attempt = new FakeAttempt(variables, tables, null, 0);
        try {
            List<Payload> out = golden.has("bucket")
                    ? shape.collected(bucket(golden.path("bucket")), attempt)
                    : shape.work(input(golden), attempt);
            assertThat(golden.has("error")).as("an error was expected").isFalse();
            checkOut(golden, out);
        } catch (StepException e) {
            assertThat(golden.has("error")).as(e.getMessage()).isTrue();
            assertThat(e.getMessage()).contains(golden.get("error").asText());
        }
        checkTold(golden, attempt);
        List<String> entries = new ArrayList<>();
        golden.path("tracked").forEach(entry -> entries.add(entry.asText()));
        assertThat(seen).containsExactlyElementsOf(entries);
        List<String> events = new ArrayList<>();
        golden.path("told").forEach(event -> events.add(event.asText()));
        assertThat(told).containsExactlyElementsOf(events);
        each(
                golden.path("storedAfter"),
                (key, value) -> assertThat(caches.under(key)).hasToString(value.toString()));
    }

    /** Every flow starts; whose call is waited for gives back what it got, {@code broken} fails, {@code endless} does not end. */
    private static final class Flows implements FlowCalls {
        @Override
        public CompletableFuture<String> start(
                Identity identity, String flow, Payload payload, Map<String, JsonNode> values) {
            return CompletableFuture.completedFuture(
                    flow + " with " + shown(payload) + " and " + new TreeMap<>(values));
        }

        @Override
        public CompletableFuture<Call> call(
                Identity identity, String flow, Payload payload, Map<String, JsonNode> values, long most) {
            Ended ended = switch (flow) {
                case "broken" ->
                    new Ended(null, false, new StepException(Owner.AUTHOR, "OUT_OF_STOCK", "none is left"));
                case "nothing" -> new Ended(null, false, null);
                default -> new Ended(payload.withMeta("by", flow), flow.equals("partly"), null);
            };
            CompletableFuture<Ended> end =
                    flow.equals("endless") ? new CompletableFuture<>() : CompletableFuture.completedFuture(ended);
            return start(identity, flow, payload, values).thenApply(run -> new Call(run, identity.queuedAt(), end));
        }
    }

    /** Takes sightings as texts; there is nothing to search. */
    private record FakeTracked(List<String> seen) implements Tracked {
        @Override
        public CompletableFuture<Void> saw(List<Sighting> sightings) {
            sightings.forEach(one -> seen.add(one.direction() + " " + one.entity() + " " + one.value() + " at "
                    + one.field() + (one.success() ? "" : ", no success")));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Slice find(Query query) {
            return new Slice(List.of(), null);
        }
    }

    /** Keeps all that comes, unless the case says what was decided, or that there is no room. Events are told as texts. */
    private record FakeWaits(JsonNode golden, List<String> told) implements Waits {
        @Override
        public CompletableFuture<Arrival> arrive(
                Place at, Wish wish, Payload payload, Map<String, JsonNode> variables) {
            if (golden.has("full")) {
                return CompletableFuture.failedFuture(new StepException(
                        Owner.LIMIT, "WAITS_FULL", golden.get("full").asText()));
            }
            JsonNode given = golden.path("decision");
            if (given.isMissingNode()) {
                return CompletableFuture.completedFuture(new Kept(
                        "w1 " + wish.kind() + " " + wish.key() + " " + wish.title() + " " + new TreeMap<>(variables)));
            }
            return CompletableFuture.completedFuture(new Decided(
                    "w1",
                    new Decision(
                            WaitState.valueOf(given.path("state").asText().toUpperCase(java.util.Locale.ROOT)),
                            given.path("by").textValue(),
                            given.path("note").textValue(),
                            java.time.Instant.parse("2026-03-01T12:00:00Z"),
                            given.get("data"))));
        }

        @Override
        public CompletableFuture<Told> tell(Event event) {
            told.add(event.key() + " " + event.data());
            return CompletableFuture.completedFuture(new Told(List.of("run-9"), null, false));
        }
    }

    /** A pool that knows the key {@code known}, and what repeats in a question. */
    private record KnowsOne() implements Pools {
        @Override
        public List<Answer> look(Asking asking, List<Key> keys) {
            return keys.stream()
                    .map(key -> key.text().equals("known") ? Answer.KNOWN : Answer.NEW)
                    .toList();
        }

        @Override
        public List<Answer> peek(Asking asking, List<Key> keys) {
            return claim(asking, keys);
        }

        @Override
        public List<Answer> claim(Asking asking, List<Key> keys) {
            Set<String> seen = new java.util.HashSet<>();
            List<Answer> answers = new ArrayList<>(look(asking, keys));
            for (int i = 0; i < answers.size(); i++) {
                if (!seen.add(keys.get(i).text())) {
                    answers.set(i, Answer.REPEATED);
                }
            }
            return answers;
        }

        @Override
        public List<Answer> learn(Asking asking, List<Key> keys) {
            return claim(asking, keys);
        }

        @Override
        public CompletableFuture<Void> track(Asking asking, List<Key> keys) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Integer> remember(Asking asking, List<String> keys) {
            return CompletableFuture.completedFuture(0);
        }

        @Override
        public Map<String, String> claimed(Asking asking, List<String> marks) {
            return Map.of();
        }
    }

    private static ScriptLibrary scripts(JsonNode golden) {
        List<ScriptLibrary.Source> sources = new ArrayList<>();
        each(
                golden.path("scripts"),
                (name, text) -> sources.add(new ScriptLibrary.Source(name, "routes/scripts/" + name, text.asText())));
        return new ScriptLibrary(sources, SCRIPTS);
    }

    private static String shown(Payload payload) {
        return new String(payload.bytes(), StandardCharsets.UTF_8);
    }

    private static List<Payload> bucket(JsonNode bodies) {
        List<Payload> payloads = new ArrayList<>();
        for (JsonNode body : bodies) {
            payloads.add(PlacedShape.payload(body)
                    .withLineage(Lineage.ofRun("run-1").child("pull", payloads.size()))
                    .withMeta("page", String.valueOf(payloads.size())));
        }
        return payloads;
    }

    private static Payload input(JsonNode golden) {
        Payload payload = PlacedShape.payload(golden.path("in"));
        if (golden.has("text") || golden.has("base64")) {
            byte[] bytes = golden.has("text")
                    ? golden.get("text").asText().getBytes(StandardCharsets.UTF_8)
                    : java.util.Base64.getDecoder().decode(golden.get("base64").asText());
            payload = payload.withBody(
                    new Body.Bytes(bytes, golden.path("type").asText("text/html")), payload.recordPath());
        }
        Payload[] result = {payload};
        each(golden.path("meta"), (key, value) -> result[0] = result[0].withMeta(key, value.asText()));
        return result[0];
    }

    private static void checkOut(JsonNode golden, List<Payload> out) throws StepException {
        List<String> bodies = new ArrayList<>();
        for (Payload payload : out) {
            boolean text = !(payload.body() instanceof Body.Tree)
                    && !Json.isType(payload.body().contentType());
            bodies.add(
                    payload.isEmpty()
                            ? "nothing"
                            : text
                                    ? Json.NODES
                                            .textNode(new String(payload.bytes(), StandardCharsets.UTF_8))
                                            .toString()
                                    : payload.tree().toString());
        }
        List<String> expected = new ArrayList<>();
        golden.path("out").forEach(body -> expected.add(body.toString()));
        assertThat(bodies).containsExactlyElementsOf(expected);
        each(
                golden.path("metaOut"),
                (key, value) -> assertThat(out.get(0).meta()).containsEntry(key, value.asText()));
    }

    private static void checkTold(JsonNode golden, FakeAttempt attempt) {
        if (golden.has("pause")) {
            assertThat(attempt.log())
                    .containsExactly("DEBUG pauses " + golden.get("pause").asText());
        }
        List<String> log = new ArrayList<>();
        golden.path("log").forEach(line -> log.add(line.asText()));
        assertThat(attempt.log().stream().filter(line -> !line.startsWith("DEBUG")))
                .containsExactlyElementsOf(log);
        each(
                golden.path("variables"),
                (key, value) -> assertThat(
                                Differences.of(value, attempt.variables().getOrDefault(key, MissingNode.getInstance())))
                        .as(key)
                        .isEmpty());
        Map<String, String> failed = new HashMap<>();
        attempt.failed()
                .forEach(
                        one -> failed.put(String.valueOf(one.index()), one.why().getMessage()));
        Map<String, String> expected = new HashMap<>();
        each(golden.path("failed"), (index, part) -> expected.put(index, part.asText()));
        assertThat(failed).containsOnlyKeys(expected.keySet());
        expected.forEach((index, part) -> assertThat(failed.get(index)).contains(part));
    }

    private static String shapeName(JsonNode golden) {
        List<String> names = new ArrayList<>();
        golden.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                names.add(key);
            }
        });
        assertThat(names).as("one key names the shape").hasSize(1);
        return names.get(0);
    }

    private static void each(JsonNode object, BiConsumer<String, JsonNode> consumer) {
        object.properties().forEach(entry -> consumer.accept(entry.getKey(), entry.getValue()));
    }

    private static JsonNode read(Path file) {
        Problems problems = new Problems();
        try {
            return new YamlReader()
                    .read(file.toString(), Files.readString(file), problems)
                    .map(Literals::json)
                    .orElseThrow(() -> new AssertionError(problems.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            Path[] found = files.filter(file -> file.toString().endsWith(".case.yaml"))
                    .sorted()
                    .toArray(Path[]::new);
            assertThat(found).isNotEmpty();
            return Arrays.asList(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A lookup table as its file has it. */
    private static LookupTable csv(String name, String text) {
        SourceFile file =
                new SourceFile("routes/tables/" + name + ".csv", Path.of("home"), SourceKind.TABLE, text, "a hash");
        TableFiles.Tables read = new TableFiles().read(List.of(file));
        assertThat(read.problems()).isEmpty();
        return read.tables().get(name);
    }
}
