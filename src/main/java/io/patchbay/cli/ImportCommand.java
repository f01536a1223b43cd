package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.BlueprintException;
import io.patchbay.blueprint.EditedHome;
import io.patchbay.moving.Finding;
import io.patchbay.moving.Import;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.moving.MovingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import}: makes files of the home folder of what another program exported. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Makes flows of what another program exported. Needs no runtime and no network.")
final class ImportCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what is imported: patchworks, n8n, node-red or bundle.");
    }

    /** Imports of one dialect. */
    abstract static class Verb implements Callable<Integer> {

        /** Connectors of the library of which imports make instances. */
        private static final List<String> SHIPPED =
                List.of("connectors/generic-http", "connectors/sftp", "connectors/ftp");

        private final Terminal terminal;
        private final Dialect dialect;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private HomeFolder home = new HomeFolder();

        @Mixin
        private Json json = new Json();

        @Parameters(paramLabel = "FILE", description = "The exported file, JSON.")
        private Path file = Path.of("");

        @Option(names = "--as", paramLabel = "ID", description = "Id of the flow (default: from its name).")
        private @Nullable String as;

        @Option(
                names = {"--dry-run", "--plan"},
                description = "Only say what would be made, and what is not translated.")
        private boolean dry;

        private Verb(Terminal terminal, Dialect dialect) {
            this.terminal = terminal;
            this.dialect = dialect;
        }

        @Override
        public Integer call() throws IOException, InterruptedException {
            Path root = home.home(terminal).root();
            String text = DescriptionFile.read(terminal, file);
            Import.Result made;
            EditedHome.Added added;
            SortedMap<String, String> files;
            try {
                made = Import.read(new Import.Request(
                        dialect, file.toString(), text, as, path -> Files.exists(root.resolve(path))));
                files = new TreeMap<>(made.files());
                bring(root, files);
                free(root, files);
                added = new EditedHome(root, new TrialOfHome(terminal)).add(files, !dry);
            } catch (MovingException | BlueprintException e) {
                throw new Refused(Refused.FAILED, Table.printableLines("Nothing was made: " + e.getMessage()));
            }
            if (json.wanted()) {
                spec.commandLine().getOut().println(Json.text(document(made, files, added)));
            } else {
                tell(made, files, added, spec.commandLine().getOut());
            }
            return made.lost() || !added.wrong().isEmpty() ? Refused.FAILED : 0;
        }

        /** Said before it is tried, as this verb has an option that helps. */
        private static void free(Path root, SortedMap<String, String> files) {
            for (String path : files.keySet()) {
                if (Files.exists(root.resolve(path))) {
                    throw new Refused(
                            Refused.FAILED,
                            Table.printable(
                                    "Nothing was made: " + path
                                            + " is there already, and nothing is written over it; --as NAME gives another name"));
                }
            }
        }

        /** The connectors of the instances that were made, where the home has them not and the library has. */
        private void bring(Path root, SortedMap<String, String> files) throws IOException {
            for (String connector : SHIPPED) {
                bring(root, connector, files);
            }
        }

        private void bring(Path root, String connector, SortedMap<String, String> files) throws IOException {
            String library = terminal.variable(Terminal.LIBRARY);
            boolean wanted = files.keySet().stream().anyMatch(path -> path.startsWith(connector + "/"))
                    && !files.containsKey(connector + "/connector.yaml");
            if (!wanted
                    || library == null
                    || Files.exists(root.resolve(connector).resolve("connector.yaml"))) {
                return;
            }
            Path from = terminal.folder().resolve(library).resolve(connector);
            if (Files.isDirectory(from)) {
                try (var all = Files.walk(from)) {
                    for (Path one : all.filter(Files::isRegularFile)
                            .filter(one -> !one.toString().contains("instances"))
                            .toList()) {
                        files.put(connector + "/" + from.relativize(one), Files.readString(one));
                    }
                }
            }
        }

        private static ObjectNode document(
                Import.Result made, SortedMap<String, String> files, EditedHome.Added added) {
            ObjectNode document = Json.object().put("written", added.written());
            made.flows().forEach(document.putArray("flows")::add);
            files.keySet().forEach(document.putArray("files")::add);
            made.secrets().forEach(document.putArray("secrets")::add);
            ArrayNode problems = document.putArray("problems");
            for (Finding finding : made.findings()) {
                ObjectNode one =
                        (ObjectNode) Json.of(List.of(finding.problem())).get(0);
                problems.add(one.put("pointer", finding.pointer()).put("made", finding.made()));
            }
            added.wrong().forEach(document.putArray("check")::add);
            return document;
        }

        private static void tell(
                Import.Result made, SortedMap<String, String> files, EditedHome.Added added, PrintWriter out) {
            made.findings().forEach(finding -> out.println(Table.printableLines(finding.toString())));
            if (!added.wrong().isEmpty()) {
                out.println("What check says of it:");
                added.wrong().forEach(one -> out.println(Table.printableLines(one)));
            }
            out.println(added.written() ? "Made:" : "Would make:");
            files.keySet().forEach(path -> out.println(Table.printable("  " + path)));
            if (!made.secrets().isEmpty()) {
                out.println("Secrets that it wants:");
                made.secrets().forEach(one -> out.println(Table.printable("  " + one)));
            }
            long lost = made.findings().stream().filter(Finding::lost).count();
            out.println(made.flows().size() + (made.flows().size() == 1 ? " flow" : " flows") + ", status draft; "
                    + lost + " not translated, " + (made.findings().size() - lost) + " to look at");
        }
    }

    /** {@code import patchworks}. */
    @Command(
            name = "patchworks",
            mixinStandardHelpOptions = true,
            description = "Reads an exported flow of Patchworks.")
    static final class Patchworks extends Verb {
        Patchworks(Terminal terminal) {
            super(terminal, Dialect.PATCHWORKS);
        }
    }

    /** {@code import n8n}. */
    @Command(name = "n8n", mixinStandardHelpOptions = true, description = "Reads an exported workflow of n8n.")
    static final class N8n extends Verb {
        N8n(Terminal terminal) {
            super(terminal, Dialect.N8N);
        }
    }

    /** {@code import node-red}. */
    @Command(name = "node-red", mixinStandardHelpOptions = true, description = "Reads exported flows of Node-RED.")
    static final class NodeRed extends Verb {
        NodeRed(Terminal terminal) {
            super(terminal, Dialect.NODE_RED);
        }
    }
}
