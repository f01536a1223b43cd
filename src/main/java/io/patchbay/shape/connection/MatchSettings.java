package io.patchbay.shape.connection;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.SourcePath;

/** How records of an answer are matched to those that asked. */
@Doc("How records of an answer are matched to the records that asked for them")
public record MatchSettings(
        @Doc(
                "Where a record has what its match has too, like sku or lines[*].sku; text and numbers that read alike are alike")
        SourcePath record,

        @Doc("Where a record of the answer has it") SourcePath answer,

        @Doc("Whether each record gets the list of its matches; otherwise it gets the first, or null for none")
        @Default("false")
        boolean many) {}
