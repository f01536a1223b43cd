package io.patchbay.connector.http;

import io.patchbay.connector.Begin;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.HttpCall;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.Incremental;
import io.patchbay.connector.Request;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.paging.PagePull;
import io.patchbay.connector.paging.Pager;
import io.patchbay.connector.paging.Windows;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens what yields any number of payloads: pages, one request each, or one answer that is read piece by piece.
 *
 * @param pager how pages follow each other; null for one answer
 */
record HttpPulls(
        HttpOperation operation,
        HttpConnection connection,
        Answers answers,
        @Nullable Pager pager) {

    private static final Begin FIRST = new Begin("first", null, 0, null, "");

    Pull pull(Request given, Begin begin) throws StepException {
        Request request = given.skipping(begin.skips());
        Paging paging = call().paging();
        BrokenRecords broken = broken(begin.shape(), begin.skips());
        if (paging == null) {
            return new PagePull(
                    new ChunkPages(operation, request, answers, broken),
                    rules(begin, ChunkPages.MOST),
                    request.payload(),
                    connection.services().workers(),
                    begin.resumeFrom() == null ? ChunkPages.FIRST : begin.resumeFrom(),
                    begin.ordinal());
        }
        Integer size = begin.growing().pageSize();
        Pager turning = turning(request, begin, paging, size);
        return new PagePull(
                new HttpPages(operation, request, turning, answers, broken),
                rules(begin, paging.config().maxPages()),
                request.payload(),
                connection.services().workers(),
                begin.resumeFrom() == null ? turning.first() : begin.resumeFrom(),
                begin.ordinal());
    }

    @Nullable
    Payload first(Request given) throws StepException {
        Request request = given.skipping(false);
        BrokenRecords broken = broken(FIRST.shape(), false);
        Paging paging = call().paging();
        if (paging == null) {
            ChunkPages pieces = new ChunkPages(operation, request, answers, broken);
            return shown(PagePull.once(pieces, ChunkPages.FIRST, operation.governor()));
        }
        Pager turning = turning(request, FIRST, paging, null);
        HttpPages pages = new HttpPages(operation, request, turning, answers, broken);
        return shown(PagePull.once(pages, turning.first(), operation.governor()));
    }

    /** What is asked for again may be another answer, so a record that goes aside is known by what it holds, too. */
    static BrokenRecords broken(String shape, boolean skips) {
        return new BrokenRecords(shape, skips, BrokenRecords.Told.CONTENT);
    }

    private HttpCall call() {
        return operation.call();
    }

    private PagePull.Rules rules(Begin begin, int most) {
        Endpoint endpoint = operation.endpoint();
        boolean rests = !connection.services().standIn().reachesNothing();
        return new PagePull.Rules(
                begin.shape(), most, begin.backoff(endpoint.errors().backoff()), begin.found(), rests);
    }

    /** What a person sees of a page; where all of its records are deleted, those. */
    private static @Nullable Payload shown(PagePull.@Nullable Fetched one) {
        return one == null ? null : one.empty() && one.deleted() != null ? one.deleted() : one.page();
    }

    private Pager turning(Request request, Begin begin, Paging paging, @Nullable Integer size) throws StepException {
        Pager turning = size == null ? Objects.requireNonNull(pager) : operation.pager(paging.sized(size));
        Incremental incremental = call().incremental();
        if (incremental == null || begin.growing().off()) {
            return turning;
        }
        Windows windows = new Windows(
                incremental.as(begin.growing()),
                paging,
                turning,
                new Windows.Of(
                        connection.instance().name(),
                        operation.endpoint().id(),
                        begin.inputs(),
                        begin.cursor(),
                        request.queuedAt()));
        windows.check();
        return windows;
    }
}
