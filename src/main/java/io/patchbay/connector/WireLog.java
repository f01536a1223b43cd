package io.patchbay.connector;

import io.patchbay.payload.Body;
import io.patchbay.payload.RequestLog;

/**
 * A request and its answer with what went over the wire, without secrets.
 *
 * @param log how it went
 * @param sent body of the request, empty for none
 * @param received body of the answer after decompression, empty for none
 * @param cut whether the end of one of them is missing
 */
public record WireLog(RequestLog log, Body.Bytes sent, Body.Bytes received, boolean cut) {

    /** How much is kept of both bodies. */
    public long bytes() {
        return (long) sent.bytes().length + received.bytes().length;
    }
}
