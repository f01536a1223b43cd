package io.patchbay.service;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.TemplateTree;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The script of a service. */
@Doc("A script over what is sent")
public record ServiceScript(
        @Doc("File of the script in routes/scripts, like tidy.js or tidy.py")
        String file,

        @Doc("The function that is called") @Nullable String function,
        @Doc("Values for it, by name") @Default("{}") Map<String, TemplateTree> variables,

        @Doc("What it is called with: payload, or record") @Nullable
        Each each,

        @Doc("How long a call may take, at most patchbay.scripts.flow-time") @Nullable
        Duration timeout) {

    /** What a script is called with. */
    public enum Each {
        /** A whole payload. */
        PAYLOAD,
        /** Each of its records. */
        RECORD
    }
}
