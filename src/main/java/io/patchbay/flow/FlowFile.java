package io.patchbay.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.shape.Step;
import io.patchbay.trigger.Trigger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A flow file as it is written. */
@Doc("A Patchbay flow: what starts it, and the shapes that payloads pass")
public record FlowFile(
        @Doc("The flow's id: unique, kebab-case") String flow,
        @Doc("What people call it") @Nullable String name,
        @Doc("A remark of the author") @Nullable String note,
        @Doc("Words to find it by") @Default("[]") List<String> labels,

        @Doc("Only an active flow is started by its triggers") @Default("active")
        Flow.Status status,

        @Doc(
                "'auto': what the file says runs as soon as it is right; 'manual': it is a draft until somebody deploys it. The default is the runtime's patchbay.versions.deploy")
        Flow.@Nullable Deploy deploy,

        @Doc("Values that shapes read as ${flow.name}; a run begins with these") @Default("{}")
        Map<String, JsonNode> variables,

        @Doc("How runs behave") @Default("{}") FlowSettings settings,

        @Doc("What starts the flow; it can always be started by hand, by the API and the command line") @Default("[]")
        List<Trigger> trigger,

        @Doc("The shapes, in order") List<Step> shapes) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*(@[a-z][a-z0-9]*(-[a-z0-9]+)*)?");

    /** What each table has room for; the environment behind the '@' is a part of it. */
    private static final int LONGEST = 100;

    /** @throws IllegalArgumentException if the id is not kebab-case, or too long */
    public FlowFile {
        if (!ID.matcher(flow).matches()) {
            throw new IllegalArgumentException("flow id '" + flow + "' must be kebab-case, like orders-to-erp");
        }
        if (flow.length() > LONGEST) {
            throw new WrongValueException(
                    "flow id '" + flow + "' has " + flow.length() + " characters, and there is room for " + LONGEST,
                    flow.contains("@")
                            ? "an environment's name and '@' count: give the flow or the environment a shorter one"
                            : "give it a shorter one");
        }
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("flow '" + flow + "' has no shapes");
        }
    }
}
