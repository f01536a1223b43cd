package io.patchbay.route.derived;

import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.route.FlowDeployer;
import io.patchbay.route.Provenance;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.service.ServiceReader;
import io.patchbay.service.ServiceReader.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a flow of each service file. */
final class ServiceFlows implements Derivation {

    private static final String ENDING = ".service.yaml";

    private final ServiceReader reader = new ServiceReader();
    private Map<String, Validated<Service>> known = Map.of();

    @Override
    public Derived derive(Given given) {
        List<FlowDeployer.Source> flows = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Map<String, Validated<Service>> now = new HashMap<>();
        given.files().stream().filter(file -> file.kind() == SourceKind.SERVICE).forEach(file -> {
            Validated<Service> read = read(file);
            now.put(key(file), read);
            flows.add(read.value().map(ServiceFlows::source).orElseGet(() -> unread(file, first(read.problems()))));
            read.problems().stream()
                    .filter(problem -> read.value().isPresent() || !problem.equals(first(read.problems())))
                    .forEach(problems::add);
        });
        known = now;
        return new Derived(flows, problems);
    }

    private Validated<Service> read(SourceFile file) {
        Validated<Service> before = known.get(key(file));
        return before == null ? reader.read(file.path(), file.text()) : before;
    }

    private static String key(SourceFile file) {
        return file.path() + " " + file.sha256();
    }

    /**
     * What runs stays as it is while its file cannot be read, as with a flow file: so there is a text, which is none of a flow, and
     * the one problem that this makes is told as the file's first.
     */
    private static FlowDeployer.Source unread(SourceFile file, Problem first) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1).replace(ENDING, "");
        return new FlowDeployer.Source(file.path(), "none", name, problem -> first);
    }

    private static Problem first(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .findFirst()
                .orElseThrow();
    }

    private static FlowDeployer.Source source(Service service) {
        return new FlowDeployer.Source(
                service.path(),
                service.flow().text(),
                service.file().service(),
                Provenance.at(service.flow()::origin));
    }
}
