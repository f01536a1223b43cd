package io.patchbay.runtime;

import io.patchbay.route.FlowDeployer;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.route.folder.TableFiles;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a snapshot of the folders means to a generation. */
final class FolderFiles {

    private final TableFiles tables = new TableFiles();

    Generations.Files of(Snapshot snapshot) {
        TableFiles.Tables read = tables.read(snapshot.of(SourceKind.TABLE).toList());
        String connectors = snapshot.files().stream()
                .filter(file -> file.path().startsWith("connectors/"))
                .map(file -> file.path() + " " + file.sha256())
                .collect(Collectors.joining());
        return new Generations.Files(
                snapshot.of(SourceKind.FLOW)
                        .map(file -> new FlowDeployer.Source(file.path(), file.text()))
                        .toList(),
                "connectors " + connectors,
                read.tables(),
                snapshot.of(SourceKind.CAMEL).toList(),
                Stream.concat(snapshot.problems().stream(), read.problems().stream())
                        .toList());
    }
}
