package io.patchbay.cli;

import io.patchbay.home.Home;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problem;
import io.patchbay.route.folder.FolderLimits;
import io.patchbay.route.folder.RouteFolder;
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
 */
record ServicesOfHome(Path root, List<SourceFile> files, Services services) {

    static ServicesOfHome of(Home home) {
        List<SourceFile> files = RouteFolder.once(List.of(home.root()), FolderLimits.DEFAULT)
                .of(SourceKind.SERVICE)
                .toList();
        Services services = new Services();
        services.take(files.stream()
                .map(file -> new Services.File(file.path(), file.text()))
                .toList());
        return new ServicesOfHome(home.root(), files, services);
    }

    /** A service. @throws Refused when there is none, or its file has errors */
    Service one(String name) {
        return services.find(name).orElseThrow(() -> missing(name));
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
        String hint = DidYouMean.hint(
                name, services.list().stream().map(one -> one.file().service()).toList());
        return new Refused(
                Refused.WRONG_USE, "There is no service '" + name + "'." + (hint == null ? "" : "\n  hint: " + hint));
    }
}
