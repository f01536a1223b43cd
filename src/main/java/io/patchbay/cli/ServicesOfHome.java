package io.patchbay.cli;

import io.patchbay.environment.Environment;
import io.patchbay.environment.EnvironmentSet;
import io.patchbay.home.Home;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problem;
import io.patchbay.route.PlacedService;
import io.patchbay.route.folder.FolderLimits;
import io.patchbay.route.folder.RouteFolder;
import io.patchbay.route.folder.Snapshot;
import io.patchbay.route.folder.SourceFile;
import io.patchbay.route.folder.SourceKind;
import io.patchbay.service.ServiceReader;
import io.patchbay.service.ServiceReader.Service;
import io.patchbay.service.Services;
import java.nio.file.Path;
import java.util.List;

/**
 * The services of a home folder.
 *
 * @param root the folder
 * @param files their files, also those that cannot be read
 * @param services those that can
 * @param environments in which they may be, too
 */
record ServicesOfHome(Path root, List<SourceFile> files, Services services, List<Environment> environments) {

    static ServicesOfHome of(Home home) {
        Snapshot snapshot = RouteFolder.once(List.of(home.root()), FolderLimits.DEFAULT);
        List<SourceFile> files = snapshot.of(SourceKind.SERVICE).toList();
        Services services = new Services();
        services.take(files.stream()
                .map(file -> new Services.File(file.path(), file.text()))
                .toList());
        EnvironmentSet environments =
                EnvironmentSet.read(texts(snapshot, SourceKind.ENVIRONMENT), texts(snapshot, SourceKind.PACKAGE));
        return new ServicesOfHome(
                home.root(),
                files,
                services,
                List.copyOf(environments.environments().values()));
    }

    private static List<EnvironmentSet.Text> texts(Snapshot snapshot, SourceKind kind) {
        return snapshot.of(kind)
                .map(file -> new EnvironmentSet.Text(file.path(), file.text()))
                .toList();
    }

    /** A service. @throws Refused when there is none, or its file has errors */
    Service one(String name) {
        return services.find(name).orElseThrow(() -> missing(name));
    }

    /** A service, or with {@code NAME@ENVIRONMENT} the same in an environment. @throws Refused like {@link #one} */
    PlacedService placed(String name) {
        if (Environment.of(name) == null) {
            return new PlacedService(one(name), null);
        }
        List<PlacedService> places = PlacedService.all(one(Environment.base(name)), environments);
        return places.stream()
                .filter(place -> place.flow().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        unknown(name, places.stream().map(PlacedService::flow).toList()));
    }

    /** The file of a service. */
    Path file(Service service) {
        return root.resolve(service.path());
    }

    private Refused missing(String name) {
        for (SourceFile file : files) {
            if (file.path().endsWith("/" + name + ".service.yaml")) {
                StringBuilder text = new StringBuilder("The service has errors:");
                new ServiceReader()
                        .read(file.path(), file.text()).problems().stream()
                                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                                .forEach(problem -> text.append('\n').append(problem));
                return new Refused(Refused.FAILED, text.toString());
            }
        }
        return unknown(
                name, services.list().stream().map(one -> one.file().service()).toList());
    }

    private static Refused unknown(String name, List<String> known) {
        String hint = DidYouMean.hint(name, known);
        return new Refused(
                Refused.WRONG_USE, "There is no service '" + name + "'." + (hint == null ? "" : "\n  hint: " + hint));
    }
}
