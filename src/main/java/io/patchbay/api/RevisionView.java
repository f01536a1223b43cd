package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.route.RevisionTexts;
import io.patchbay.route.Versions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A version of a flow that is kept. */
@Doc("A version of a flow: its file and its scripts as they were; connectors, tables and schemas are those of today")
record RevisionView(
        @Doc("In the order in which the versions of the flow were deployed first, from 1; it never changes")
        int number,

        @Doc("What a start gives as 'revision'") String revision,

        @Doc("The file that it stood in, relative to the home folder")
        String file,

        @Doc("When it was deployed first") Instant firstAt,

        @Doc("When a run under it came into being last, of those that are still known") @Nullable
        Instant lastRunAt,

        @Doc("Who deployed it; null when it was taken from its file as it was written") @Nullable
        String by,

        @Doc("What was said when it was deployed") @Nullable String note,

        @Doc("Whether new runs that name no revision run under it")
        boolean active) {

    static RevisionView of(Versions.Version version, @Nullable String active) {
        RevisionTexts.Kept kept = version.kept();
        return new RevisionView(
                kept.number(),
                kept.revision(),
                kept.file(),
                kept.firstAt(),
                version.lastRunAt(),
                kept.by(),
                kept.note(),
                kept.revision().equals(active));
    }
}
