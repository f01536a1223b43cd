package io.patchbay.expression;

import java.util.Set;

/** What may stand first in a placeholder, and where. */
public final class Roots {

    /** Looked up by name, see {@link Scope#named}. */
    static final Set<String> NAMED = Set.of("meta", "flow", "os", "secret");

    /** Everything that exists somewhere. */
    static final Set<String> KNOWN = Set.of(
            "record",
            "payload",
            "meta",
            "flow",
            "run",
            "table",
            "error",
            "os",
            "secret",
            "settings",
            "with",
            "auth",
            "header",
            "input",
            "response",
            "page");

    /** In flow files. Secrets are not among them: they belong to instances and listeners only. */
    public static final Set<String> FLOW = Set.of("record", "payload", "meta", "flow", "run", "table", "error", "os");

    private Roots() {}
}
