package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.route.RevisionTexts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A revision of a flow that is kept. */
@Doc("A revision of a flow: its file and its scripts as they were; connectors, tables and schemas are those of today")
record RevisionView(
        @Doc("What a start gives as 'revision'") String revision,

        @Doc("The file that it stood in, relative to the home folder")
        String file,

        @Doc("When it was deployed first") Instant firstAt,

        @Doc("Whether new runs that name no revision run under it")
        boolean active) {

    static RevisionView of(RevisionTexts.Kept kept, @Nullable String active) {
        return new RevisionView(
                kept.revision(), kept.file(), kept.firstAt(), kept.revision().equals(active));
    }
}
