package io.patchbay.service;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.expression.SourcePath;
import io.patchbay.mapping.function.FunctionCall;
import java.util.List;

/** A field that the destination keeps beside those that it knows. */
@Doc("A field that the destination keeps beside those that it knows")
public record Metafield(
        @Doc("Its namespace") @Default("custom") String namespace,
        @Doc("Its key in there") String key,

        @Doc("What its value is, in the destination's word") @Default("single_line_text_field")
        String type,

        @Doc("Path in a record of the source; a record without a value there has no such metafield")
        SourcePath from,

        @Doc("Functions, each on the result of the one before") @Default("[]")
        List<FunctionCall> then) {}
