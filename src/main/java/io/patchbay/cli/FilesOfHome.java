package io.patchbay.cli;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Connector;
import io.patchbay.connector.EndpointSamples;
import io.patchbay.connector.fixture.FixtureSuite;
import io.patchbay.connector.fixture.RecordedSamples;
import io.patchbay.expression.MapSecrets;
import io.patchbay.expression.Ref;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowReader;
import io.patchbay.home.Home;
import io.patchbay.payload.schema.FlowSchemas;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.FlowSet;
import io.patchbay.route.Provenance;
import io.patchbay.route.derived.DerivedFlows;
import io.patchbay.route.derived.EnvironmentFlows;
import io.patchbay.route.folder.FolderLimits;
import io.patchbay.route.folder.RouteFolder;
import io.patchbay.route.folder.ScriptFiles;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.route.folder.StoreFiles;
import io.patchbay.route.folder.TableFiles;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.camel.CamelRoutes;
import io.patchbay.trial.TestFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All files of a home folder, read as the runtime reads them but with nothing around them: no network, no database, no
 * secrets.
 *
 * @param files flow, Camel, connector, instance and other files
 * @param fixtures paths of the fixtures of connectors
 * @param flows valid flows
 * @param world what names in flows lead to
 * @param problems what is wrong, in the order of the files
 */
