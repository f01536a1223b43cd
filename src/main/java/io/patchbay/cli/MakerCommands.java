package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.Archives;
import io.patchbay.blueprint.AsItLies;
import io.patchbay.blueprint.BlueprintException;
import io.patchbay.blueprint.Blueprints;
import io.patchbay.blueprint.CatalogueMaker;
import io.patchbay.blueprint.Trial;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

        @Option(names = "--flow", paramLabel = "FLOW", required = true, description = "A flow. May be given again.")
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

    /** {@code blueprint pack}. */
    @Command(
            name = "pack",
            mixinStandardHelpOptions = true,
            description =
                    "Makes one file of a blueprint and the connectors that it needs; 'minisign -Sm FILE' signs it.")
    static final class PackCommand extends BlueprintCommand.Verb {

        @Parameters(paramLabel = "BLUEPRINT", description = "Its id.")
        private String id = "";

        @Option(names = "--to", paramLabel = "FILE", required = true, description = "The file to write, .zip.")
        private Path to = Path.of("");

        PackCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        String wanted(Blueprints blueprints) {
            return id;
        }

        @Override
        int act(Blueprints blueprints) throws IOException {
            if (!to.toString().endsWith(".zip")) {
                throw new Refused(Refused.WRONG_USE, "An archive of a blueprint is called NAME.zip.");
            }
            byte[] archive = blueprints.pack(id);
            Files.write(terminal().folder().resolve(to), archive);
            if (json()) {
                out().println(Json.text(Json.object()
                        .put("blueprint", id)
                        .put("file", to.toString())
                        .put("bytes", archive.length)));
            } else {
                out().println(Table.printable("Packed " + id + " into " + to + ", " + archive.length
                        + " bytes. Sign it: minisign -Sm " + to));
            }
            return 0;
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
        public Integer call() throws IOException {
            Path named = terminal.folder().resolve(folder);
            if (!Files.isDirectory(named)) {
                throw new Refused(Refused.WRONG_USE, "There is no folder " + folder + ".");
            }
            try (Archives archives = new Archives(named, List.of(), true)) {
                List<String> made = CatalogueMaker.make(named, archives, terminal.clock());
                PrintWriter out = spec.commandLine().getOut();
                if (json.wanted()) {
                    ArrayNode all = Json.object().putArray("blueprints");
                    made.forEach(all::add);
                    out.println(Json.text(Json.object()
                            .put("file", folder + "/catalogue.json")
                            .set("blueprints", all)));
                } else {
                    made.forEach(one -> out.println(Table.printable(one)));
                    out.println(Table.printable("Sign it: minisign -Sm " + folder + "/catalogue.json"));
                }
                return 0;
            } catch (BlueprintException e) {
                throw new Refused(Refused.FAILED, Table.printableLines(String.valueOf(e.getMessage())));
            }
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
        public Integer call() throws IOException, InterruptedException {
            Path archive = terminal.folder().resolve(file);
            if (!Files.isRegularFile(archive)) {
                throw new Refused(Refused.WRONG_USE, "There is no file " + file + ".");
            }
            try (Archives archives = trust.archives(home.home(terminal))) {
                Archives.Opened opened = archives.open(archive);
                List<Blueprints.Offered> offered = new Blueprints(
                                new io.patchbay.home.Home(opened.folder()),
                                List.of(),
                                terminal.clock(),
                                new TrialOfHome(terminal))
                        .offered();
                Map<String, Trial.Found> found = tests ? tried(opened.folder(), offered) : Map.of();
                ArrayNode all = Json.object().putArray("blueprints");
                PrintWriter out = spec.commandLine().getOut();
                String signer = opened.signer() == null ? "nobody" : opened.signer();
                for (Blueprints.Offered one : offered) {
                    ObjectNode document =
                            all.addObject().put("blueprint", one.id()).put("version", one.version());
                    ArrayNode problems = document.putArray("problems");
                    one.problems().forEach(problems::add);
                    wrong(found.get(one.id())).forEach(problems::add);
                    if (found.containsKey(one.id())) {
                        document.put("tests", found.get(one.id()).tests());
                    }
                }
                if (json.wanted()) {
                    out.println(Json.text(Json.object().put("signedBy", signer).set("blueprints", all)));
                } else {
                    out.println("signed by " + signer);
                    if (offered.isEmpty()) {
                        out.println("there is no blueprint in it");
                    }
                    offered.forEach(one -> {
                        Trial.Found tested = found.get(one.id());
                        out.println(Table.printable(one.id() + " " + one.version()
                                + (tested == null ? "" : ", " + InstallCommands.Doing.ran(tested.tests()))));
                        one.problems().forEach(problem -> out.println(Table.printableLines(problem)));
                        wrong(tested).forEach(problem -> out.println(Table.printableLines(problem)));
                    });
                }
                return offered.isEmpty()
                                || offered.stream()
                                        .anyMatch(one -> !one.problems().isEmpty()
                                                || !wrong(found.get(one.id())).isEmpty())
                        ? Refused.FAILED
                        : 0;
            } catch (BlueprintException e) {
                throw new Refused(Refused.FAILED, Table.printableLines(String.valueOf(e.getMessage())));
            } catch (IOException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
                throw new Refused(
                        Refused.FAILED,
                        Table.printableLines("It cannot be done, a file could not be read, written or changed: " + e));
            }
        }

        /** Those that can be read, checked and tested with the values that they have. */
        private Map<String, Trial.Found> tried(Path folder, List<Blueprints.Offered> offered)
                throws IOException, InterruptedException {
            Map<String, Trial.Found> found = new TreeMap<>();
            for (Blueprints.Offered one : offered) {
                if (one.problems().isEmpty()) {
                    found.put(one.id(), AsItLies.tried(folder, one.id(), new TrialOfHome(terminal)));
                }
            }
            return found;
        }

        private static List<String> wrong(Trial.@Nullable Found found) {
            if (found == null) {
                return List.of();
            }
            return Stream.concat(
                            found.problems().stream().map(String::valueOf),
                            found.failed().stream().map(one -> "a test fails: " + one))
                    .toList();
        }
    }
}
