package io.patchbay.connector.paging;

import io.patchbay.connector.CurrentCall;
import io.patchbay.connector.Request;
import io.patchbay.connector.Told;
import io.patchbay.connector.limit.Governor;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import org.jspecify.annotations.Nullable;

/** What sources of pages share: the call that is on its way can be ended, what it tells is kept, and places under a limit. */
public abstract class FollowedPages implements PagePull.PageSource {

    /** The request, followed by this source. */
    protected final Request request;

    /** The call that is on its way. */
    protected final CurrentCall current;

    private final Told told;

    /** Pages of this request. */
    protected FollowedPages(Request request) {
        this.told = new Told(request.trace());
        this.current = new CurrentCall(told);
        this.request = request.following(current);
    }

    /**
     * A place under the limit.
     *
     * @return null when there is none now and it may not be waited for
     * @throws StepException when the wait is too long
     */
    protected static Governor.@Nullable Permit permit(Governor governor, boolean mayWait) throws StepException {
        Governor.Permit permit = mayWait ? governor.tryNow() : governor.soon();
        return permit == null && mayWait ? governor.take() : permit;
    }

    /** A pull whose place is none of this source. */
    protected static StepException lostPlace() {
        return new StepException(
                Owner.AUTHOR, "LOST_PLACE", "the pull cannot go on where it was; start the flow again");
    }

    @Override
    public final void report() {
        told.report();
    }

    @Override
    public final boolean cancelled() {
        return current.cancelled();
    }

    @Override
    public void close() {
        current.end();
    }
}
