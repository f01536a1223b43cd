package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Deletes;
import io.patchbay.connector.Request;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.content.CountedContent;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.paging.FollowedPages;
import io.patchbay.connector.paging.OpenContent;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.connector.paging.Turn;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One answer with a long list, in payloads of so many records. The answer is kept in a file first, so that the system is not
 * held by what works on the records, and never more of it than one payload is in memory. A pull that goes on after a crash
 * asks again and passes over what was delivered; if that is not what it was, it begins anew and says so.
 */
final class ChunkPages extends FollowedPages {

    static final JsonNode FIRST = Json.NODES.objectNode();

    /** Payloads of one answer; it is bounded by its size. */
    static final int MOST = 100_000_000;

    private static final String PLACE = "";
    private static final String RECORDS = "records";
    private static final String PRINT = "print";

    private final HttpOperation operation;
    private final Answers answers;
    private final int chunk;
    private final @Nullable AnswerContent formed;
    private final BrokenRecords broken;
    private final OpenContent<CountedContent> opened = new OpenContent<>();

    /**
     * Pages of the answer to a request.
     *
     * @param broken takes records that cannot be read, where the format tells one from the next
     */
    ChunkPages(HttpOperation operation, Request request, Answers answers, BrokenRecords broken) {
        super(request);
        this.broken = broken;
        this.formed = operation.formed();
        this.operation = operation;
        this.answers = answers;
        this.chunk = Objects.requireNonNull(operation.call().selection().chunk());
    }

    @Override
    public @Nullable Fetched fetch(JsonNode state, boolean mayWait) throws StepException {
        opened.enter();
        try {
            return page(state, mayWait);
        } finally {
            opened.leave();
        }
    }

    private @Nullable Fetched page(JsonNode state, boolean mayWait) throws StepException {
        CountedContent at = opened.records();
        if (at == null || at.read() != state.path(RECORDS).asLong()) {
            at = opened(mayWait);
            if (at == null) {
                return null;
            }
            at.goTo(state.path(RECORDS).asLong(), state.path(PRINT).asLong(), request.trace(), "the answer");
        }
        Payload page = at.page(chunk, formed == null ? Long.MAX_VALUE : CountedContent.MOST_BYTES);
        JsonNode next = at.ended()
                ? null
                : Json.NODES.objectNode().put(RECORDS, at.read()).put(PRINT, at.print());
        Deletes.Parted parted = answers.parted(page);
        Payload taken = answers.taken(parted.there(), request);
        boolean left = taken.recordCount() == 0 && !answers.emitEmpty();
        return new Fetched(
                taken,
                left,
                next,
                false,
                parted.deleted(),
                answers.keys(page.records()),
                broken.hand(PLACE),
                List.of());
    }

    private @Nullable CountedContent opened(boolean mayWait) throws StepException {
        Governor.Permit permit = permit(operation.governor(), mayWait);
        if (permit == null) {
            return null;
        }
        Payload answer;
        try {
            answer = answers.payload(operation.exchange(request, Turn.PLAIN), request.payload());
        } finally {
            permit.release();
        }
        CountedContent fresh = new CountedContent(
                answer,
                PLACE,
                "the answer",
                broken,
                opened,
                (kept, place) ->
                        formed == null ? StoredAnswer.open(operation, kept, request.skips()) : formed.open(kept));
        return opened.begin(fresh, answer);
    }

    @Override
    public void close() {
        super.close();
        opened.close();
    }
}
