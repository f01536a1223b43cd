package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.Archives;
import io.patchbay.blueprint.AsItLies;
import io.patchbay.blueprint.Blueprints;
import io.patchbay.blueprint.CatalogueMaker;
import io.patchbay.blueprint.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What makers of blueprints do: {@code blueprint new}, {@code pack}, {@code verify} and {@code catalogue}. */
final class MakerCommands {

    private MakerCommands() {}

    /** {@code blueprint new}. */
    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Makes a blueprint of flows of the home folder, with all that they name, to go on from.")
    static final class NewCommand extends BlueprintCommand.Verb {

        @Parameters(paramLabel = "ID", description = "Id of the blueprint, like orders-to-erp.")
        private String id = "";

        @Option(
                names = "--flow",
                paramLabel = "FLOW",
                required = true,
                description = "A flow or a service. May be given again.")
        private List<String> flows = new ArrayList<>();

        @Option(names = "--title", paramLabel = "TEXT", description = "What it does, in a few words (default: its id).")
        private @Nullable String title;

        NewCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        int act(Blueprints blueprints) throws IOException, InterruptedException {
            List<String> notes = blueprints.make(id, title == null ? id : title, flows);
            if (json()) {
                ArrayNode all = Json.object().putArray("notes");
                notes.forEach(all::add);
                out().println(Json.text(
                        Json.object().put("folder", "blueprints/" + id).set("notes", all)));
            } else {
                out().println("Made blueprints/" + id + ". Look at it:");
                notes.forEach(note -> out().println(Table.printableLines("  " + note)));
            }
            return 0;
        }
    }

    /** What makes one file. */
    abstract static class Pack extends BlueprintCommand.Verb {

        @Option(names = "--to", paramLabel = "FILE", required = true, description = "The file to write, .zip.")
        private Path to = Path.of("");

        Pack(Terminal terminal) {
            super(terminal);
        }

        /**
         * Writes what was packed, and says so.
         *
         * @param kind what it is, and the key of its id in the document
         */
        int packed(String kind, String id, byte[] archive) throws IOException {
            if (!to.toString().endsWith(".zip")) {
                throw new Refused(Refused.WRONG_USE, "An archive of a " + kind + " is called NAME.zip.");
            }
            Files.write(terminal().folder().resolve(to), archive);
            if (json()) {
                out().println(Json.text(
                        Json.object().put(kind, id).put("file", to.toString()).put("bytes", archive.length)));
            } else {
                out().println(Table.printable("Packed " + id + " into " + to + ", " + archive.length
                        + " bytes. Sign it: minisign -Sm " + to));
            }
            return 0;
        }
    }

    /** {@code blueprint pack}. */
    @Command(
            name = "pack",
            mixinStandardHelpOptions = true,
            description =
                    "Makes one file of a blueprint and the connectors that it needs; 'minisign -Sm FILE' signs it.")
    static final class PackCommand extends Pack {

        @Parameters(paramLabel = "BLUEPRINT", description = "Its id.")
        private String id = "";

        PackCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        String wanted(Blueprints blueprints) {
            return id;
        }

        @Override
        int act(Blueprints blueprints) throws IOException {
            return packed("blueprint", id, blueprints.pack(id));
        }
    }

    /** {@code connector pack}. */
    @Command(
            name = "pack",
            mixinStandardHelpOptions = true,
            description = "Makes one file of a connector, without its instances; 'minisign -Sm FILE' signs it.")
    static final class PackConnectorCommand extends Pack {

        @Parameters(paramLabel = "CONNECTOR", description = "Its id.")
        private String id = "";

        PackConnectorCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        int act(Blueprints blueprints) throws IOException {
            return packed("connector", id, blueprints.packConnector(id));
        }
    }

    /** {@code blueprint catalogue}. */
    @Command(
            name = "catalogue",
            mixinStandardHelpOptions = true,
            description = "Writes the catalogue of a folder's archives, catalogue.json; 'minisign -Sm FILE' signs it.")
    static final class CatalogueCommand implements Callable<Integer> {

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Json json = new Json();

        @Parameters(paramLabel = "FOLDER", description = "A folder that has archives, .zip.")
        private Path folder = Path.of("");

        CatalogueCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws InterruptedException {
            Path named = terminal.folder().resolve(folder);
            if (!Files.isDirectory(named)) {
                throw new Refused(Refused.WRONG_USE, "There is no folder " + folder + ".");
            }
            return BlueprintCommand.done(() -> {
                try (Archives archives = new Archives(named, List.of(), true)) {
                    return tell(CatalogueMaker.make(named, archives, terminal.clock()));
                }
            });
        }

        private int tell(List<String> made) {
            PrintWriter out = spec.commandLine().getOut();
            if (json.wanted()) {
                ArrayNode all = Json.object().putArray("blueprints");
                made.forEach(all::add);
                out.println(Json.text(
                        Json.object().put("file", folder + "/catalogue.json").set("blueprints", all)));
            } else {
                made.forEach(one -> out.println(Table.printable(one)));
                out.println(Table.printable("Sign it: minisign -Sm " + folder + "/catalogue.json"));
            }
            return 0;
        }
    }

    /** {@code blueprint verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Says who signed an archive, and whether what is in it is right; installs nothing.")
    static final class VerifyCommand implements Callable<Integer> {

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private HomeFolder home = new HomeFolder();

        @Mixin
        private Json json = new Json();

        @Parameters(
                paramLabel = "FILE",
                description = "The archive, .zip; its signature lies beside it, as FILE.minisig.")
        private Path file = Path.of("");

        @Mixin
        private BlueprintCommand.Trust trust = new BlueprintCommand.Trust();

        @Option(names = "--tests", description = "Check its flows and run its tests, too, in a folder of their own.")
        private boolean tests;

        VerifyCommand(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws InterruptedException {
            Path archive = terminal.folder().resolve(file);
            if (!Files.isRegularFile(archive)) {
                throw new Refused(Refused.WRONG_USE, "There is no file " + file + ".");
            }
            return BlueprintCommand.done(() -> {
                try (Archives archives = trust.archives(home.home(terminal))) {
                    Archives.Opened opened = archives.open(archive);
                    List<Verified> all = verified(opened.folder());
                    tell(opened.signer() == null ? "nobody" : opened.signer(), all);
                    return !all.isEmpty()
                                    && all.stream().allMatch(one -> one.wrong().isEmpty())
                            ? 0
                            : Refused.FAILED;
                }
            });
        }

        /**
         * A blueprint of the archive.
         *
         * @param tests how many ran; null where none was to
         */
        private record Verified(
                String id,
                String version,
                List<String> wrong,
                @Nullable Integer tests) {}

        private List<Verified> verified(Path folder) throws IOException, InterruptedException {
            TrialOfHome trial = new TrialOfHome(terminal);
            List<Verified> all = new ArrayList<>();
            for (Blueprints.Offered one : Blueprints.offeredBy(folder)) {
                List<String> wrong = new ArrayList<>(one.problems());
                Trial.Found found = tests && wrong.isEmpty() ? AsItLies.tried(folder, one.id(), trial) : null;
                if (found != null) {
                    found.problems().forEach(problem -> wrong.add(problem.toString()));
                    found.failed().forEach(failed -> wrong.add("a test fails: " + failed));
                }
                all.add(new Verified(one.id(), one.version(), wrong, found == null ? null : found.tests()));
            }
            return all;
        }

        private void tell(String signer, List<Verified> verified) {
            PrintWriter out = spec.commandLine().getOut();
            if (json.wanted()) {
                ObjectNode document = Json.object().put("signedBy", signer);
                ArrayNode all = document.putArray("blueprints");
                for (Verified one : verified) {
                    ObjectNode blueprint =
                            all.addObject().put("blueprint", one.id()).put("version", one.version());
                    one.wrong().forEach(blueprint.putArray("problems")::add);
                    if (one.tests() != null) {
                        blueprint.put("tests", one.tests());
                    }
                }
                out.println(Json.text(document));
                return;
            }
            out.println("signed by " + signer);
            if (verified.isEmpty()) {
                out.println("there is no blueprint and no connector in it");
            }
            for (Verified one : verified) {
                out.println(Table.printable(
                        one.id() + " " + one.version() + (one.tests() == null ? "" : ", " + ran(one.tests()))));
                one.wrong().forEach(problem -> out.println(Table.printableLines(problem)));
            }
        }

        private static String ran(int tests) {
            return tests + (tests == 1 ? " test ran" : " tests ran");
        }
    }
}
