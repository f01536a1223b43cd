package io.patchbay.shape.script;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.Ref;
import io.patchbay.expression.TemplateTree;
import io.patchbay.mapping.function.ScriptName;
import io.patchbay.problem.Problems;
import io.patchbay.script.Script;
import io.patchbay.shape.Contract;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Plan;
import io.patchbay.shape.ScriptCall;
import io.patchbay.shape.ScriptUse;
import io.patchbay.shape.ShapeSpec;
import io.patchbay.shape.ShapeType;
import io.patchbay.shape.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has authors' code work on payloads. */
public final class ScriptShape implements ShapeType<ScriptShape.ScriptSettings> {

    private static final ShapeSpec SPEC = new ShapeSpec(
            "script",
            "Calls a function of a script with each payload.",
            """
            The function gets one object and returns one of the same form:

            | in | what it is |
            | --- | --- |
            | `payload` | the content, `null` when there is none. A value where it is JSON, else text; with `as: text` always text |
            | `meta` | metadata, text by name |
            | `flow.variables` | the flow's variables |
            | `variables` | what the shape's `variables` say |
            | `run` | `id`, `flow`, `shape`, `attempt`, `queuedAt` |

            | out | what becomes of it |
            | --- | --- |
            | `payload` | the new content: a value is JSON, a text is text of the type `contentType`, `null` is no content. Left out, the content stays |
            | `meta` | these values are set, `null` takes one away, the others stay |
            | `flow.variables` | these variables are set for the rest of the run, if they changed; each must be declared by the flow |
            | `logs` | lines for the run log, as `console.log` writes them too |
            | `code`, `message` | 0 or nothing: all right. 1: the payload fails with the message. 2: the same, and another try may mend it |

            To return nothing leaves all as it was. The whole contract and what a script can use stands in [scripts](../scripts.md).

            With `each: record` the function is called once for each record, which is then `payload`; what it returns as `payload` takes
            the record's place, and `null` leaves it out. In a list, a record on which the function throws or answers with code 1 fails
            alone. All records of a payload are one call of the guest, under one time limit.

            Shapes behind this one that read variables wait until every payload has passed here, because the script may set
            any of them; `sets` names those that it sets, and `sets: []` says that it sets none.
            """,
            "Nothing: a payload that comes again is worked on again. A script that answers otherwise for the same payload"
                    + " (random numbers, the time) may do so after a crash.",
            """
            flow: tidy-orders
            shapes:
              - id: orders
                manualPayload: { json: [ { id: 7, email: " Ann@Example.com " } ] }
              - id: tidy
                script: { file: tidy.js, each: record, variables: { country: GB }, sets: [] }
            """);

    /** Settings. */
    @Doc("Which function to call, and with what")
    public record ScriptSettings(
            @Doc("File of the script in routes/scripts, like tidy.js or tidy.py")
            ScriptName file,

            @Doc("The function that is called") @Default("handle")
            String function,

            @Doc("Values for it, by name") @Default("{}") Map<String, TemplateTree> variables,

            @Doc("What it is given as payload") @Default("value")
            As as,

            @Doc("What it is called with") @Default("payload")
            Each each,

            @Doc("The flow variables that it sets; any of them where this is left out") @Nullable
            List<String> sets,

            @Doc(
                    "Media type of a text that it returns as payload: that of the payload with 'as: text', else text/plain")
            @Nullable
            String contentType,

            @Doc("How long a call may take, at most patchbay.scripts.flow-time") @Nullable
            Duration timeout) {

        /** @throws IllegalArgumentException when they do not fit together */
        public ScriptSettings {
            if (!Script.names(function)) {
                throw new IllegalArgumentException("'" + function + "' cannot be the name of a function");
            }
            if (each == Each.RECORD && as == As.TEXT) {
                throw new IllegalArgumentException("with 'each: record' a script gets values; leave out 'as: text'");
            }
            sets = sets == null ? null : List.copyOf(sets);
        }

        ScriptUse use() {
            return new ScriptUse(file, function, variables, sets, timeout);
        }
    }

    /** What a script is given as payload. */
    public enum As {
        /** A value where the payload is JSON, else text. */
        VALUE,
        /** Text. */
        TEXT
    }

    /** What a script is called with. */
    public enum Each {
        /** The payload. */
        PAYLOAD,
        /** One record after the other. */
        RECORD
    }

    @Override
    public ShapeSpec spec() {
        return SPEC;
    }

    @Override
    public Class<ScriptSettings> settings() {
        return ScriptSettings.class;
    }

    @Override
    public Contract contract(ScriptSettings settings, Surroundings around) {
        return settings.use().added(settings.each() == Each.RECORD ? Contract.atMostOne() : Contract.one(), around);
    }

    @Override
    public Set<Ref> reads(ScriptSettings settings) {
        return settings.use().reads();
    }

    @Override
    public void check(ScriptSettings settings, Placed at, Surroundings around, Problems problems) {
        settings.use().check(at, around, problems);
    }

    @Override
    public Plan plan(ScriptSettings settings, Placed at, Surroundings around) {
        ScriptCall call = new ScriptCall(settings.use(), around);
        return new Plan.PerPayload(
                settings.each() == Each.RECORD ? new ScriptPerRecord(call) : new ScriptPerPayload(call, settings));
    }
}
