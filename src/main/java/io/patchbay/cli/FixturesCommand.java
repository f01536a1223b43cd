package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Connector;
import io.patchbay.connector.fixture.FixtureSuite;
import io.patchbay.connector.fixture.FixtureSuite.Result;
import io.patchbay.connector.fixture.FixtureSuite.Verdict;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code connector test}: holds connectors against their fixtures. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description =
                "Calls the endpoints of connectors against a server on this machine that answers what their fixtures/ say, and"
                        + " says where they ask or read otherwise. Needs no runtime and no network.")
final class FixturesCommand implements Callable<Integer> {

    private static final Logger QUIET = Logger.getLogger("io.patchbay");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    @Parameters(paramLabel = "ID", description = "Connectors (default: all of the home folder).")
    private List<String> ids = new ArrayList<>();

    FixturesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What came of the fixtures of one connector. */
    private record Tested(String connector, String version, List<Result> results, Map<String, String> without) {
        long count(Verdict verdict) {
            return results.stream().filter(one -> one.verdict() == verdict).count();
        }

        long unexplained() {
            return without.values().stream().filter(String::isEmpty).count();
        }
    }

    @Override
    public Integer call() throws IOException {
        // How an instance stands is told by its fixtures here, and not by the log.
        QUIET.setLevel(Level.OFF);
        Path root = home.home(terminal).root();
        CatalogReader.Reading reading = CatalogReader.once(root);
        Map<String, List<Connector>> there = new TreeMap<>();
        reading.catalog()
                .connectors()
                .forEach(one -> there.computeIfAbsent(one.id(), any -> new ArrayList<>())
                        .add(one));
        List<Tested> all = new ArrayList<>();
        for (String id : ids.isEmpty() ? List.copyOf(there.keySet()) : ids) {
            if (!there.containsKey(id)) {
                throw new Refused(Refused.WRONG_USE, missing(id, there.keySet(), reading));
            }
            for (Connector version : there.get(id)) {
                FixtureSuite suite = new FixtureSuite(root, version, terminal.clock());
                all.add(new Tested(id, version.version().toString(), suite.run(), suite.withoutFixture()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            ArrayNode values = io.patchbay.payload.Json.NODES.arrayNode();
            all.forEach(tested -> values.add(value(tested)));
            out.println(Json.text(values));
        } else {
            tell(all, out);
        }
        List<Problem> broken = ids.isEmpty()
                ? reading.problems().values().stream().flatMap(List::stream).toList()
                : List.of();
        broken.forEach(problem -> spec.commandLine().getErr().println(problem));
        return broken.isEmpty()
                        && all.stream().allMatch(tested -> tested.count(Verdict.FAILED) + tested.unexplained() == 0)
                ? 0
                : Refused.FAILED;
    }

    /** Why there is no such connector, as a sentence. */
    static String missing(String id, Set<String> there, CatalogReader.Reading reading) {
        String prefix = "connectors/" + id + "/";
        List<Problem> problems = reading.problems().values().stream()
                .flatMap(List::stream)
                .filter(problem -> problem.at().file().startsWith(prefix))
                .toList();
        if (!problems.isEmpty()) {
            return "Connector '" + id + "' has problems: " + problems.get(0);
        }
        String hint = DidYouMean.hint(id, there);
        return "There is no connector '" + id + "' in the home folder" + (hint == null ? "." : ": " + hint + ".");
    }

    private static void tell(List<Tested> all, PrintWriter out) {
        for (Tested tested : all) {
            long shown = tested.count(Verdict.SHOWN);
            boolean several = all.stream()
                            .filter(one -> one.connector().equals(tested.connector()))
                            .count()
                    > 1;
            String name = tested.connector() + (several ? " " + tested.version() : "");
            out.println(Table.printable(name + ": " + tested.count(Verdict.PASSED) + " passed, "
                    + tested.count(Verdict.FAILED) + " failed"
                    + (shown == 0 ? "" : ", " + shown + " only shown: no HTTP, so nothing stands in for the system")));
            for (Result result : tested.results()) {
                if (result.verdict() == Verdict.FAILED) {
                    out.println(Table.printable("  " + result.file()));
                    result.differences().forEach(one -> out.println(Table.printable("    " + one)));
                }
            }
            tested.without().forEach((endpoint, reason) -> {
                if (reason.isEmpty()) {
                    out.println(Table.printable("  endpoint '" + endpoint
                            + "' has no fixture; record one with `connector call --record`, or say why under"
                            + " tests: { withoutFixture: { " + endpoint + ": … } }"));
                }
            });
        }
        if (all.isEmpty()) {
            out.println("There are no connectors in the home folder.");
        }
    }

    private static ObjectNode value(Tested tested) {
        ObjectNode value = Json.object().put("connector", tested.connector()).put("version", tested.version());
        ArrayNode fixtures = value.putArray("fixtures");
        for (Result result : tested.results()) {
            ObjectNode one = fixtures.addObject()
                    .put("file", result.file())
                    .put("endpoint", result.endpoint())
                    .put("verdict", result.verdict().name().toLowerCase(java.util.Locale.ROOT));
            ArrayNode differences = one.putArray("differences");
            result.differences().forEach(differences::add);
        }
        ObjectNode without = value.putObject("withoutFixture");
        tested.without().forEach(without::put);
        return value;
    }
}
