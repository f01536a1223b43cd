package io.patchbay.runtime;

import io.patchbay.route.FlowDeployer;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import java.util.Map;
import java.util.stream.Collectors;

/** What a snapshot of the folders means to a generation. */
final class FolderFiles {

    private FolderFiles() {}

    static Generations.Files of(Snapshot snapshot) {
        String connectors = snapshot.files().stream()
                .filter(file -> file.path().startsWith("connectors/"))
                .map(SourceFile::sha256)
                .collect(Collectors.joining());
        return new Generations.Files(
                snapshot.of(SourceKind.FLOW)
                        .map(file -> new FlowDeployer.Source(file.path(), file.text()))
                        .toList(),
                "connectors " + connectors,
                Map.of(),
                snapshot.problems());
    }
}
