package io.patchbay.shape.convert;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.Alone;
import io.patchbay.format.Content;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;

/**
 * Records that leave their payload, where the run goes on without what fails; else the first of them is the failure of all. A record is
 * counted once, whether it cannot be read or cannot be written, so each that leaves has a lineage of its own.
 */
final class Asides {

    /** Takes what leaves. */
    interface Leaving {
        /** A record with its number, from 0. */
        void leaves(Payload alone, int index, StepException why);
    }

    private final Leaving leaving;
    private final Payload payload;
    private final String shape;
    private final boolean skips;
    private long record = -1;
    private int asides;
    private long bytes;

    Asides(Leaving leaving, Payload payload, String shape, boolean skips) {
        this.leaving = leaving;
        this.payload = payload;
        this.shape = shape;
        this.skips = skips;
    }

    /** Records of a pull, which hands on itself what leaves. */
    static Asides ofPull(Payload payload, String shape, boolean skips) {
        return new Asides((alone, index, why) -> {}, payload, shape, skips);
    }

    /** The next record. */
    void count() {
        record++;
    }

    /** Its number, from 1. */
    long number() {
        return record + 1;
    }

    /** It could not be read. */
    void broken(FormatException thrown, FormatName format, StepException why) throws StepException {
        leaves(brokenAlone(thrown, format, why), why);
    }

    /** It cannot be written. */
    void refused(FormatException thrown, JsonNode value, StepException why) throws StepException {
        if (!skips || !thrown.goesOn()) {
            throw why;
        }
        Body body = new Body.Tree(value);
        bounded(body, why);
        leaves(Alone.of(body, FormatName.JSON.word(), payload, shape, record), why);
    }

    private void leaves(Payload alone, StepException why) {
        leaving.leaves(alone, (int) Math.min(Integer.MAX_VALUE, record), why);
    }

    /** What could not be read, as a payload of its own. @throws StepException where all fails with it, or with so many */
    Payload brokenAlone(FormatException thrown, FormatName format, StepException why) throws StepException {
        JsonNode found = thrown.found();
        if (!skips || !thrown.goesOn() || found.isMissingNode()) {
            throw why;
        }
        Body body = Alone.body(thrown, format);
        bounded(body, why);
        String said = body instanceof Body.Tree ? Alone.ROW : Alone.said(format, thrown);
        return Alone.of(body, said, payload, shape, record);
    }

    /**
     * What is left of content of which nothing more can be read, as a payload of its own: a replay begins there.
     *
     * @throws StepException where all fails with it: nothing goes aside, it is not known where it begins, or it is larger than what may
     */
    Payload restAlone(FormatException thrown, FormatName format, StepException why) throws StepException {
        Content rest = thrown.rest();
        if (!skips || rest == null) {
            throw why;
        }
        return Alone.of(
                RestOfContent.of(rest, Alone.MOST_BYTES - bytes, Alone.type(format, thrown), why),
                Alone.said(format, thrown),
                payload,
                shape,
                record);
    }

    private void bounded(Body body, StepException why) throws StepException {
        bytes += payload.withBody(body, RecordPath.ROOT).bytes().length;
        Alone.refuseMore(++asides, bytes, why);
    }
}
