package io.patchbay.route;

import io.patchbay.flow.FlowReader;
import io.patchbay.route.version.Change;
import io.patchbay.route.version.FlowDiff;
import io.patchbay.route.version.Side;
import io.patchbay.route.version.TextDiff;
import io.patchbay.script.ScriptLibrary;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds contents of a flow against each other. */
final class VersionDiffs {

    private final FlowReader reader;

    VersionDiffs(FlowDeployer deployer) {
        this.reader = deployer.reader();
    }

    /**
     * What a version, or a file, holds.
     *
     * @param name what people call it
     */
    record Content(String name, RevisionTexts.Text text) {}

    /** A file that is not right hangs on what it can be read of: its text. */
    static Content content(Drafts.Draft draft) {
        RevisionTexts.Text text = draft.flow() == null || draft.around() == null
                ? new RevisionTexts.Text(draft.source().file(), draft.source().text(), List.of(), null)
                : FlowCompiler.text(draft.flow(), draft.around());
        return new Content("file", text);
    }

    Versions.Diff of(Content from, Content to) {
        Side before = side(from.text());
        Side after = side(to.text());
        // Which scripts a file calls that cannot be read is not known.
        boolean scripts = whole(from) && whole(to);
        Side old = scripts ? before : without(before);
        Side now = scripts ? after : without(after);
        return new Versions.Diff(
                from.name(),
                to.name(),
                FlowDiff.of(old, now),
                TextDiff.of(to.text().file(), old, now),
                before.outline() != null && after.outline() != null && scripts);
    }

    /** What is otherwise between two contents of one text. */
    List<Change> between(RevisionTexts.Text kept, RevisionTexts.Text running) {
        return FlowDiff.of(side(kept), side(running));
    }

    private static boolean whole(Content content) {
        return content.text().parts() != null || !content.name().equals(Versions.FILE);
    }

    private static Side without(Side side) {
        return new Side(side.text(), side.outline(), Map.of(), null, null);
    }

    private Side side(RevisionTexts.Text text) {
        Parts parts = text.parts();
        return new Side(
                text.text(),
                reader.outline(text.file(), text.text()).orElse(null),
                text.scripts().stream()
                        .collect(Collectors.toMap(ScriptLibrary.Source::path, ScriptLibrary.Source::text, (a, b) -> a)),
                parts == null ? null : parts.tables(),
                parts == null ? null : parts.shapes());
    }
}
