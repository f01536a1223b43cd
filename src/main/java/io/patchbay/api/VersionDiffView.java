package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.route.Versions;
import java.util.List;
import java.util.function.UnaryOperator;

/** How two versions of a flow differ. */
@Doc("How two versions of a flow differ")
record VersionDiffView(
        @Doc("The older one, for people") String from,
        @Doc("The newer one, for people") String to,

        @Doc("By what they mean; comments, the order of keys and the form of the text are no difference")
        List<VersionChangeView> changes,

        @Doc("By their text and that of their scripts, as a unified diff; empty when they are the same")
        String text,

        @Doc("Whether all changes could be told: not when one is no flow, or its scripts are not known")
        boolean complete) {

    static VersionDiffView of(Versions.Diff diff, UnaryOperator<String> redact) {
        return new VersionDiffView(
                diff.from(),
                diff.to(),
                diff.changes().stream()
                        .map(change -> VersionChangeView.of(change, redact))
                        .toList(),
                redact.apply(diff.text()),
                diff.complete());
    }
}
