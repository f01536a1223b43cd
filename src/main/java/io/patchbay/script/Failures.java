package io.patchbay.script;

import io.patchbay.script.Bridge.Outcome.Failed;
import io.patchbay.script.ScriptException.Kind;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes sentences of what a guest tells about an error. */
final class Failures {

    /** The engine calls a script's text by this name. */
    private static final Pattern PLACE = Pattern.compile("<input>:(\\d{1,9})");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,60}");
    private static final Set<String> TOO_DEEP = Set.of(
            "stack overflow",
            "Maximum call stack size exceeded",
            "maximum recursion depth exceeded",
            "pystack exhausted");

    private Failures() {}

    static ScriptException of(Script script, Failed failed, String tooMuchMemory) {
        int line = line(script, failed.stack());
        String type = NAME.matcher(failed.name()).matches() ? failed.name() : null;
        String reason = printable(failed.message());
        if (("InternalError".equals(type) && reason.equals("out of memory")) || "MemoryError".equals(type)) {
            return new ScriptException(Kind.MEMORY, script.file(), line, null, tooMuchMemory);
        }
        if (TOO_DEEP.contains(reason)) {
            return new ScriptException(Kind.STACK, script.file(), line, null, "the script calls itself too deep");
        }
        return switch (failed.kind()) {
            case "SYNTAX" -> new ScriptException(Kind.SYNTAX, script.file(), line, null, syntax(reason));
            case "NOT_A_FUNCTION" ->
                new ScriptException(
                        Kind.NOT_A_FUNCTION,
                        script.file(),
                        0,
                        null,
                        reason.equals("undefined")
                                ? "there is no function '" + script.function() + "'"
                                : "'" + script.function() + "' is no function");
            case "NOT_JSON" ->
                new ScriptException(Kind.NOT_JSON, script.file(), line, null, notJson(script, type, reason));
            default -> new ScriptException(Kind.THROWN, script.file(), line, thrown(type, reason), reason);
        };
    }

    /** What comes unexpected is nothing: the text is over. */
    private static String syntax(String reason) {
        return reason.endsWith(": ''") ? "the script ends before all that was opened is closed" : reason;
    }

    private static String notJson(Script script, @Nullable String type, String reason) {
        return reason.equals("undefined")
                ? "'" + script.function() + "' returned nothing"
                : "what '" + script.function() + "' returned cannot be written as JSON: "
                        + (type == null ? "" : type + ": ") + reason;
    }

    private static String thrown(@Nullable String type, String reason) {
        return type != null ? type : reason.isEmpty() ? "a value that is no error" : "Error";
    }

    /** The innermost line that is of the script. */
    private static int line(Script script, String stack) {
        Matcher place = PLACE.matcher(stack);
        return place.find() ? Math.min(Integer.parseInt(place.group(1)), script.lines()) : 0;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** The caller is interrupted: so is the call, and the caller stays so. */
    static ScriptException interrupted(Script script) {
        Thread.currentThread().interrupt();
        return givenUp(script);
    }

    /** The call was given up. */
    static ScriptException givenUp(Script script) {
        return new ScriptException(Kind.INTERRUPTED, script.file(), 0, null, "the call was given up");
    }
}
