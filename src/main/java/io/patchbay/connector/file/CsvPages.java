package io.patchbay.connector.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.CurrentCall;
import io.patchbay.connector.Request;
import io.patchbay.connector.Told;
import io.patchbay.connector.csv.CsvRows;
import io.patchbay.connector.definition.FileCsvConfig;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.connector.paging.PagePull.PageSource;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of files as records, so many in a payload. A file is got whole, to disk when it is large, and never more of it than one payload is in
 * memory as records. A pull that goes on after a crash gets the file again and passes over what was delivered; if that is not
 * what it was, it begins anew and says so.
 */
final class CsvPages implements PageSource {

    private static final String FILE = "file";
    private static final String ROWS = "rows";
    private static final String PRINT = "print";
    private static final long PRIME = 0x100000001b3L;

    private final FileOperation operation;
    private final Request request;
    private final FileCsvConfig csv;
    private final Paths paths;
    private final Told told;
    private final CurrentCall current;
    private @Nullable List<String> files;
    private @Nullable Opened opened;
    private boolean closed;

    /** The files, by name. */
    interface Paths {
        List<String> list(Request request) throws StepException;
    }

    CsvPages(FileOperation operation, Request request, FileCsvConfig csv, Paths paths) {
        this.operation = operation;
        this.csv = csv;
        this.paths = paths;
        this.told = new Told(request.trace());
        this.current = new CurrentCall(told);
        this.request = request.following(current);
    }

    /** A file that is being read: how many rows of it were, and a fingerprint of them. */
    private final class Opened {
        private final String path;
        private final Payload content;
        private CsvRows rows;
        private @Nullable ObjectNode peeked;
        private long read;
        private long print;

        Opened(String path, Payload content) throws StepException {
            this.path = path;
            this.content = content;
            this.rows = reading();
            this.peeked = following();
        }

        private CsvRows reading() throws StepException {
            try {
                var decoder = csv.encoding()
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
                return new CsvRows(new InputStreamReader(content.stream(), decoder), csv.rows());
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }

        private @Nullable ObjectNode following() throws StepException {
            try {
                return rows.next();
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }

        @Nullable
        ObjectNode next() throws StepException {
            ObjectNode row = peeked;
            if (row != null) {
                read++;
                print = print * PRIME ^ row.hashCode();
                peeked = following();
            }
            return row;
        }

        void beginAnew() throws StepException {
            shut();
            rows = reading();
            read = 0;
            print = 0;
            peeked = following();
        }

        void shut() {
            try {
                rows.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }

    private StepException unreadable(String path, IOException thrown) {
        String why = thrown instanceof CharacterCodingException
                ? "it is not in " + csv.encoding() + " (csv.encoding)"
                : String.valueOf(thrown.getMessage());
        return new StepException(Owner.REMOTE, "NOT_CSV", "file '" + path + "' cannot be read as CSV: " + why, thrown);
    }

    @Override
    public @Nullable Fetched fetch(JsonNode state, boolean mayWait) throws StepException {
        if (!state.isEmpty() && !state.path(FILE).isTextual()) {
            throw new StepException(
                    Owner.AUTHOR, "LOST_PLACE", "the pull cannot go on where it was; start the flow again");
        }
        Governor governor = operation.governor();
        Governor.Permit permit = mayWait ? governor.tryNow() : governor.soon();
        if (permit == null && !mayWait) {
            return null;
        }
        if (permit == null) {
            permit = governor.take();
        }
        try {
            return next(state);
        } finally {
            permit.release();
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
        for (ObjectNode row = at.next(); row != null; row = records.size() < csv.chunk() ? at.next() : null) {
            records.add(row);
        }
        JsonNode next = at.peeked == null
                ? behind
                : Json.NODES.objectNode().put(FILE, at.path).put(ROWS, at.read).put(PRINT, at.print);
        return new Fetched(at.content.withBody(new Body.Tree(records), RecordPath.ROOT_LIST), records.isEmpty(), next);
    }

    private Opened at(String path, JsonNode state) throws StepException {
        Opened last = opened;
        long wanted = state.path(ROWS).asLong();
        if (last != null && last.path.equals(path) && last.read == wanted) {
            return last;
        }
        letGo();
        Payload content = operation.read(request, path, new FileOperation.Following(request));
        Opened fresh;
        try {
            fresh = new Opened(path, content);
        } catch (StepException e) {
            delete(content);
            throw e;
        }
        synchronized (this) {
            if (closed) {
                fresh.shut();
                delete(content);
                throw new StepException(Owner.LIMIT, "CANCELLED", "the pull was given up");
            }
            opened = fresh;
        }
        goTo(fresh, state, wanted);
        return fresh;
    }

    private void goTo(Opened at, JsonNode state, long wanted) throws StepException {
        while (at.read < wanted && at.next() != null) {
            // delivered before
        }
        if (at.read != wanted || at.print != state.path(PRINT).asLong()) {
            request.trace()
                    .warn("file '" + at.path + "' is not what it was before: its " + wanted
                            + " rows that were delivered are read again with the others");
            at.beginAnew();
        }
    }

    @Override
    public void report() {
        told.report();
    }

    @Override
    public boolean cancelled() {
        return current.cancelled();
    }

    @Override
    public void close() {
        current.end();
        synchronized (this) {
            closed = true;
            letGo();
        }
    }

    private synchronized void letGo() {
        Opened last = opened;
        opened = null;
        if (last != null) {
            last.shut();
            delete(last.content);
        }
    }

    private static void delete(Payload content) {
        if (content.body() instanceof Body.Stored stored) {
            try {
                Files.deleteIfExists(stored.file());
            } catch (IOException e) {
                // the folder is emptied when the runtime starts
            }
        }
    }
}
