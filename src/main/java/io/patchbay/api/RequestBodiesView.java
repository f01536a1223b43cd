package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.run.CapturedPayload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of the bodies of a request and of its answer. */
@Doc("Bodies of a request and of its answer, without secrets and masked as the flow says")
record RequestBodiesView(
        @Doc("What was sent; null when nothing of it is kept") @Nullable
        KeptBody sent,

        @Doc("What was answered; null when nothing of it is kept") @Nullable
        KeptBody received) {

    /** Which of the two. */
    enum Side {
        SENT(CapturedPayload.Direction.SENT),
        RECEIVED(CapturedPayload.Direction.RECEIVED);

        private final CapturedPayload.Direction direction;

        Side(CapturedPayload.Direction direction) {
            this.direction = direction;
        }

        CapturedPayload.Direction direction() {
            return direction;
        }
    }

    /** A body. */
    @Doc("A body as it went over the wire")
    record KeptBody(
            @Doc("Media type") String contentType,

            @Doc("Bytes that went over the wire, or that are kept, whichever are more")
            long size,

            @Doc("What is kept, if it is text") @Nullable String text,

            @Doc("What is kept, if it is not text") @Nullable
            String base64,

            @Doc("Whether its end was cut off, or it is not shown")
            boolean cut) {}

    static RequestBodiesView of(List<CapturedPayload> kept) {
        return new RequestBodiesView(of(kept, Side.SENT), of(kept, Side.RECEIVED));
    }

    private static @Nullable KeptBody of(List<CapturedPayload> kept, Side side) {
        return kept.stream()
                .filter(one -> one.direction() == side.direction())
                .findFirst()
                .map(one -> {
                    boolean cut = one.size() > one.bytes().length;
                    Content content = Content.of(one.bytes(), cut);
                    return new KeptBody(one.contentType(), one.size(), content.text(), content.base64(), cut);
                })
                .orElse(null);
    }
}
