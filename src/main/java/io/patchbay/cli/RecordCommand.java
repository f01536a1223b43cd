package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.canvas.YamlReader;
import io.patchbay.canvas.YamlText;
import io.patchbay.flow.Flow;
import io.patchbay.home.Home;
import io.patchbay.problem.Problems;
import io.patchbay.trial.CaseResult;
import io.patchbay.trial.Difference;
import io.patchbay.trial.FlowTests;
import io.patchbay.trial.Ground;
import io.patchbay.trial.TestFile;
import io.patchbay.trial.TestUpdate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code runs record}: a real run as a test of its flow. */
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a run as a case into the test file beside its flow: the payload with which it began, what came of its calls,"
                    + " and what passed its shapes, as far as the flow's capture keeps it.",
            "The case is run at once; what comes otherwise than in the run is told, and the case says what comes."
        })
final class RecordCommand extends RuntimeVerb {

    private static final int MOST_FAILED = 200;
    private static final int MOST = 2_000_000;
    private static final Set<String> GOES_ON = Set.of("queued", "running");

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Parameters(index = "0", paramLabel = "RUN", description = "Id of a run.")
    private String run = "";

    @Option(names = "--as", paramLabel = "NAME", description = "Name of the case (default: run and its id).")
    private @Nullable String name;

    RecordCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        java.util.logging.Logger.getLogger("io.patchbay").setLevel(java.util.logging.Level.OFF);
        RuntimeClient runtime = runtime();
        String id = "/api/v1/runs/" + RuntimeClient.encoded(run);
        JsonNode record = runtime.get(id);
        if (GOES_ON.contains(record.path("status").asText())) {
            throw RecordedRun.refused(
                    "the run is still " + record.path("status").asText() + "; wait for its end");
        }
        Home folder = home.home(terminal());
        FilesOfHome files = FilesOfHome.read(folder, List.of(), terminal());
        String flowId = record.path("flow").asText();
        Flow flow = files.flow(flowId)
                .orElseThrow(() -> RecordedRun.refused("there is no flow '" + flowId + "' that is right in "
                        + folder.root() + "; name its home folder with --home"));
        RecordedRun recorded =
                new RecordedRun(record, runtime.get(id + "/payloads?bytes=true").path("data"), failed(runtime), flow);
        ObjectNode one = recorded.document(name == null ? "run " + run : name);
        write(folder, files, flow, one, recorded);
        return 0;
    }

    private JsonNode failed(RuntimeClient runtime) {
        JsonNode part = runtime.get(
                "/api/v1/failed-payloads?limit=" + MOST_FAILED + "&run=" + RuntimeClient.encoded(String.valueOf(run)));
        if (!part.path("next").isNull() && !part.path("next").isMissingNode()) {
            throw RecordedRun.refused("more than " + MOST_FAILED + " payloads of the run failed; record a smaller one");
        }
        return part.path("data");
    }

    private void write(Home folder, FilesOfHome files, Flow flow, ObjectNode one, RecordedRun recorded)
            throws IOException, InterruptedException {
        String test = TestFile.beside(flow.file());
        Path file = folder.root().resolve(test);
        String before = Files.exists(file) ? Files.readString(file) : "";
        String with = before.isEmpty() ? fresh(flow, one) : added(test, before, one);
        if (with.length() > MOST) {
            throw RecordedRun.refused("the case has " + with.length()
                    + " letters; record a run with less data, or a flow that captures less");
        }
        Problems problems = new Problems();
        TestFile read = TestFile.read(test, with, List.of(flow), problems).orElse(null);
        if (read == null) {
            throw RecordedRun.refused("the file with the case is not right: "
                    + (problems.list().isEmpty() ? test : problems.list().get(0).toString()));
        }
        FlowTests tests = new FlowTests(
                new Ground(folder.root(), files.catalog(), files.world()),
                terminal().clock(),
                1);
        int index = read.config().cases().size() - 1;
        CaseResult first = own(tests.run(List.of(read)), index);
        if (!first.faults().isEmpty()) {
            throw RecordedRun.refused("the case does not run: " + first.faults().get(0));
        }
        TestUpdate.Updated updated = new TestUpdate(tests).update(read, List.of(first));
        CaseResult last = own(updated.results(), index);
        if (!last.passed()) {
            throw RecordedRun.refused(
                    "the case comes otherwise each time: " + last.lines().get(0));
        }
        if (before.isEmpty()) {
            Updating.create(file, updated.text());
        } else {
            Updating.replace(file, test, before, updated.text());
        }
        tell(test, one.path("name").asText(), first.differences(), recorded);
    }

    private static CaseResult own(List<CaseResult> results, int index) {
        return results.stream()
                .filter(one -> one.index() == index)
                .findFirst()
                .orElseThrow(() -> RecordedRun.refused("the case was not run"));
    }

    private static String fresh(Flow flow, ObjectNode one) {
        ArrayNode cases = io.patchbay.payload.Json.NODES.arrayNode();
        cases.add(one);
        return "test: " + YamlText.flow(io.patchbay.payload.Json.NODES.textNode(flow.id())) + "\ncases:\n"
                + YamlText.block(cases, 2) + "\n";
    }

    private static String added(String shown, String before, ObjectNode one) {
        Node root = new YamlReader().read(shown, before, new Problems()).orElse(null);
        YamlPatch patch = YamlPatch.of(before).orElse(null);
        if (patch == null || !(root instanceof MapNode map) || map.get("cases") == null) {
            throw RecordedRun.refused(shown + " is not right; `patchbay check` says what is wrong with it");
        }
        ArrayNode cases = Literals.json(map.get("cases")).isArray()
                ? (ArrayNode) Literals.json(map.get("cases")).deepCopy()
                : io.patchbay.payload.Json.NODES.arrayNode();
        for (JsonNode there : cases) {
            if (there.path("name").equals(one.path("name"))) {
                throw RecordedRun.refused(
                        shown + " has a case '" + one.path("name").asText() + "' already; give another name with --as");
            }
        }
        cases.add(one);
        if (!patch.set(List.of("cases"), cases)) {
            throw RecordedRun.refused("the cases of " + shown
                    + " stand in a form to which none can be added; write them one below the other");
        }
        return patch.text();
    }

    private void tell(String file, String added, List<Difference> otherwise, RecordedRun recorded) {
        List<String> differs = new ArrayList<>();
        otherwise.forEach(one -> differs.add(one.what()));
        ObjectNode document = Json.object().put("file", file).put("case", added);
        ArrayNode missing = document.putArray("missing");
        recorded.missing().forEach(missing::add);
        ArrayNode differences = document.putArray("differences");
        differs.forEach(differences::add);
        print(document, out -> {
            out.println(Table.printable("recorded as '" + added + "' in " + file));
            recorded.missing().forEach(one -> out.println(Table.printable("  " + one)));
            if (!differs.isEmpty()) {
                out.println("  in the test comes otherwise than in the run, and is expected as it comes in the test:");
                differs.forEach(one -> out.println(Table.printable("    " + one)));
            }
        });
    }
}
