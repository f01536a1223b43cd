package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.KnownList;
import io.patchbay.run.PullCursor;
import java.time.Instant;

/** A list whose keys are kept. */
@Doc("A list whose keys are kept, because its deletes are what is missing in it")
record KnownListView(
        String flow,
        String instance,
        String endpoint,

        @Doc("Tells its inputs from others of the endpoint; empty for none")
        String digest,

        @Doc("What the endpoint is given, as JSON: secrets hidden, cut where it is long; empty for nothing")
        String inputs,

        @Doc("What a key is made of: fields of a record") String fields,

        @Doc("How many keys are kept") long keys,

        @Doc("How long they are together, in bytes") long bytes,

        @Doc("When they were kept") Instant keptAt,

        @Doc("The run that found them") String run,

        @Doc("Whether the next run may tell deletes, whatever is missing")
        boolean allowed) {

    static KnownListView of(KnownList list) {
        return of(list, list.allowed());
    }

    static KnownListView of(KnownList list, boolean allowed) {
        PullCursor.Key key = list.key();
        return new KnownListView(
                key.flow(),
                key.instance(),
                key.endpoint(),
                key.digest(),
                list.inputs(),
                list.fields(),
                list.keys(),
                list.bytes(),
                list.keptAt(),
                list.run(),
                allowed);
    }

    /** What lists are sorted by. */
    String key() {
        return flow + "/" + instance + "/" + endpoint + "/" + digest;
    }
}
