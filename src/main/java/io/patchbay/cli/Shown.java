package io.patchbay.cli;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import java.nio.file.Path;

/** How files of a home are named: from the working folder, so that a terminal can open them. */
final class Shown {

    private Shown() {}

    /** A path from the home. */
    static String from(Terminal terminal, Path root, String file) {
        Path folder = terminal.folder().toAbsolutePath().normalize();
        Path whole = root.resolve(file);
        String name = whole.startsWith(folder) ? folder.relativize(whole).toString() : whole.toString();
        return name.replace('\\', '/');
    }

    /** A problem of a file of the home. */
    static Problem from(Terminal terminal, Path root, Problem problem) {
        Location at = problem.at();
        return new Problem(
                new Location(from(terminal, root, at.file()), at.line(), at.column()),
                problem.severity(),
                problem.code(),
                problem.what(),
                problem.hint());
    }
}
