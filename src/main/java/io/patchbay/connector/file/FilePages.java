package io.patchbay.connector.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.connector.paging.PagePull.PageSource;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The files that a pattern names, by name, one payload each. A file that went away since the listing is passed over. */
final class FilePages implements PageSource {

    static final JsonNode FIRST = Json.NODES.objectNode();
    private static final String AFTER = "after";

    private final FileOperation operation;
    private final Request request;
    private final String folder;
    private final Glob glob;
    private final Trace outside;
    private final Queue<RequestLog> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final List<Runnable> closers = new CopyOnWriteArrayList<>();
    private @Nullable List<Folder.Entry> files;
    private volatile boolean closed;

    FilePages(FileOperation operation, Request request, String folder, Glob glob) {
        this.operation = operation;
        this.folder = folder;
        this.glob = glob;
        this.outside = request.trace();
        this.request =
                new Request(request.payload(), request.with(), request.queuedAt(), request.key(), new Buffered());
        outside.onCancel(this::close);
    }

    @Override
    public @Nullable Fetched fetch(JsonNode state, boolean mayWait) throws StepException {
        if (!state.isEmpty() && !state.path(AFTER).isTextual()) {
            throw new StepException(
                    Owner.AUTHOR, "LOST_PLACE", "the pull cannot go on where it was; start the flow again");
        }
        Governor.Permit permit = operation.governor().tryNow();
        if (permit == null && !mayWait) {
            return null;
        }
        if (permit == null) {
            permit = operation.governor().take();
        }
        try {
            return next(state.path(AFTER).asText(""));
        } finally {
            permit.release();
        }
    }

    private Fetched next(String after) throws StepException {
        Folder.Call one = new FileOperation.Following(request);
        List<Folder.Entry> all = files;
        if (all == null) {
            all = operation.entries(request, folder, glob, one);
            files = all;
        }
        int at = 0;
        while (at < all.size() && all.get(at).name().compareTo(after) <= 0) {
            at++;
        }
        if (at >= all.size()) {
            return new Fetched(request.payload(), true, null);
        }
        String name = all.get(at).name();
        JsonNode next = Json.NODES.objectNode().put(AFTER, name);
        boolean last = at == all.size() - 1;
        try {
            Payload content = operation.read(request, FileNames.join(folder, name), one);
            String modified = all.get(at).modified().toString();
            return new Fetched(content.withMeta("file.modified", modified), false, last ? null : next);
        } catch (StepException e) {
            if (e.code().equals("FILE_NOT_FOUND")) {
                request.trace().warn("file '" + name + "' went away before it was read");
                return new Fetched(request.payload(), true, last ? null : next);
            }
            throw e;
        }
    }

    @Override
    public void report() {
        for (RequestLog log = told.poll(); log != null; log = told.poll()) {
            outside.request(log);
        }
        for (String warning = warnings.poll(); warning != null; warning = warnings.poll()) {
            outside.warn(warning);
        }
    }

    @Override
    public boolean cancelled() {
        return closed || outside.cancelled();
    }

    @Override
    public void close() {
        closed = true;
        closers.forEach(Runnable::run);
        closers.clear();
    }

    /** Keeps what is told until the thread that asks for pages can pass it on. */
    private final class Buffered implements Trace {
        @Override
        public boolean wanted() {
            return outside.wanted();
        }

        @Override
        public void request(RequestLog log) {
            told.add(log);
        }

        @Override
        public void warn(String text) {
            warnings.add(text);
        }

        @Override
        public void onCancel(Runnable close) {
            closers.clear(); // a file is read at a time; what closed the one before is over
            closers.add(close);
            if (closed) {
                close.run();
            }
        }

        @Override
        public boolean cancelled() {
            return closed || outside.cancelled();
        }
    }
}
