package io.patchbay.runtime;

import io.patchbay.environment.EnvironmentSet;
import io.patchbay.route.folder.FolderLimits;
import io.patchbay.route.folder.RouteFolder;
import io.patchbay.route.folder.Snapshot;
import java.nio.file.Path;
import java.util.List;

/** Takes what the folders hold: each time something changed there, and at once when somebody asks for it. */
final class FoldersTaken {

    private final List<Path> roots;
    private final FolderFiles files;
    private final Generations generations;

    FoldersTaken(List<Path> roots, FolderFiles files, Generations generations) {
        this.roots = List.copyOf(roots);
        this.files = files;
        this.generations = generations;
    }

    /** Watches the folders once it is started. */
    RouteFolder watch() {
        return new RouteFolder(roots, FolderLimits.DEFAULT, this::take);
    }

    private synchronized void take(Snapshot snapshot) {
        generations.take(files.of(snapshot));
    }

    /** The environments of the files that were taken last. */
    EnvironmentSet environments() {
        return files.environments().environments();
    }

    /** Takes what is there now, so that a file which was written a moment ago is not missed. */
    synchronized void look() {
        take(RouteFolder.once(roots, FolderLimits.DEFAULT));
    }
}
