package io.patchbay.cli;

import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files and folders that are named by their path: which home folder they lie in, or that they lie in none. */
final class LooseFiles {

    private static final String FLOW = ".flow.yaml";

    private static final String SERVICE = ".service.yaml";

    private LooseFiles() {}

    /** The nearest folder above that is a home; null when there is none. */
    static @Nullable Path owner(Path path) {
        Path start = Files.isDirectory(path) ? path : path.getParent();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("routes")) || Files.isDirectory(folder.resolve("connectors"))) {
                return folder;
            }
        }
        return null;
    }

    /** How a file is called in the home that owns it. */
    static String name(Path owner, Path file) {
        return owner.relativize(file).toString().replace('\\', '/');
    }

    /** A flow file that lies anywhere is read against the connectors of the home folder. */
    static SourceFile read(Path file, Path given) throws IOException {
        if (file.toString().endsWith(SERVICE)) {
            return new SourceFile(given.toString(), file, SourceKind.SERVICE, Files.readString(file), "");
        }
        if (!file.toString().endsWith(FLOW)) {
            throw new Refused(
                    Refused.WRONG_USE,
                    given
                            + " is neither a flow file (*.flow.yaml), a service file (*.service.yaml) nor part of a folder with routes/ or connectors/.");
        }
        return new SourceFile(given.toString(), file, SourceKind.FLOW, Files.readString(file), "");
    }
}
