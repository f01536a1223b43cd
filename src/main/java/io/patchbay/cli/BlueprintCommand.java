package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.Archives;
import io.patchbay.blueprint.BlueprintException;
import io.patchbay.blueprint.Blueprints;
import io.patchbay.blueprint.Install;
import io.patchbay.blueprint.Shown;
import io.patchbay.home.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code blueprint}: installs what others made, and keeps it up to date. */
@Command(
        name = "blueprint",
        mixinStandardHelpOptions = true,
        description = "Blueprints: lists and shows them, plans and does installs, upgrades and removals.")
final class BlueprintCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "A verb is missing: list, show, plan, install, upgrade, remove, new, pack or verify.");
    }

    /** Which archives are taken. */
    static final class Trust {

        @Option(
                names = "--key",
                paramLabel = "KEY",
                description =
                        "A public key of minisign that is trusted, or its file, besides those in blueprints/keys/.")
        private List<String> keys = new ArrayList<>();

        @Option(names = "--unsigned", description = "Take archives that have no signature, too.")
        private boolean unsigned;

        /** Archives that are taken apart for as long as it is open. */
        Archives archives(Home home) throws IOException {
            return new Archives(home.root(), keys, unsigned);
        }
    }

    /** What all of them share. */
    abstract static class Verb implements Callable<Integer> {

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private HomeFolder home = new HomeFolder();

        @Mixin
        private Json json = new Json();

        @Option(
                names = "--from",
                paramLabel = "DIR",
                description =
                        "A folder that has blueprints/ and maybe connectors/, besides the home folder, or an archive of a"
                                + " blueprint (.zip). May be given again.")
        private List<Path> from = new ArrayList<>();

        @Mixin
        private Trust trust = new Trust();

        Verb(Terminal terminal) {
            this.terminal = terminal;
        }

        /** Does it. @return the exit code */
        abstract int act(Blueprints blueprints) throws IOException, InterruptedException;

        @Override
        public Integer call() throws IOException, InterruptedException {
            try (Archives archives = trust.archives(home.home(terminal))) {
                List<Path> sources = new ArrayList<>();
                for (Path named : from) {
                    sources.add(source(terminal.folder().resolve(named), archives));
                }
                String library = terminal.variable(Terminal.LIBRARY);
                if (library != null) {
                    sources.add(Path.of(library));
                }
                return act(new Blueprints(home.home(terminal), sources, terminal.clock(), new TrialOfHome(terminal)));
            } catch (BlueprintException e) {
                throw new Refused(Refused.FAILED, Table.printableLines(String.valueOf(e.getMessage())));
            } catch (IOException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
                throw new Refused(
                        Refused.FAILED,
                        Table.printableLines("It cannot be done, a file could not be read, written or changed: " + e));
            }
        }

        private static Path source(Path named, Archives archives) throws IOException {
            if (named.toString().endsWith(".zip") && Files.isRegularFile(named)) {
                return archives.open(named).folder();
            }
            if (!Files.isDirectory(named)) {
                throw new Refused(Refused.WRONG_USE, "There is no folder or archive " + named + ".");
            }
            return named;
        }

        PrintWriter out() {
            return spec.commandLine().getOut();
        }

        boolean json() {
            return json.wanted();
        }

        Terminal terminal() {
            return terminal;
        }
    }

    /** {@code blueprint list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists blueprints, and what was installed of them.")
    static final class ListCommand extends Verb {

        ListCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        int act(Blueprints blueprints) throws IOException {
            List<Install> installed = blueprints.installed();
            Table table = new Table("blueprint", "version", "title", "installed");
            ArrayNode all = Json.object().putArray("data");
            List<String> problems = new ArrayList<>();
            for (Blueprints.Offered one : blueprints.offered()) {
                ObjectNode document = all.addObject()
                        .put("blueprint", one.id())
                        .put("version", one.version())
                        .put("title", one.title());
                one.systems().forEach(document.putArray("systems")::add);
                one.problems().forEach(document.putArray("problems")::add);
                ArrayNode installs = document.putArray("installed");
                List<String> here = new ArrayList<>();
                for (Install install : installed) {
                    if (install.blueprint().equals(one.id())) {
                        installs.addObject().put("name", install.name()).put("version", install.version());
                        here.add(install.name() + " " + install.version());
                    }
                }
                problems.addAll(one.problems());
                table.row(List.of(
                        one.id(),
                        one.version(),
                        one.problems().isEmpty() ? one.title() : "is not right, see below",
                        String.join(", ", here)));
            }
            for (Install install : installed) {
                if (blueprints.offered().stream().noneMatch(one -> one.id().equals(install.blueprint()))) {
                    all.addObject()
                            .put("blueprint", install.blueprint())
                            .putArray("installed")
                            .addObject()
                            .put("name", install.name())
                            .put("version", install.version());
                    table.row(List.of(
                            install.blueprint(),
                            "",
                            "is in none of these folders",
                            install.name() + " " + install.version()));
                }
            }
            if (json()) {
                out().println(Json.text(Json.object().set("data", all)));
            } else {
                table.printOr(
                        "There are no blueprints: put them into blueprints/, or name a folder with --from.", out());
                problems.forEach(problem -> out().println(Table.printableLines(problem)));
            }
            return problems.isEmpty() ? 0 : Refused.FAILED;
        }
    }

    /** {@code blueprint show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what a blueprint does, needs, asks and reaches.")
    static final class ShowCommand extends Verb {

        @Parameters(paramLabel = "BLUEPRINT", description = "Its id.")
        private String id = "";

        ShowCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        int act(Blueprints blueprints) throws IOException {
            Shown shown = blueprints.show(id);
            PrintWriter out = out();
            if (json()) {
                out.println(Json.text(io.patchbay.payload.Json.MAPPER.valueToTree(shown)));
                return 0;
            }
            out.println(Table.printable(shown.id() + " " + shown.version() + ": " + shown.title()));
            if (!shown.description().isBlank()) {
                out.println(Table.printableLines(shown.description().strip()));
            }
            Table instances = new Table("instance", "connector", "for", "rights");
            shown.instances()
                    .forEach(one -> instances.row(
                            List.of(one.name(), one.connector(), one.title(), String.join(", ", one.scopes()))));
            out.println();
            instances.print("", out);
            Table questions = new Table("question", "asks", "type", "otherwise");
            shown.questions()
                    .forEach(one -> questions.row(List.of(
                            one.name(),
                            one.title(),
                            one.choices().isEmpty() ? one.type() : String.join(" | ", one.choices()),
                            one.otherwise())));
            if (!shown.questions().isEmpty()) {
                out.println();
                questions.print("", out);
            }
            out.println();
            BlueprintText.reach(shown.hosts(), shown.secrets(), shown.scripts(), out);
            return 0;
        }
    }
}
