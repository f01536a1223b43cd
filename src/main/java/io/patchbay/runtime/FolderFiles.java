package io.patchbay.runtime;

import io.patchbay.route.FlowDeployer;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.route.folder.StoreFiles;
import io.patchbay.route.folder.TableFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a snapshot of the folders means to a generation. */
final class FolderFiles {

    private final TableFiles tables = new TableFiles();
    private final StoreFiles stores;

    /** @param roots built-in first, the customer's after */
    FolderFiles(List<Path> roots) {
        this.stores = new StoreFiles(roots);
    }

    Generations.Files of(Snapshot snapshot) {
        TableFiles.Tables read = tables.read(snapshot.of(SourceKind.TABLE).toList());
        StoreFiles.Declared declared =
                stores.read(snapshot.of(SourceKind.STORES).toList());
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
                declared.stores(),
                snapshot.of(SourceKind.CAMEL).toList(),
                Stream.of(snapshot.problems(), read.problems(), declared.problems())
                        .flatMap(List::stream)
                        .toList());
    }
}
