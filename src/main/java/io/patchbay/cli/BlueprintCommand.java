package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.blueprint.Archives;
import io.patchbay.blueprint.BlueprintException;
import io.patchbay.blueprint.Blueprints;
import io.patchbay.blueprint.Catalogues;
import io.patchbay.blueprint.Install;
import io.patchbay.blueprint.Listing;
import io.patchbay.blueprint.Provenance;
import io.patchbay.blueprint.Shown;
import io.patchbay.home.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
                "A verb is missing: list, show, plan, install, upgrade, remove, recover, new, pack, verify or catalogue.");
    }

    /** What a verb does. */
    interface Work {
        /** Does it. @return the exit code */
        int done() throws IOException, InterruptedException;
    }

    /** Does it, or says what keeps it from being done. */
    static int done(Work work) throws InterruptedException {
        try {
            return work.done();
        } catch (BlueprintException e) {
            throw new Refused(Refused.FAILED, Table.printableLines(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new Refused(Refused.FAILED, Table.printableLines("It cannot be done. " + UnusableFile.said(e)));
        } catch (UncheckedIOException e) {
            throw new Refused(Refused.FAILED, Table.printableLines("It cannot be done. " + UnusableFile.said(e)));
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new Refused(
                    Refused.FAILED,
                    Table.printableLines("It cannot be done, a file could not be read, written or changed: " + e));
        }
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

        /** Tests of flows log what runs log. */
        private static final Logger QUIET = Logger.getLogger("io.patchbay");

        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private HomeFolder home = new HomeFolder();

        @Mixin
        private Json json = new Json();

        @Option(
                names = "--from",
                paramLabel = "SOURCE",
                description =
                        "A folder that has blueprints/ and maybe connectors/, besides the home folder, an archive of a"
                                + " blueprint (.zip), or a catalogue of blueprints/catalogues.yaml by its name. May be given again.")
        private List<String> from = new ArrayList<>();

        @Option(names = "--offline", description = "Take catalogues as they were fetched last, and ask no server.")
        private boolean offline;

        @Mixin
        private Trust trust = new Trust();

        private @Nullable Catalogues catalogues;

        Verb(Terminal terminal) {
            this.terminal = terminal;
        }

        /** Does it. @return the exit code */
        abstract int act(Blueprints blueprints) throws IOException, InterruptedException;

        /** Id of the blueprint that it is about, which a catalogue is asked for; null for none. */
        @Nullable
        String wanted(Blueprints blueprints) throws IOException {
            return null;
        }

        /** An install that is looked for where it came from when nothing is named; empty for none. */
        Optional<Install> again(Blueprints blueprints) throws IOException {
            return Optional.empty();
        }

        @Override
        public Integer call() throws InterruptedException {
            QUIET.setLevel(Level.OFF);
            return done(() -> {
                try (Archives archives = trust.archives(home.home(terminal))) {
                    return act(of(sources(archives), archives));
                }
            });
        }

        private List<Path> sources(Archives archives) throws IOException, InterruptedException {
            Catalogues known = CataloguesOfHome.of(home.home(terminal), archives, terminal);
            catalogues = known;
            List<Path> sources = new ArrayList<>();
            List<String> named = new ArrayList<>();
            for (String one : from) {
                if (known.names().contains(one)) {
                    named.add(one);
                } else {
                    sources.add(source(terminal.folder().resolve(one), archives));
                }
            }
            String library = terminal.variable(Terminal.LIBRARY);
            if (library != null) {
                sources.add(Path.of(library));
            }
            String wanted = named.isEmpty() ? null : wanted(of(sources, archives));
            Optional<Install> again = from.isEmpty() ? again(of(sources, archives)) : Optional.empty();
            Provenance before = again.map(Install::origin).orElse(null);
            if (before != null && before.catalogue() != null) {
                sources.add(0, known.openAgain(before, again.get().blueprint(), oldest()));
            }
            if (wanted != null) {
                for (int i = 0; i < named.size(); i++) {
                    sources.add(i, known.open(named.get(i), wanted, oldest()));
                }
            }
            return sources;
        }

        private Blueprints of(List<Path> sources, Archives archives) {
            return new Blueprints(
                    home.home(terminal), sources, archives.origins(), terminal.clock(), new TrialOfHome(terminal));
        }

        /** Catalogues as they are now. */
        List<Catalogues.Read> catalogues() throws IOException, InterruptedException {
            List<Catalogues.Read> all = new ArrayList<>();
            Catalogues known = Objects.requireNonNull(catalogues);
            for (String name : known.names()) {
                all.add(known.read(name, oldest()));
            }
            return all;
        }

        private Duration oldest() {
            return offline ? CataloguesOfHome.ANY_AGE : Duration.ZERO;
        }

        private static Path source(Path named, Archives archives) throws IOException {
            if (named.toString().endsWith(".zip") && Files.isRegularFile(named)) {
                return archives.open(named).folder();
            }
            if (!Files.isDirectory(named)) {
                throw new Refused(Refused.WRONG_USE, "There is no folder, archive or catalogue " + named + ".");
            }
            return named;
        }

        PrintWriter out() {
            return spec.commandLine().getOut();
        }

        boolean json() {
            return json.wanted();
        }

        Home home() {
            return home.home(terminal);
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
        int act(Blueprints blueprints) throws IOException, InterruptedException {
            Listing listing = Listing.of(blueprints, catalogues());
            if (json()) {
                out().println(Json.text(Json.object()
                        .<ObjectNode>set("data", io.patchbay.payload.Json.MAPPER.valueToTree(listing.lines()))
                        .set("troubles", io.patchbay.payload.Json.MAPPER.valueToTree(listing.troubles()))));
            } else {
                boolean far = listing.lines().stream()
                        .anyMatch(one -> !one.catalogue().isEmpty());
                Table table = far
                        ? new Table("blueprint", "version", "title", "catalogue", "installed")
                        : new Table("blueprint", "version", "title", "installed");
                listing.lines().forEach(one -> table.row(row(one, far)));
                table.printOr(
                        "There are no blueprints: put them into blueprints/, or name a folder with --from.", out());
                BlueprintText.origins(
                        listing.lines().stream()
                                .flatMap(one -> one.installed().stream())
                                .toList(),
                        out());
                listing.lines().stream()
                        .flatMap(one -> one.problems().stream())
                        .forEach(problem -> out().println(Table.printableLines(problem)));
                listing.troubles().forEach(trouble -> out().println(Table.printableLines(trouble)));
            }
            return listing.lines().stream().allMatch(one -> one.problems().isEmpty()) ? 0 : Refused.FAILED;
        }

        private static List<String> row(Listing.Line line, boolean far) {
            String installed = line.installed().stream()
                    .map(one -> one.name() + " " + one.version() + (one.update() ? " (update)" : ""))
                    .collect(Collectors.joining(", "));
            String title = line.problems().isEmpty() ? line.title() : "is not right, see below";
            return far
                    ? List.of(line.blueprint(), line.version(), title, line.catalogue(), installed)
                    : List.of(line.blueprint(), line.version(), title, installed);
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
        String wanted(Blueprints blueprints) {
            return id;
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
            out.println();
            out.println(Table.printable("from " + shown.from().told()));
            shown.installed()
                    .forEach(one -> out.println(Table.printable("installed: " + one.name() + " " + one.version()
                            + (one.from() == null
                                    ? ", from where was not kept"
                                    : ", from " + one.from().told()))));
            return 0;
        }
    }
}
