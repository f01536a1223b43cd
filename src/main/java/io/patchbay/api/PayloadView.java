package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.CapturedPayload;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A payload as it passed a shape. */
@Doc("A payload as it passed a shape, masked as the flow says")
record PayloadView(
        String shape,
        CapturedPayload.Direction direction,
        @Doc("Where the payload comes from") String lineage,
        @Doc("Media type") String contentType,
        @Doc("Whole size in bytes") long size,
        Instant at,

        @Doc("What is kept, if it is text; only with bytes=true") @Nullable
        String text,

        @Doc("What is kept, if it is not text; only with bytes=true") @Nullable
        String base64,

        @Doc("Whether its end was cut off; null without bytes=true") @Nullable
        Boolean cut) {

    static PayloadView of(CapturedPayload payload, boolean bytes) {
        boolean cut = payload.size() > payload.bytes().length;
        Content content = bytes ? Content.of(payload.bytes(), cut) : Content.NONE;
        return new PayloadView(
                payload.shape(),
                payload.direction(),
                payload.lineage(),
                payload.contentType(),
                payload.size(),
                payload.at(),
                content.text(),
                content.base64(),
                bytes ? cut : null);
    }
}
