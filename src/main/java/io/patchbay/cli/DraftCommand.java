package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.draft.DraftException;
import io.patchbay.connector.draft.DraftFolder;
import io.patchbay.connector.draft.DraftFolder.Kind;
import io.patchbay.connector.draft.DraftFolder.Made;
import io.patchbay.connector.draft.DraftFolder.Source;
import io.patchbay.problem.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code connector new} and {@code connector import} share: both make a folder in the home folder, without a runtime. */
abstract class DraftCommand implements Callable<Integer> {

    private static final int SHOWN = 20;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    private DraftCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Makes the folder. */
    abstract Made made(DraftFolder connectors) throws IOException;

    @Override
    public Integer call() throws IOException {
        Path root = home.home(terminal).root();
        Made made;
        try {
            made = made(new DraftFolder(root.resolve("connectors")));
        } catch (DraftException e) {
            throw new Refused(Refused.FAILED, "No connector was made: " + e.getMessage() + ".");
        }
        String prefix = "connectors/" + made.folder().getFileName() + "/";
        List<Problem> problems = CatalogReader.once(root).problems().values().stream()
                .flatMap(List::stream)
                .filter(problem -> problem.at().file().startsWith(prefix))
                .toList();
        if (json.wanted()) {
            spec.commandLine().getOut().println(Json.text(value(made, problems)));
        } else {
            tell(made, problems, spec.commandLine().getOut());
        }
        return problems.stream().allMatch(problem -> problem.severity() == Problem.Severity.WARNING)
                ? 0
                : Refused.FAILED;
    }

    private static ObjectNode value(Made made, List<Problem> problems) {
        ObjectNode value = Json.object()
                .put("connector", String.valueOf(made.folder().getFileName()))
                .put("folder", made.folder().toString())
                .put("endpoints", made.endpoints())
                .put("fixtures", made.fixtures());
        ArrayNode guesses = value.putArray("guesses");
        made.guesses().forEach(guesses::add);
        ArrayNode leftOut = value.putArray("leftOut");
        made.leftOut().forEach(leftOut::add);
        value.set("problems", Json.of(problems));
        return value;
    }

    private static void tell(Made made, List<Problem> problems, PrintWriter out) {
        out.println(Table.printable(
                "Made " + made.folder() + ": " + made.endpoints() + " endpoints, " + made.fixtures() + " fixtures."));
        list("Guessed, look at it:", made.guesses(), out);
        list("Left out:", made.leftOut(), out);
        problems.forEach(out::println);
        out.println("Its README.md says how an instance is made.");
    }

    private static void list(String title, List<String> lines, PrintWriter out) {
        if (lines.isEmpty()) {
            return;
        }
        out.println(title);
        lines.stream().limit(SHOWN).forEach(line -> out.println("  " + Table.printable(line)));
        if (lines.size() > SHOWN) {
            out.println("  and " + (lines.size() - SHOWN) + " more, see its README.md");
        }
    }

    /** {@code connector new}. */
    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Makes a connector with one list, to go on from. Needs no runtime.")
    static final class New extends DraftCommand {

        @Parameters(index = "0", paramLabel = "ID", description = "Id of the connector, like my-shop.")
        private String id = "";

        New(Terminal terminal) {
            super(terminal);
        }

        @Override
        Made made(DraftFolder connectors) throws IOException {
            return connectors.empty(id);
        }
    }

    /** {@code connector import}. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Makes a connector of the description of an interface. Needs no runtime and no network.")
    static final class Import extends DraftCommand {

        private final Terminal terminal;

        @Parameters(index = "0", paramLabel = "KIND", description = "openapi (also Swagger 2.0), postman or wsdl.")
        private Kind kind = Kind.OPENAPI;

        @Parameters(index = "1", paramLabel = "FILE", description = "The description.")
        private Path file = Path.of("");

        @Option(names = "--id", paramLabel = "ID", description = "Id of the connector (default: from the title).")
        private @Nullable String id;

        @Option(
                names = "--overlay",
                paramLabel = "OVERLAY",
                description = "Changes that are laid over an OpenAPI document first (Overlay Specification 1.0).")
        private @Nullable Path overlay;

        Import(Terminal terminal) {
            super(terminal);
            this.terminal = terminal;
        }

        @Override
        Made made(DraftFolder connectors) throws IOException {
            if (overlay != null && kind != Kind.OPENAPI) {
                throw new Refused(Refused.WRONG_USE, "--overlay belongs to 'import openapi'.");
            }
            String changes = overlay == null ? null : DescriptionFile.read(terminal, overlay);
            return connectors.fromDescription(
                    kind,
                    new Source(
                            DescriptionFile.read(terminal, file),
                            terminal.folder().resolve(file),
                            changes),
                    id);
        }
    }
}
