package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;

/** A list that is read once for each record of another one, like the addresses of each customer. */
@Doc("Reads this list once for each record of another one; a flow that gives the input reads that one alone")
public record PartitionConfig(
        @Doc("Endpoint of the other list") String parent,

        @Doc("Path of the value in its records") @Default("id")
        String key,

        @Doc("Input of this endpoint that takes the value; it must be declared with required: false")
        String input) {}
