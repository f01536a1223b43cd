package io.patchbay.runtime;

import io.patchbay.script.Scripts;

/** What runs the scripts of flows; those of connectors are run apart from them, so that none waits for the other. */
record FlowScripts(Scripts scripts) implements AutoCloseable {

    @Override
    public void close() {
        scripts.close();
    }
}
