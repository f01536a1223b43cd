package io.patchbay.connector.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.content.CountedContent;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.paging.FollowedPages;
import io.patchbay.connector.paging.OpenContent;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of files, so many in a payload. A file is got whole, to disk when it is large, and never more of it than one payload is in
 * memory as records. A pull that goes on after a crash gets the file again and passes over what was delivered; if that is not
 * what it was, it begins anew and says so.
 */
final class RecordPages extends FollowedPages {

    private static final String FILE = "file";
    private static final String ROWS = "rows";
    private static final String PRINT = "print";

    private final FileOperation operation;
    private final int chunk;
    private final CountedContent.Opening opening;
    private final BrokenRecords broken;
    private final Paths paths;
    private @Nullable List<String> files;
    private final OpenContent<CountedContent> opened = new OpenContent<>();

    /** The files, by name. */
    interface Paths {
        List<String> list(Request request) throws StepException;
    }

    RecordPages(
            FileOperation operation,
            Request request,
            int chunk,
            CountedContent.Opening opening,
            BrokenRecords broken,
            Paths paths) {
        super(request);
        this.broken = broken;
        this.operation = operation;
        this.chunk = chunk;
        this.opening = opening;
        this.paths = paths;
    }

    @Override
    public @Nullable Fetched fetch(JsonNode state, boolean mayWait) throws StepException {
        if (!state.isEmpty() && !state.path(FILE).isTextual()) {
            throw lostPlace();
        }
        Governor.Permit permit = permit(operation.governor(), mayWait);
        if (permit == null) {
            return null;
        }
        try {
            opened.enter();
            return next(state);
        } finally {
            permit.release();
            opened.leave();
        }
    }

    private Fetched next(JsonNode state) throws StepException {
        List<String> all = files;
        if (all == null) {
            all = paths.list(request);
            files = all;
        }
        String wanted = state.path(FILE).asText("");
        int at = 0;
        while (at < all.size() && all.get(at).compareTo(wanted) < 0) {
            at++;
        }
        if (at == all.size()) {
            return new Fetched(request.payload(), true, null);
        }
        String path = all.get(at);
        JsonNode behind = at + 1 == all.size() ? null : Json.NODES.objectNode().put(FILE, all.get(at + 1));
        try {
            return page(at(path, path.equals(wanted) ? state : Json.NODES.objectNode()), behind);
        } catch (StepException e) {
            if (e.code().equals(Folder.NOT_FOUND) && operation.ofPattern()) {
                request.trace().warn("file '" + path + "' went away before it was read");
                return new Fetched(request.payload(), true, behind);
            }
            throw e;
        }
    }

    private Fetched page(CountedContent at, @Nullable JsonNode behind) throws StepException {
        Payload page = at.page(chunk, CountedContent.MOST_BYTES);
        JsonNode next = at.ended()
                ? behind
                : Json.NODES
                        .objectNode()
                        .put(FILE, at.path())
                        .put(ROWS, at.read())
                        .put(PRINT, at.print());
        return new Fetched(
                page, page.recordCount() == 0, next, false, null, List.of(), broken.hand(at.path()), List.of());
    }

    private CountedContent at(String path, JsonNode state) throws StepException {
        CountedContent last = opened.records();
        long wanted = state.path(ROWS).asLong();
        if (last != null && last.path().equals(path) && last.read() == wanted) {
            return last;
        }
        opened.letGo();
        Payload content = operation.read(request, path, new FileOperation.Following(request));
        CountedContent fresh = opened.begin(
                new CountedContent(content, path, "file '" + path + "'", broken, opened, opening), content);
        fresh.goTo(wanted, state.path(PRINT).asLong(), request.trace(), "file '" + path + "'");
        return fresh;
    }

    @Override
    public void close() {
        super.close();
        opened.close();
    }
}
