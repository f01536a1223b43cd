package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tests of a script, in a file beside it.
 *
 * @param function what is called where a case does not say otherwise
 * @param cases in the order in which they are run
 */
@Doc("Tests of a script")
record ScriptTestConfig(
        @Doc("The function that is called") @Default("handle")
        String function,

        @Doc("The cases, each in a guest that knows nothing of the others")
        List<Case> cases) {

    ScriptTestConfig {
        cases = List.copyOf(cases);
    }

    /** One call. */
    @Doc("A call of the function, and what it must return")
    record Case(
            @Doc("What is shown") String name,

            @Doc("The function that is called, in place of the file's") @Nullable
            String function,

            @Doc("What it is given: payload, meta, flow, variables, run; or value and record, as by a map")
            @Default("{}")
            JsonNode given,

            @Doc("What it returns; of an object the members that stand here") @Nullable
            JsonNode expect,

            @Doc("The lines that it logs") @Nullable List<String> logs,

            @Doc("A part of the error that it ends with") @Nullable
            String error) {

        /** @throws IllegalArgumentException when it says nothing, or two things */
        Case {
            if (expect != null && error != null) {
                throw new IllegalArgumentException("a case has 'expect' or 'error', not both");
            }
            if (!given.isObject()) {
                throw new IllegalArgumentException("'given' is a mapping: payload, meta, flow, variables");
            }
            logs = logs == null ? null : List.copyOf(logs);
        }

        /** What the function gets: what is not given is there, and empty. */
        ObjectNode data() {
            ObjectNode data = ((ObjectNode) given).deepCopy();
            if (data.has("value")) {
                return data;
            }
            if (!data.has("payload")) {
                data.putNull("payload");
            }
            data.withObject("/meta");
            data.withObject("/flow/variables");
            data.withObject("/variables");
            if (!data.has("run")) {
                data.putObject("run")
                        .put("id", "run-1")
                        .put("flow", "a-flow")
                        .put("shape", "a-shape")
                        .put("attempt", 1)
                        .put("queuedAt", "2026-01-01T00:00:00Z");
            }
            return data;
        }
    }
}
