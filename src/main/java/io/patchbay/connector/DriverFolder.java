package io.patchbay.connector;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JDBC drivers that the operator put into a folder as jars. They see Java and each other, and nothing of the runtime. They are
 * loaded when the first instance asks, and stay until the runtime ends.
 */
public final class DriverFolder {

    private final Path folder;
    private @Nullable List<Driver> drivers;

    /** @param folder may be missing, and has no driver then */
    public DriverFolder(Path folder) {
        this.folder = folder;
    }

    /** The driver for an address. @throws StepException when there is none, or a jar cannot be read */
    public Driver of(String url) throws StepException {
        try {
            for (Driver one : drivers()) {
                if (one.acceptsURL(url)) {
                    return one;
                }
            }
        } catch (IOException | SQLException | ServiceConfigurationError | LinkageError e) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_DRIVER", "the jars in the folder drivers cannot be loaded: " + e, e);
        }
        throw new StepException(
                Owner.AUTHOR,
                "NO_DRIVER",
                "no driver in the folder drivers of the home takes '" + url
                        + "'; put its jar there and start the runtime again");
    }

    private synchronized List<Driver> drivers() throws IOException {
        if (drivers == null) {
            drivers = load();
        }
        return drivers;
    }

    // The loader lives as long as its drivers do, which is until the runtime ends.
    private List<Driver> load() throws IOException {
        List<URL> jars = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted()
                        .toList()) {
                    jars.add(jar.toUri().toURL());
                }
            }
        }
        if (jars.isEmpty()) {
            return List.of();
        }
        URLClassLoader loader =
                new URLClassLoader("drivers", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            return ServiceLoader.load(Driver.class, loader).stream()
                    .filter(one -> one.type().getClassLoader() == loader)
                    .map(ServiceLoader.Provider::get)
                    .toList();
        } catch (RuntimeException | LinkageError e) {
            loader.close();
            throw e;
        }
    }
}