record FilesOfHome(
        List<SourceFile> files,
        List<String> fixtures,
        Collection<Flow> flows,
        FlowReader.World world,
        List<Problem> problems) {

    /**
     * Reads a home folder.
     *
     * @param more flow files that do not lie in it
     */
    static FilesOfHome read(Home home, List<SourceFile> more, Terminal terminal) {
        Clock clock = terminal.clock();
        Snapshot snapshot = RouteFolder.once(List.of(home.root()), FolderLimits.DEFAULT);
        List<SourceFile> files = new ArrayList<>(snapshot.files());
        files.addAll(more);
        CatalogReader.Reading connectors = CatalogReader.once(home.root());
        List<Problem> problems = new ArrayList<>(snapshot.problems());
        connectors.problems().values().forEach(problems::addAll);
        TableFiles.Tables tables =
                new TableFiles().read(snapshot.of(SourceKind.TABLE).toList());
        problems.addAll(tables.problems());
        StoreFiles.Declared declared = new StoreFiles(List.of(home.root()))
                .read(snapshot.of(SourceKind.STORES).toList());
        problems.addAll(declared.problems());
        DerivedFlows.Flows sources = DerivedFlows.all(new EnvironmentFlows()).of(files);
        problems.addAll(sources.problems());
        ScriptFiles.Library scripts = new ScriptFiles(Scripts.ofFlows(ScriptsProperties.DEFAULT))
                .read(snapshot.of(SourceKind.FLOW_SCRIPT).toList());
        problems.addAll(scripts.problems());
        FlowSchemas schemas = FlowSchemas.read(
                snapshot.of(SourceKind.FLOW_SCHEMA)
                        .map(file -> new FlowSchemas.Source(file.path(), file.text()))
                        .toList(),
                FlowSchemas.NONE);
        problems.addAll(schemas.problems());
        SettingsOfHome settings = new SettingsOfHome(home, terminal);
        CamelOfHome camel = new CamelOfHome(home, connectors.catalog(), clock, settings);
        FlowReader.World world = (flow, variables) -> new Surroundings(
                flow,
                clock,
                variables,
                tables.tables(),
                Map.of(
                        Catalog.class,
                        connectors.catalog(),
                        CamelRoutes.class,
                        camel,
                        ScriptLibrary.class,
                        scripts.library(),
                        FlowSchemas.class,
                        schemas,
                        Stores.class,
                        declared.stores(),
                        MapSecrets.class,
                        (MapSecrets) settings::lacks,
                        EndpointSamples.class,
                        new RecordedSamples(List.of(home.root()), clock)));
        Collection<Flow> flows = flows(sources.flows(), world, problems);
        if (flows.size() == sources.flows().size()) {
            unread(snapshot.of(SourceKind.TABLE).toList(), flows, problems);
        }
        files.stream().filter(FilesOfHome::testsFlows).forEach(file -> {
            Problems own = new Problems();
            TestFile.read(file.path(), file.text(), flows, own);
            problems.addAll(own.list());
        });
        snapshot.of(SourceKind.CAMEL).forEach(file -> problems.addAll(camel.check(file)));
        camel.close();
        problems.addAll(settings.problems());
        return new FilesOfHome(
                files,
                fixtures(home, connectors.catalog(), clock, problems),
                flows,
                world,
                problems.stream().distinct().sorted().toList());
    }

    /** The flows that are right; what is wrong with the others is told once, though several flows may be made of one file. */
    private static Collection<Flow> flows(
            List<FlowDeployer.Source> sources, FlowReader.World world, List<Problem> problems) {
        FlowReader reader = new FlowReader(Shapes.all());
        FlowSet flows = new FlowSet();
        Map<String, Provenance> provenances = new HashMap<>();
        for (FlowDeployer.Source source : sources) {
            provenances.put(source.file(), source.provenance());
            Validated<Flow> read = reader.read(source.file(), source.text(), world);
            tell(read.problems(), source.provenance(), problems);
            read.value().ifPresent(flow -> tell(flows.add(flow), source.provenance(), problems));
        }
        flows.flows()
                .forEach(flow ->
                        tell(flows.calls(flow), provenances.getOrDefault(flow.file(), Provenance.OWN), problems));
        return flows.flows();
    }

    private static void tell(List<Problem> found, Provenance provenance, List<Problem> problems) {
        found.stream()
                .filter(problem -> provenance == Provenance.OWN || !problems.contains(provenance.plain(problem)))
                .map(provenance::told)
                .forEach(problems::add);
    }

    /** Tables that no flow reads; of flows with errors that is not known. */
    private static void unread(List<SourceFile> tables, Collection<Flow> flows, List<Problem> problems) {
        Set<String> read = flows.stream()
                .flatMap(Flow::allSteps)
                .flatMap(step -> step.reads().stream())
                .filter(ref -> ref.root().equals("table"))
                .map(Ref::name)
                .collect(Collectors.toSet());
        Problems unread = new Problems();
        for (SourceFile table : tables) {
            String name = TableFiles.name(table);
            if (!read.contains(name)) {
                unread.warning(
                        Location.of(table.path()),
                        "UNUSED_TABLE",
                        "no flow reads table '" + name + "'",
                        "delete it, or ask it with { lookup: { table: " + name + " } }");
            }
        }
        problems.addAll(unread.list());
    }

    /** The fixtures of all connectors; what is wrong with them goes to the problems. */
    private static List<String> fixtures(Home home, Catalog catalog, Clock clock, List<Problem> problems) {
        List<String> all = new ArrayList<>();
        for (Connector connector : catalog.connectors()) {
            FixtureSuite suite = new FixtureSuite(home.root(), connector, clock);
            try {
                suite.names().forEach(name -> all.add(suite.shown(name)));
                problems.addAll(suite.problems());
            } catch (IOException e) {
                throw new UncheckedIOException("the fixtures of " + connector.id() + " cannot be read", e);
            }
        }
        return all;
    }

    /** Whether a file holds tests of a flow: those of scripts stand beside the scripts. */
    static boolean testsFlows(SourceFile file) {
        return file.kind() == SourceKind.TEST && !file.path().contains("/scripts/");
    }

    /** Whether a file is one that a flow is written in. */
    boolean writesFlow(String file) {
        return file.endsWith(".flow.yaml")
                || flows.stream().anyMatch(flow -> flow.file().equals(file));
    }

    /** Its tests of flows that are right. */
    List<TestFile> tests() {
        return files.stream()
                .filter(FilesOfHome::testsFlows)
                .flatMap(file -> TestFile.read(file.path(), file.text(), flows, new Problems()).stream())
                .toList();
    }

    /** The connectors and instances. */
    Catalog catalog() {
        Object catalog = world.around("", Map.of()).services().get(Catalog.class);
        return catalog instanceof Catalog found ? found : Catalog.EMPTY;
    }

    /** A flow by its id or its file. */
    Optional<Flow> flow(String idOrFile) {
        return flows.stream()
                .filter(flow ->
                        flow.id().equals(idOrFile) || Path.of(flow.file()).equals(Path.of(idOrFile)))
                .findFirst();
    }
}
