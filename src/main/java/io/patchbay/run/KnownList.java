package io.patchbay.run;

import java.time.Instant;

/**
 * A list whose keys are kept, for an operator.
 *
 * @param key which list
 * @param inputs what it is asked with, for reading
 * @param fields what its keys are made of
 * @param keys how many there are
 * @param bytes how long they are together
 * @param keptAt when the last of its sets was kept
 * @param run the run that found it
 * @param allowed whether the next pull may tell deletes, whatever is missing
 */
public record KnownList(
        PullCursor.Key key,
        String inputs,
        String fields,
        long keys,
        long bytes,
        Instant keptAt,
        String run,
        boolean allowed) {}
