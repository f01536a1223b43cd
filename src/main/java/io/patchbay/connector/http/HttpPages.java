package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.patchbay.connector.Deletes;
import io.patchbay.connector.Request;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.definition.ErrorHandlerConfig.Action;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.paging.FollowedPages;
import io.patchbay.connector.paging.PageAnswer;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.connector.paging.Pager;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of an HTTP endpoint, one request each. */
final class HttpPages extends FollowedPages {

    private static final int MOST_RESETS = 3;

    private final HttpOperation operation;
    private final Pager pager;
    private final Answers answers;
    private final @Nullable AnswerContent formed;
    private final BrokenRecords broken;
    private int resets;

    /**
     * Pages of a list.
     *
     * @param broken takes records that cannot be read, where the format of a page tells one from the next
     */
    HttpPages(HttpOperation operation, Request request, Pager pager, Answers answers, BrokenRecords broken) {
        super(request);
        this.formed = operation.formed();
        this.broken = broken;
        this.operation = operation;
        this.pager = pager;
        this.answers = answers;
    }

    @Override
    public @Nullable Fetched fetch(JsonNode state, boolean mayWait) throws StepException {
        Governor.Permit permit = permit(operation.governor(), mayWait);
        if (permit == null) {
            return null;
        }
        HttpOperation.Exchanged exchanged;
        try {
            exchanged = operation.exchange(request, pager.turn(state));
        } catch (StepException e) {
            return anew(state, e);
        } finally {
            permit.release();
        }
        Payload came = answers.payload(exchanged, request.payload());
        String place = pager.place(state);
        Payload page = formed == null
                ? WrongRecords.told(exchanged.reply(), came, broken, place)
                : formed.whole(came, broken, place);
        int unread = broken.unread();
        int records = page.recordCount() + unread; // as many as the system sent
        PageAnswer answer = new PageAnswer(
                exchanged.uri(),
                formed == null ? exchanged.reply().tree() : MissingNode.getInstance(),
                records,
                unread,
                broken.unreadLast(),
                page.body() instanceof Body.Tree ? page.records() : List.of(),
                exchanged.reply().headersOf("Link"),
                exchanged.reply().status(),
                exchanged.reply().shownHeaders(),
                request.queuedAt());
        List<JsonNode> kept = pager.kept(state, answer.items());
        Deletes.Parted parted = answers.parted(kept.size() == answer.items().size() ? page : page.withRecords(kept));
        Payload taken = answers.taken(parted.there(), request);
        boolean nothing = records == 0 || taken.recordCount() == 0;
        JsonNode next = pager.next(state, answer);
        String noticed = next == null ? null : pager.noticed(state, next);
        if (noticed != null) {
            request.trace().warn(noticed);
        }
        boolean cut = pager.leavesOut(state, answer);
        boolean left = cut || (nothing && !answers.emitEmpty());
        Payload deleted = cut ? null : parted.deleted();
        String again = next == null ? null : pager.again(state, next);
        List<Pull.Aside> asides =
                cut ? List.of() : broken.hand(place, again); // what is left out comes again in smaller lists
        return new Fetched(taken, left, next, false, deleted, answers.keys(answer.items()), asides, answer.items());
    }

    /** Where the connector's rules say so, a page that failed is no failure: the list begins anew, or with half a window. */
    private Fetched anew(JsonNode state, StepException why) throws StepException {
        JsonNode from = null;
        if (why.code().equals(Action.RESET_PAGINATION.name()) && resets++ < MOST_RESETS) {
            from = pager.begin(state);
            request.trace()
                    .warn(why.getMessage() + "; the list is read from its beginning, and records may come twice");
        } else if (why.code().equals(Action.SPLIT_WINDOW.name())) {
            from = pager.cut(state);
        }
        if (from == null) {
            throw why;
        }
        broken.anew();
        return new Fetched(request.payload(), true, from, true);
    }

    @Override
    public Pull.@Nullable Reached delivered(JsonNode state) {
        return pager.delivered(state);
    }

    @Override
    public Pull.@Nullable Reached reached(JsonNode end) {
        return pager.reached(end);
    }
}
