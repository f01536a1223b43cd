package io.patchbay.cli;

import io.patchbay.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where the files are. */
final class HomeFolder {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder with routes/ and connectors/ (default: PATCHBAY_HOME, else the working folder).")
    private @Nullable Path given;

    /** The folder. @throws Refused when it is not there */
    Home home(Terminal terminal) {
        String variable = terminal.variable(Terminal.HOME);
        Path named = given != null ? given : Path.of(variable == null ? "" : variable);
        Path folder = terminal.folder().resolve(named);
        if (!Files.isDirectory(folder)) {
            throw new Refused(Refused.WRONG_USE, "There is no folder " + folder + ".");
        }
        return new Home(folder);
    }
}
