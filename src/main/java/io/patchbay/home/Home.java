package io.patchbay.home;

import java.nio.file.Path;

/**
 * The folder that holds a customer's files and the runtime's own.
 *
 * @param root absolute and without {@code .} or {@code ..}
 */
public record Home(Path root) {

    /** Takes any path; a relative one counts from the working folder. */
    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** Flow files and plain Camel YAML routes. */
    public Path routes() {
        return root.resolve("routes");
    }

    /** Connector definitions and instances. */
    public Path connectors() {
        return root.resolve("connectors");
    }

    /** Bundles to start from. */
    public Path blueprints() {
        return root.resolve("blueprints");
    }

    /** All that the runtime writes: database, journal, captured payloads, spill. */
    public Path data() {
        return root.resolve("data");
    }
}
