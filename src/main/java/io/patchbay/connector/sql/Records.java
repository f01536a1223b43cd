package io.patchbay.connector.sql;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.util.ArrayList;
import java.util.List;

/** The records of a payload, each as a payload. */
final class Records {

    private Records() {}

    static List<Payload> of(Payload payload) throws StepException {
        List<Payload> all = new ArrayList<>();
        for (JsonNode record : payload.records()) {
            all.add(payload.withBody(new Body.Tree(record), RecordPath.ROOT));
        }
        return all;
    }
}
