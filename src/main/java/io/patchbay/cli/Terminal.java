package io.patchbay.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verb finds around it.
 *
 * @param environment environment variables
 * @param folder the working folder
 * @param in what is piped in
 * @param out where content goes that may be no text; what verbs say goes to their writer
 * @param clock the time
 */
record Terminal(Map<String, String> environment, Path folder, InputStream in, OutputStream out, Clock clock) {

    static final String KEY = "PATCHBAY_TOKEN";
    static final String TOKEN = "PATCHBAY_ADMIN_TOKEN";
    static final String HOME = "PATCHBAY_HOME";
    static final String URL = "PATCHBAY_URL";
    /** A folder with blueprints and connectors that are shipped. */
    static final String LIBRARY = "PATCHBAY_LIBRARY";

    /** The terminal that the program was called from. */
    static Terminal ofThisProcess() {
        return new Terminal(System.getenv(), Path.of(""), System.in, System.out, Clock.systemUTC());
    }

    /** An environment variable; null when it is not set or empty. */
    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
