package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.SourcePath;
import io.patchbay.flow.FlowSettings;
import io.patchbay.script.ScriptLibrary;
import io.patchbay.shape.Watch;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What holds for all runs of one revision.
 *
 * @param shapes kinds of shape by shape id, in flow order
 * @param variables what a run begins with
 * @param tables lookup tables
 * @param scripts scripts that functions of maps call
 * @param limits bounds of a run
 * @param capture what is kept of payloads
 * @param kept which payloads are kept
 * @param keptRequests of which requests bodies are kept
 * @param businessKey paths in a record that say what it is about
 * @param actsOutside whether any shape acts on the world outside
 * @param shared shapes that call an endpoint which another shape of the flow calls too
 * @param watchers who is told of what passed a shape, by its id
 * @param caught how a run ends at best when something fails at a shape of a try, by the shape's id
 */
public record RunRules(
        Map<String, String> shapes,
        Map<String, JsonNode> variables,
        Map<String, LookupTable> tables,
        ScriptLibrary scripts,
        FlowSettings.Limits limits,
        FlowSettings.Capture capture,
        FlowSettings.Kept kept,
        FlowSettings.Kept keptRequests,
        List<SourcePath> businessKey,
        boolean actsOutside,
        Set<String> shared,
        Map<String, List<Watch.Watcher>> watchers,
        Map<String, RunStatus> caught) {

    public RunRules {
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        variables = Map.copyOf(variables);
        tables = Map.copyOf(tables);
        businessKey = List.copyOf(businessKey);
        shared = Set.copyOf(shared);
        watchers = Map.copyOf(watchers);
        caught = Map.copyOf(caught);
    }
}
