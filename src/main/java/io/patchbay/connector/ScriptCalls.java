package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.script.Script;
import io.patchbay.script.ScriptException;
import io.patchbay.script.ScriptException.Kind;
import io.patchbay.script.Scripts;
import io.patchbay.secret.Redactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls code of a connector's author.
 *
 * @param scripts runs it
 * @param redactor takes secrets out of what it logs and throws
 */
public record ScriptCalls(Scripts scripts, Redactor redactor) {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptCalls.class);

    /** What the script's function returns. @throws StepException when it does not return a value within its limits */
    public JsonNode call(Script script, JsonNode... arguments) throws StepException {
        try {
            return told(script, scripts.call(script, arguments));
        } catch (ScriptException e) {
            throw failure(e, redactor.redact(e.getMessage()));
        }
    }

    /** The same, where to return nothing is to return null. */
    public JsonNode callLeniently(Script script, JsonNode data) throws StepException {
        try {
            return told(script, scripts.call(script, Scripts.Bounds.NONE, data));
        } catch (ScriptException e) {
            throw failure(e, redactor.redact(e.getMessage()));
        }
    }

    private JsonNode told(Script script, Scripts.Answer answer) {
        if (LOG.isDebugEnabled()) {
            answer.log().forEach(line -> LOG.debug("{}: {}", script.file(), redactor.redact(line)));
        }
        return answer.value();
    }

    /** The same where the script works with secrets: nothing is shown that it says. */
    public JsonNode callWithSecrets(Script script, JsonNode... arguments) throws StepException {
        try {
            return scripts.call(script, arguments).value();
        } catch (ScriptException e) {
            String place = e.file() + (e.line() > 0 ? ":" + e.line() : "");
            boolean said = e.kind() == Kind.THROWN || e.kind() == Kind.NOT_JSON;
            throw failure(
                    e,
                    said
                            ? place + ": '" + script.function() + "' ended with "
                                    + (e.type() == null ? "a value that is no JSON" : "an error")
                                    + "; what it says is not shown, because secrets may be in it"
                            : e.getMessage());
        }
    }

    private static StepException failure(ScriptException thrown, String message) {
        Owner owner = switch (thrown.kind()) {
            case TIMEOUT, MEMORY, STACK, TOO_LARGE, BUSY -> Owner.LIMIT;
            case INTERRUPTED -> Owner.INTERNAL;
            default -> Owner.AUTHOR;
        };
        return new StepException(owner, "SCRIPT_" + thrown.kind(), message);
    }
}
