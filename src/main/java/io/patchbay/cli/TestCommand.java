package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.home.Home;
import io.patchbay.problem.Problem;
import io.patchbay.trial.TestFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code test}: runs the tests that stand beside flows. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the tests of flows (*.test.yaml in routes/): the compiled flow against answers that the test gives. Needs no"
                    + " runtime, no network and no secrets, and changes nothing but, with --update, the test files.",
            "The fixtures of connectors are run where a path names connectors/ or a part of it."
        })
final class TestCommand implements Callable<Integer> {

    private static final Logger QUIET = Logger.getLogger("io.patchbay");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    @Parameters(
            paramLabel = "PATH",
            description =
                    "Test files, flow files (their tests are meant) and folders (default: routes/ of the home folder).")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML, too.")
    private @Nullable Path junit;

    @Option(names = "--coverage", description = "Tell which shapes and paths of the flows no case has reached.")
    private boolean coverage;

    @Option(
            names = "--update",
            description = {
                "Write what came in place of what was expected otherwise, and fill expectations that are empty. What was"
                        + " changed is shown; cases that lack an answer are left as they are."
            })
    private boolean update;

    TestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        // What a run logs is told by what is expected of it.
        QUIET.setLevel(Level.OFF);
        Map<Path, List<String>> homes = homes();
        Updating updating = new Updating(update);
        FlowKind flows = new FlowKind(terminal.clock(), updating);
        List<Tested> all = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<Path, List<String>> one : homes.entrySet()) {
            FilesOfHome files = FilesOfHome.read(new Home(one.getKey()), List.of(), terminal);
            List<KindOfTests> kinds = List.of(flows, new ScriptKind(updating), new ConnectorKind(terminal.clock()));
            for (KindOfTests kind : kinds) {
                all.addAll(kind.run(
                        files,
                        one.getKey(),
                        file -> wanted(file, one.getValue(), files),
                        file -> Shown.from(terminal, one.getKey(), file)));
            }
            files.problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .filter(problem -> problem.at().file().endsWith(".test.yaml"))
                    .filter(problem -> wanted(problem.at().file(), one.getValue(), files))
                    .map(problem -> Shown.from(terminal, one.getKey(), problem))
                    .forEach(problems::add);
        }
        if (all.isEmpty() && problems.isEmpty() && !paths.isEmpty()) {
            throw new Refused(
                    Refused.WRONG_USE,
                    "There are no tests there: those of a flow stand in FLOW.test.yaml beside FLOW.flow.yaml, those of a"
                            + " script in NAME.test.yaml beside scripts/NAME.js.");
        }
        if (junit != null) {
            JunitXml.write(terminal.folder().resolve(junit), all, problems);
        }
        tell(all, problems, flows, updating);
        return problems.isEmpty() && all.stream().allMatch(Tested::passed) ? 0 : Refused.FAILED;
    }

    /** Home folders with what is wanted of each: paths from the home; an empty one for all of routes/. */
    private Map<Path, List<String>> homes() {
        Map<Path, List<String>> homes = new LinkedHashMap<>();
        for (Path path : paths) {
            Path whole = terminal.folder().resolve(path).toAbsolutePath().normalize();
            if (!Files.exists(whole)) {
                throw new Refused(Refused.WRONG_USE, "There is no file or folder " + path + ".");
            }
            Path owner = LooseFiles.owner(whole);
            if (owner == null) {
                throw new Refused(
                        Refused.WRONG_USE, path + " does not lie in a home folder, which has routes/ and connectors/.");
            }
            homes.computeIfAbsent(owner, any -> new ArrayList<>()).add(LooseFiles.name(owner, whole));
        }
        if (paths.isEmpty()) {
            homes.put(home.home(terminal).root(), List.of("routes"));
        }
        return homes;
    }

    private static boolean wanted(String file, List<String> prefixes, FilesOfHome files) {
        return prefixes.stream().anyMatch(prefix -> {
            String meant = files.writesFlow(prefix) ? TestFile.beside(prefix) : prefix;
            return meant.isEmpty() || file.equals(meant) || file.startsWith(meant + "/");
        });
    }

    private void tell(List<Tested> all, List<Problem> problems, FlowKind flows, Updating updating) {
        PrintWriter out = spec.commandLine().getOut();
        long failed = all.stream().filter(one -> !one.passed()).count();
        if (json.wanted()) {
            out.println(Json.text(document(all, problems, flows, updating)));
            return;
        }
        problems.forEach(out::println);
        updating.tell(out);
        String file = "";
        for (Tested one : all) {
            if (!one.file().equals(file)) {
                file = one.file();
                out.println(Table.printable(file));
            }
            out.println(Table.printable((one.passed() ? "  ok      " : "  FAILED  ") + one.name() + " ("
                    + one.took().toMillis() + " ms)"));
            one.lines().forEach(line -> out.println(Table.printable("    " + line)));
        }
        if (coverage) {
            flows.coverage().forEach(one -> one.tell(out));
        }
        out.println(all.size() + (all.size() == 1 ? " test, " : " tests, ") + failed + " failed"
                + (problems.isEmpty() ? "" : ", " + problems.size() + " errors in test files"));
    }

    private ObjectNode document(List<Tested> all, List<Problem> problems, FlowKind flows, Updating updating) {
        ObjectNode document = Json.object()
                .put("tests", all.size())
                .put("failed", all.stream().filter(one -> !one.passed()).count());
        ArrayNode results = document.putArray("results");
        for (Tested one : all) {
            ArrayNode lines = results.addObject()
                    .put("kind", one.kind())
                    .put("file", one.file())
                    .put("name", one.name())
                    .put("passed", one.passed())
                    .put("tookMs", one.took().toMillis())
                    .putArray("differences");
            one.lines().forEach(lines::add);
        }
        if (update) {
            document.set("updated", updating.document());
        }
        document.set("problems", Json.of(problems));
        if (coverage) {
            ArrayNode covered = document.putArray("coverage");
            flows.coverage().forEach(one -> covered.add(one.document()));
        }
        return document;
    }
}
