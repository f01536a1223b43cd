package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.route.RevisionTexts;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a version of a flow holds. */
@Doc("What a version of a flow holds")
record VersionTextView(
        @Doc("The file that it stood in, relative to the home folder")
        String file,

        @Doc("The text of that file") String text,
        @Doc("The scripts that it calls, as they were") List<ScriptView> scripts) {

    /** A script of a version. */
    @Doc("A script of a version")
    record ScriptView(String path, String text) {}

    static VersionTextView of(RevisionTexts.Text text, UnaryOperator<String> redact) {
        return new VersionTextView(
                text.file(),
                redact.apply(text.text()),
                text.scripts().stream()
                        .map(script -> new ScriptView(script.path(), redact.apply(script.text())))
                        .toList());
    }
}
