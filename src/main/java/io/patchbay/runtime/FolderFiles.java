package io.patchbay.runtime;

import io.patchbay.payload.schema.FlowSchemas;
import io.patchbay.route.derived.DerivedFlows;
import io.patchbay.route.derived.EnvironmentFlows;
import io.patchbay.route.folder.ScriptFiles;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.route.folder.StoreFiles;
import io.patchbay.route.folder.TableFiles;
import io.patchbay.script.Scripts;
import io.patchbay.service.Services;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a snapshot of the folders means to a generation. */
final class FolderFiles {

    private final TableFiles tables = new TableFiles();
    private final StoreFiles stores;
    private final ScriptFiles scripts;
    private final Services services;
    private final EnvironmentFlows environments = new EnvironmentFlows();
    private final DerivedFlows derived = DerivedFlows.all(environments);
    private FlowSchemas schemas = FlowSchemas.NONE;

    /**
     * Files of these roots.
     *
     * @param roots built-in first, the customer's after
     * @param scripts runs the scripts of flows
     */
    FolderFiles(List<Path> roots, Scripts scripts, Services services) {
        this.services = services;
        this.stores = new StoreFiles(roots);
        this.scripts = new ScriptFiles(scripts);
    }

    /** The environments and packages of the last snapshot; may be asked by any thread. */
    EnvironmentFlows environments() {
        return environments;
    }

    Generations.Files of(Snapshot snapshot) {
        TableFiles.Tables read = tables.read(snapshot.of(SourceKind.TABLE).toList());
        StoreFiles.Declared declared =
                stores.read(snapshot.of(SourceKind.STORES).toList());
        services.take(snapshot.of(SourceKind.SERVICE)
                .map(file -> new Services.File(file.path(), file.text()))
                .toList());
        DerivedFlows.Flows flows = derived.of(snapshot.files());
        ScriptFiles.Library library =
                scripts.read(snapshot.of(SourceKind.FLOW_SCRIPT).toList());
        schemas = FlowSchemas.read(
                snapshot.of(SourceKind.FLOW_SCHEMA)
                        .map(file -> new FlowSchemas.Source(file.path(), file.text()))
                        .toList(),
                schemas);
        String connectors = snapshot.files().stream()
                .filter(file -> file.path().startsWith("connectors/"))
                .map(file -> file.path() + " " + file.sha256())
                .collect(Collectors.joining());
        return new Generations.Files(
                flows.flows(),
                flows.unread(),
                "connectors " + connectors,
                read.tables(),
                declared.stores(),
                library.library(),
                schemas,
                snapshot.of(SourceKind.CAMEL).toList(),
                Stream.of(
                                snapshot.problems(),
                                read.problems(),
                                declared.problems(),
                                flows.problems(),
                                library.problems(),
                                schemas.problems())
                        .flatMap(List::stream)
                        .toList());
    }
}
