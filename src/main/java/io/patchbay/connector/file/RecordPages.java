package io.patchbay.connector.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.content.RecordSource;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.paging.CountedRecords;
import io.patchbay.connector.paging.FollowedPages;
import io.patchbay.connector.paging.OpenContent;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
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

    /** Bytes of records, about, with which a page ends. */
    private static final long MOST_BYTES = 8L << 20;

    private final FileOperation operation;
    private final int chunk;
    private final Opening opening;
    private final BrokenRecords broken;
    private final Paths paths;
    private @Nullable List<String> files;
    private final OpenContent<Opened> opened = new OpenContent<>();

    /** How a file becomes records. */
    interface Opening {
        /** Begins to read a file that was got. */
        RecordSource open(Payload file, String path) throws StepException;
    }

    /** The files, by name. */
    interface Paths {
        List<String> list(Request request) throws StepException;
    }

    RecordPages(
            FileOperation operation, Request request, int chunk, Opening opening, BrokenRecords broken, Paths paths) {
        super(request);
        this.broken = broken;
        this.operation = operation;
        this.chunk = chunk;
        this.opening = opening;
        this.paths = paths;
    }

    /** A file that is being read. */
    private final class Opened extends CountedRecords<JsonNode, RecordSource> {
        private final String path;
        private final Payload content;

        Opened(String path, Payload content) {
            this.path = path;
            this.content = content;
        }

        @Override
        protected RecordSource open() throws StepException {
            broken.begin();
            return opening.open(content, path);
        }

        @Override
        protected void changed() {
            broken.anew();
        }

        @Override
        protected @Nullable JsonNode following(RecordSource records) throws StepException {
            return broken.next(records, content, path, opened::goesOn);
        }
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

    private Fetched page(Opened at, @Nullable JsonNode behind) throws StepException {
        ArrayNode records = Json.NODES.arrayNode();
        long bytes = 0;
        for (JsonNode row = at.next();
                row != null;
                row = records.size() < chunk && bytes < MOST_BYTES ? at.next() : null) {
            records.add(row);
            bytes += Json.bytes(row);
        }
        JsonNode next = at.ended()
                ? behind
                : Json.NODES
                        .objectNode()
                        .put(FILE, at.path)
                        .put(ROWS, at.read())
                        .put(PRINT, at.print());
        Payload page = at.content.withBody(new Body.Tree(records), RecordPath.ROOT_LIST);
        return new Fetched(page, records.isEmpty(), next, false, null, List.of(), broken.hand(at.path));
    }

    private Opened at(String path, JsonNode state) throws StepException {
        Opened last = opened.records();
        long wanted = state.path(ROWS).asLong();
        if (last != null && last.path.equals(path) && last.read() == wanted) {
            return last;
        }
        opened.letGo();
        Payload content = operation.read(request, path, new FileOperation.Following(request));
        Opened fresh = opened.begin(new Opened(path, content), content);
        goTo(fresh, state, wanted);
        return fresh;
    }

    private void goTo(Opened at, JsonNode state, long wanted) throws StepException {
        if (!at.passOver(wanted, state.path(PRINT).asLong())) {
            request.trace()
                    .warn("file '" + at.path + "' is not what it was before: its " + wanted
                            + " records that were delivered are read again with the others");
        }
    }

    @Override
    public void close() {
        super.close();
        opened.close();
    }
}
