package io.patchbay.cli;

import io.patchbay.flow.Flow;
import io.patchbay.home.Home;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problem;
import io.patchbay.route.folder.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A flow that a verb was given the id or the file of.
 *
 * @param files among which it was read
 * @param flow which has no errors
 */
record NamedFlow(FilesOfHome files, Flow flow) {

    /** What the flow is called among files that were read. */
    private record Named(FilesOfHome files, String name) {}

    /** The flow. @throws Refused when there is none, or it has errors */
    static NamedFlow of(String idOrFile, HomeFolder home, Terminal terminal) throws IOException {
        Named named = named(idOrFile, home, terminal);
        Flow found = named.files().flow(named.name()).orElseThrow(() -> missing(idOrFile, named));
        return new NamedFlow(named.files(), found);
    }

    /** An id or a file of the home folder; a file that lies elsewhere is read with the home that it lies in, if any. */
    private static Named named(String flow, HomeFolder home, Terminal terminal) throws IOException {
        Path file = flow.endsWith(".yaml") || flow.endsWith(".yml")
                ? terminal.folder().resolve(flow).toAbsolutePath().normalize()
                : null;
        if (file == null || !Files.isRegularFile(file)) {
            return new Named(read(home.home(terminal), List.of(), terminal), flow);
        }
        Path owner = LooseFiles.owner(file);
        if (owner != null) {
            return new Named(read(new Home(owner), List.of(), terminal), LooseFiles.name(owner, file));
        }
        SourceFile loose = LooseFiles.read(file, Path.of(flow));
        return new Named(read(home.home(terminal), List.of(loose), terminal), loose.path());
    }

    private static FilesOfHome read(Home folder, List<SourceFile> more, Terminal terminal) {
        return FilesOfHome.read(folder, more, terminal);
    }

    private static Refused missing(String flow, Named named) {
        FilesOfHome files = named.files();
        String wanted = named.name();
        List<Problem> errors = files.problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .filter(problem -> problem.at().file().endsWith(wanted)
                        || problem.at().file().endsWith("/" + wanted + ".flow.yaml")
                        || problem.at().file().endsWith("/" + wanted + ".service.yaml"))
                .toList();
        if (!errors.isEmpty()) {
            StringBuilder text = new StringBuilder("The flow has errors:");
            errors.forEach(problem -> text.append('\n').append(problem));
            return new Refused(Refused.FAILED, text.toString());
        }
        List<String> ids = files.flows().stream().map(Flow::id).toList();
        String hint = DidYouMean.hint(flow, ids);
        return new Refused(
                Refused.WRONG_USE, "There is no flow '" + flow + "'." + (hint == null ? "" : "\n  hint: " + hint));
    }
}
