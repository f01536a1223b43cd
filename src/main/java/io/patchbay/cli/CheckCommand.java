package io.patchbay.cli;

import io.patchbay.home.Home;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.route.folder.SourceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check}: says all that is wrong with files. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Says what is wrong with flow, connector, instance and fixture files. Needs no runtime and no network.")
final class CheckCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private HomeFolder home = new HomeFolder();

    @Mixin
    private Json json = new Json();

    @Parameters(
            paramLabel = "PATH",
            description = "Files and folders to tell of (default: all of the home folder). A folder that has routes/ or"
                    + " connectors/ of its own is a home folder itself.")
    private List<Path> paths = new ArrayList<>();

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A part of a home folder to tell of; all of it when the prefix is empty. */
    private record Part(Path home, String prefix) {
        boolean has(String file) {
            return prefix.isEmpty() || file.equals(prefix) || file.startsWith(prefix + "/");
        }
    }

    /** What was looked at. */
    private record Findings(int files, List<Problem> problems) {}

    @Override
    public Integer call() throws IOException {
        List<Part> parts = new ArrayList<>();
        List<SourceFile> loose = new ArrayList<>();
        for (Path path : paths) {
            Path whole = terminal.folder().resolve(path).toAbsolutePath().normalize();
            if (!Files.exists(whole)) {
                throw new Refused(Refused.WRONG_USE, "There is no file or folder " + path + ".");
            }
            Path owner = LooseFiles.owner(whole);
            if (owner != null) {
                parts.add(new Part(owner, LooseFiles.name(owner, whole)));
            } else {
                loose.add(LooseFiles.read(whole, path));
            }
        }
        if (parts.isEmpty() || !loose.isEmpty()) {
            Path root = home.home(terminal).root();
            parts.add(new Part(root, loose.isEmpty() ? "" : "\0"));
        }
        Findings findings = findings(parts, loose);
        if (findings.files() == 0 && !paths.isEmpty() && findings.problems().isEmpty()) {
            throw new Refused(
                    Refused.WRONG_USE,
                    "Nothing there is a file of Patchbay: flows end in .flow.yaml, services in .service.yaml, and stand in routes/, plain Camel routes end in"
                            + " .camel.yaml, connectors are connectors/ID/connector.yaml, connectors/ID/instances/NAME.yaml and connectors/ID/fixtures/NAME.yaml.");
        }
        return tell(findings);
    }

    private Findings findings(List<Part> parts, List<SourceFile> loose) {
        int files = 0;
        List<Problem> problems = new ArrayList<>();
        Set<Path> homes = new LinkedHashSet<>();
        parts.forEach(part -> homes.add(part.home()));
        for (Path root : homes) {
            FilesOfHome read = FilesOfHome.read(new Home(root), loose, terminal);
            List<Part> of =
                    parts.stream().filter(part -> part.home().equals(root)).toList();
            Set<String> looseNames = new LinkedHashSet<>();
            loose.forEach(file -> looseNames.add(file.path()));
            files += (int) read.files().stream()
                    .filter(file -> told(file.path(), of, looseNames))
                    .count();
            files += (int) read.fixtures().stream()
                    .filter(file -> told(file, of, looseNames))
                    .count();
            read.problems().stream()
                    .filter(problem -> told(problem.at().file(), of, looseNames))
                    .map(problem -> shown(problem, root, looseNames))
                    .forEach(problems::add);
        }
        return new Findings(files, problems.stream().distinct().toList());
    }

    private static boolean told(String file, List<Part> parts, Set<String> loose) {
        return loose.contains(file) || parts.stream().anyMatch(part -> part.has(file));
    }

    /** Files are named from the working folder, so that a terminal can open them. */
    private Problem shown(Problem problem, Path root, Set<String> loose) {
        Location at = problem.at();
        if (loose.contains(at.file())) {
            return problem;
        }
        Path folder = terminal.folder().toAbsolutePath().normalize();
        Path file = root.resolve(at.file());
        String name = file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
        return new Problem(
                new Location(name.replace('\\', '/'), at.line(), at.column()),
                problem.severity(),
                problem.code(),
                problem.what(),
                problem.hint());
    }

    private int tell(Findings findings) {
        PrintWriter out = spec.commandLine().getOut();
        List<Problem> problems = findings.problems();
        long errors = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
        long warnings = problems.size() - errors;
        if (json.wanted()) {
            out.println(Json.text(Json.object()
                    .put("files", findings.files())
                    .put("errors", errors)
                    .put("warnings", warnings)
                    .set("problems", Json.of(problems))));
        } else {
            problems.forEach(out::println);
            out.println(counted(findings.files(), "file") + ", " + counted(errors, "error") + ", "
                    + counted(warnings, "warning"));
        }
        return errors == 0 ? 0 : Refused.FAILED;
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
