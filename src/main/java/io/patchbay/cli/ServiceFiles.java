package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.home.Home;
import io.patchbay.problem.Problem;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.service.ServiceEdits;
import io.patchbay.service.ServiceFile;
import io.patchbay.service.ServiceReader.Service;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verbs that change the file of a service: a runtime that watches the folder takes the change within a second. */
abstract class ServiceFiles implements Callable<Integer> {

    private static final String ENDING = ".service.yaml";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    @Parameters(index = "0", paramLabel = "SERVICE", description = "Name of the service.")
    private String name = "";

    ServiceFiles(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Home folder = home.home(terminal);
        ServicesOfHome services = ServicesOfHome.of(folder);
        return done(services, services.one(name));
    }

    abstract int done(ServicesOfHome services, Service service) throws IOException;

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final void say(String key, String value, String sentence) {
        if (json.wanted()) {
            out().println(Json.text(Json.object().put("service", name).put(key, value)));
        } else {
            out().println(sentence);
        }
    }

    /** A changed text. @throws Refused where the file cannot be changed */
    static String whole(Service service, Optional<String> text) {
        return text.orElseThrow(() -> aliased(service));
    }

    private static Refused aliased(Service service) {
        return new Refused(
                Refused.FAILED,
                service.path() + " is written in a way that cannot be changed here; change it by hand.");
    }

    /** Writes a file at one stroke, so that it is never taken half-written. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Where a new service goes.
     *
     * @param beside a file of the folder that it goes to
     * @throws Refused when there is one of this name, or it is none
     */
    static Path place(ServicesOfHome services, String wanted, Path beside) {
        if (!ServiceFile.named(wanted)) {
            throw new Refused(
                    Refused.WRONG_USE, "A service's name is kebab-case, like orders-to-erp; found '" + wanted + "'.");
        }
        Path file = beside.resolveSibling(wanted + ENDING);
        if (services.services().find(wanted).isPresent() || Files.exists(file)) {
            throw new Refused(Refused.WRONG_USE, "There is a service '" + wanted + "' already.");
        }
        return file;
    }

    /**
     * Writes a new file, and tells what is wrong with it.
     *
     * @param keep whether it is written in spite of errors, for whoever answered many questions
     * @return the exit code
     */
    static int made(Home home, Path file, String text, boolean keep, PrintWriter out, Terminal terminal)
            throws IOException {
        String shown = home.root().relativize(file).toString().replace('\\', '/');
        SourceFile made = new SourceFile(shown, home.root(), SourceKind.SERVICE, text, "");
        List<Problem> problems = FilesOfHome.read(home, List.of(made), terminal).problems().stream()
                .filter(problem -> problem.at().file().equals(shown))
                .toList();
        boolean wrong = problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
        if (!wrong || keep) {
            write(file, text);
            out.println("Made " + shown + (wrong ? ", which does not run before this is mended:" : "."));
        } else {
            out.println("Nothing was made: " + shown + " would be wrong.");
        }
        problems.forEach(problem -> out.println(Table.printableLines(problem.toString())));
        return wrong ? Refused.FAILED : 0;
    }

    final Terminal terminal() {
        return terminal;
    }

    final Home home() {
        return home.home(terminal);
    }

    private int status(ServicesOfHome services, Service service, String status) throws IOException {
        write(services.file(service), whole(service, ServiceEdits.status(service, status.equals("active"))));
        say("status", status, service.file().service() + " is " + status + " in " + service.path() + ".");
        return 0;
    }

    /** {@code service activate}. */
    @Command(
            name = "activate",
            mixinStandardHelpOptions = true,
            description = "Writes 'status: active' into the file of a service. Needs no runtime.")
    static final class ActivateCommand extends ServiceFiles {

        ActivateCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        int done(ServicesOfHome services, Service service) throws IOException {
            return super.status(services, service, "active");
        }
    }

    /** {@code service deactivate}. */
    @Command(
            name = "deactivate",
            mixinStandardHelpOptions = true,
            description = "Writes 'status: inactive' into the file of a service. Needs no runtime.")
    static final class DeactivateCommand extends ServiceFiles {

        DeactivateCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        int done(ServicesOfHome services, Service service) throws IOException {
            return super.status(services, service, "inactive");
        }
    }

    /** {@code service notes}. */
    @Command(
            name = "notes",
            mixinStandardHelpOptions = true,
            description = "Lists the notes of a service, or adds one to its file. Needs no runtime.")
    static final class NotesCommand extends ServiceFiles {

        @Option(names = "--add", paramLabel = "TEXT", description = "Add this one.")
        private @Nullable String add;

        NotesCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        int done(ServicesOfHome services, Service service) throws IOException {
            List<String> notes = service.file().notes();
            if (add == null) {
                notes.forEach(note -> out().println(Table.printable(note)));
                return 0;
            }
            ArrayNode all = io.patchbay.payload.Json.NODES.arrayNode();
            notes.forEach(all::add);
            all.add(add);
            write(services.file(service), whole(service, ServiceEdits.with(service, Map.of("notes", all))));
            say(
                    "added",
                    add,
                    service.file().service() + " has " + all.size() + (all.size() == 1 ? " note." : " notes."));
            return 0;
        }
    }

    /** {@code service clone}. */
    @Command(
            name = "clone",
            mixinStandardHelpOptions = true,
            description = "Makes another service like one, which is not active. Needs no runtime.")
    static final class CloneCommand extends ServiceFiles {

        @Parameters(index = "1", paramLabel = "NEW", description = "Name of the new one.")
        private String copy = "";

        @Option(names = "--name", paramLabel = "TITLE", description = "What people call the new one.")
        private @Nullable String title;

        CloneCommand(Terminal terminal) {
            super(terminal);
        }

        @Override
        int done(ServicesOfHome services, Service service) throws IOException {
            Path file = place(services, copy, services.file(service));
            String text = whole(service, ServiceEdits.copy(service, copy, title));
            return made(home(), file, text, false, out(), terminal());
        }
    }
}
