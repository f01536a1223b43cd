package io.patchbay.shape.convert;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.FormatException;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Records that leave their payload, where the run goes on without what fails; else the first of them is the failure of all. */
final class Asides {

    /** Records of one payload that may be wrong; more are no slips. */
    static final int MOST = 10_000;

    private final Attempt attempt;
    private final Payload payload;
    private final boolean skips;
    private int record = -1;
    private int aside;

    Asides(Attempt attempt, Payload payload, boolean skips) {
        this.attempt = attempt;
        this.payload = payload;
        this.skips = skips;
    }

    /** The next record. */
    void count() {
        record++;
    }

    /** Its number, from 1. */
    int number() {
        return record + 1;
    }

    /** It could not be read. */
    void broken(FormatException thrown, StepException why) throws StepException {
        leave(thrown.goesOn(), found(thrown), why);
    }

    static JsonNode found(FormatException thrown) {
        try {
            return thrown.found().isBinary()
                    ? Json.NODES.textNode(new String(thrown.found().binaryValue(), StandardCharsets.ISO_8859_1))
                    : thrown.found();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It cannot be written. */
    void refused(FormatException thrown, JsonNode value, StepException why) throws StepException {
        leave(thrown.goesOn(), value, why);
    }

    private void leave(boolean goesOn, JsonNode value, StepException why) throws StepException {
        if (!skips || !goesOn) {
            throw why;
        }
        if (++aside > MOST) {
            throw new StepException(
                    Owner.REMOTE,
                    why.code(),
                    "more than " + MOST + " records are wrong; the last one: " + why.getMessage());
        }
        attempt.failRecord(payload, record, value.isMissingNode() ? Json.NODES.textNode("") : value, why);
    }
}
