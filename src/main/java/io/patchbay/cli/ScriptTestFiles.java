package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Schemas;
import java.util.Map;

/** The files with tests of scripts, {@code routes/scripts/NAME.test.yaml}. */
public final class ScriptTestFiles {

    private ScriptTestFiles() {}

    /** The JSON Schema of such a file. */
    public static Map<String, ObjectNode> schemas() {
        return Map.of(
                "script-test.schema.json",
                new Schemas(new Binder(Map.of()))
                        .document(
                                ScriptTestConfig.class,
                                "https://patchbay.io/schema/script-test.schema.json",
                                "Script test"));
    }
}
