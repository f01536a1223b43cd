package io.patchbay.connector.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.BoundOperation;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.FileCall;
import io.patchbay.connector.Request;
import io.patchbay.connector.Spill;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.content.BrokenRecords.Told;
import io.patchbay.connector.content.ContentReader;
import io.patchbay.connector.content.ContentWriter;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.connector.definition.FileConfig;
import io.patchbay.connector.paging.PagePull;
import io.patchbay.expression.Template;
import io.patchbay.format.Glob;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A file operation of an instance. */
final class FileOperation extends BoundOperation {

    private static final int MOST_FILES = 200_000;
    /** Payloads of files in rows; they are bounded by their size. */
    private static final int MOST_PAGES = 100_000_000;

    private static final RecordPath FILES = RecordPath.parse("$.files[*]");

    private final FileCall call;
    private final FileConnection connection;
    private final long most;

    FileOperation(Endpoint endpoint, FileCall call, FileConnection connection) {
        super(endpoint, connection);
        this.call = call;
        this.connection = connection;
        this.most = connection
                .instance()
                .connector()
                .requester()
                .config()
                .maxResponse()
                .toBytes();
    }

    @Override
    public Payload call(Request request) throws StepException {
        CallScope scope = scope(request);
        FileConfig.Op op = call.config().op();
        Folder.Call one = new Following(request);
        return switch (op) {
            case LIST -> list(request, scope, one);
            case READ -> read(request, FileNames.file(text(call.path(), scope)), one);
            case WRITE -> write(request, FileNames.file(text(call.path(), scope)), one);
            case MOVE -> move(request, scope, one);
            case DELETE -> delete(request, FileNames.file(text(call.path(), scope)), one);
        };
    }

    @Override
    public Pull pull(Request request, Begin begin) throws StepException {
        return new PagePull(
                pages(request, begin.shape(), begin.skips()),
                new PagePull.Rules(
                        begin.shape(),
                        call.config().ofRecords() ? MOST_PAGES : MOST_FILES,
                        begin.backoff(endpoint().errors().backoff())),
                request.payload(),
                connection.services().workers(),
                Objects.requireNonNullElse(begin.resumeFrom(), FilePages.FIRST),
                begin.ordinal());
    }

    @Override
    public @Nullable Payload first(Request request) throws StepException {
        PagePull.Fetched one = PagePull.once(pages(request, "first", false), FilePages.FIRST, governor());
        return one == null || one.empty() ? null : one.page();
    }

    @Override
    public @Nullable Payload alone(Payload payload, String shape) throws StepException {
        ContentConfig content = call.config().content();
        return content == null || call.config().op() != FileConfig.Op.READ
                ? null
                : ContentReader.alone(
                        payload, shape, content, connection.services().spill());
    }

    private PagePull.PageSource pages(Request request, String shape, boolean skips) throws StepException {
        CallScope scope = scope(request);
        Template pattern = call.pattern();
        if (pattern == null) {
            String file = FileNames.file(text(call.path(), scope));
            return records(request, new BrokenRecords(shape, skips, Told.NUMBER), followed -> List.of(file));
        }
        String folder = FileNames.path(text(call.path(), scope));
        Glob glob = new Glob(text(pattern, scope));
        return call.config().ofRecords()
                ? records(
                        request, new BrokenRecords(shape, skips, Told.PLACE), followed -> paths(followed, folder, glob))
                : new FilePages(this, request, folder, glob);
    }

    private RecordPages records(Request request, BrokenRecords broken, RecordPages.Paths paths) {
        ContentConfig content = Objects.requireNonNull(call.config().content());
        String charset = call.config().csv() == null ? "content.charset" : "csv.encoding";
        Path spill = connection.services().spill();
        return new RecordPages(
                this,
                request,
                content.chunk(),
                (file, path) -> FileContent.read(file, path, content, charset, spill),
                broken,
                paths);
    }

    private List<String> paths(Request request, String folder, Glob glob) throws StepException {
        return entries(request, folder, glob, new Following(request)).stream()
                .map(entry -> FileNames.join(folder, entry.name()))
                .toList();
    }

    /** Whether it is on any number of files, so that one which is gone is none. */
    boolean ofPattern() {
        return call.pattern() != null;
    }

    private Payload list(Request request, CallScope scope, Folder.Call one) throws StepException {
        String folder = FileNames.path(text(call.path(), scope));
        Template pattern = call.pattern();
        Glob glob = new Glob(pattern == null ? "*" : text(pattern, scope));
        ObjectNode listing = Json.NODES.objectNode().put("folder", folder);
        var files = listing.putArray("files");
        for (Folder.Entry entry : entries(request, folder, glob, one)) {
            files.addObject()
                    .put("name", entry.name())
                    .put("path", FileNames.join(folder, entry.name()))
                    .put("size", entry.size())
                    .put("modified", entry.modified().toString());
        }
        return request.payload().withBody(new Body.Tree(listing), FILES);
    }

    /** The files that are meant, by name. What has a name that leads elsewhere is left out and reported. */
    List<Folder.Entry> entries(Request request, String folder, Glob glob, Folder.Call one) throws StepException {
        List<Folder.Entry> all = recorded(
                request, deed("LIST", folder), () -> connection.folder().list(folder, one));
        List<Folder.Entry> meant = new ArrayList<>();
        for (Folder.Entry entry : all) {
            if (!FileNames.safe(entry.name())) {
                request.trace()
                        .warn("left out a file of " + connection.folder().shown() + ": its name '"
                                + FileNames.shown(entry.name()) + "' would lead out of the folder");
            } else if (glob.means(entry.name())) {
                meant.add(entry);
            }
        }
        meant.sort(Comparator.comparing(Folder.Entry::name));
        return meant;
    }

    Payload read(Request request, String path, Folder.Call one) throws StepException {
        Deed deed = deed("READ", path);
        Contents contents = recorded(request, deed, () -> {
            Contents taken = new Contents(path, connection.services().spill(), most, one);
            connection.folder().read(path, taken, one);
            deed.received(taken.size());
            return taken;
        });
        return request.payload()
                .withBody(contents.body(), RecordPath.ROOT)
                .withMeta("file.path", path)
                .withMeta("file.name", FileNames.nameOf(path))
                .withMeta("file.size", String.valueOf(contents.size()));
    }

    private Payload write(Request request, String path, Folder.Call one) throws StepException {
        ContentConfig content = call.config().content();
        if (content == null) {
            return write(request, request.payload(), path, one);
        }
        Payload written = written(request, content);
        try {
            return write(request, written, path, one);
        } finally {
            Spill.delete(written);
        }
    }

    /** The payload in its format, on disk: what is sent is whole, and can be sent again. */
    private Payload written(Request request, ContentConfig content) throws StepException {
        try {
            Path folder = Files.createDirectories(connection.services().spill());
            Path file = Files.createTempFile(folder, "content-", ".spill");
            boolean whole = false;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
                ContentWriter.write(request.payload(), content, request.queuedAt(), out);
                whole = true;
            } finally {
                if (!whole) {
                    Files.deleteIfExists(file);
                }
            }
            return request.payload()
                    .withBody(new Body.Stored(file, ContentWriter.type(content), Files.size(file)), RecordPath.ROOT);
        } catch (IOException e) {
            throw new StepException(
                    Owner.INTERNAL, "SPILL_FAILED", "the disk of the runtime does not take what is written", e);
        }
    }

    private Payload write(Request request, Payload payload, String path, Folder.Call one) throws StepException {
        byte[] bytes = payload.body() instanceof Body.Stored ? null : payload.bytes();
        Folder.Source source = bytes == null ? payload::stream : () -> new java.io.ByteArrayInputStream(bytes);
        Counted counted = new Counted(source);
        Deed deed = deed("WRITE", path);
        recorded(request, deed, () -> {
            try {
                connection.folder().write(path, counted, placing(request, path), one);
            } finally {
                deed.sent(counted.size());
            }
            return path;
        });
        return request.payload()
                .withBody(
                        new Body.Tree(Json.NODES.objectNode().put("path", path).put("size", counted.size())),
                        RecordPath.ROOT);
    }

    /** Counts what goes out. */
    private static final class Counted implements Folder.Source {
        private final Folder.Source source;
        private final AtomicLong size = new AtomicLong();

        Counted(Folder.Source source) {
            this.source = source;
        }

        long size() {
            return size.get();
        }

        @Override
        public InputStream open() throws IOException {
            size.set(0);
            return new FilterInputStream(source.open()) {
                @Override
                public int read() throws IOException {
                    byte[] single = new byte[1];
                    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
                }

                @Override
                public int read(byte[] into, int from, int most) throws IOException {
                    int read = super.read(into, from, most);
                    size.addAndGet(Math.max(0, read));
                    return read;
                }
            };
        }
    }

    private Payload move(Request request, CallScope scope, Folder.Call one) throws StepException {
        String from = FileNames.file(text(call.path(), scope));
        String to = FileNames.file(text(Objects.requireNonNull(call.to()), scope));
        recorded(request, deed("MOVE", from + " -> " + to), () -> {
            connection.folder().move(from, to, placing(request, to), one);
            return to;
        });
        return request.payload()
                .withBody(
                        new Body.Tree(Json.NODES.objectNode().put("path", from).put("to", to)), RecordPath.ROOT);
    }

    private Payload delete(Request request, String path, Folder.Call one) throws StepException {
        recorded(request, deed("DELETE", path), () -> {
            connection.folder().delete(path, one);
            return path;
        });
        return request.payload()
                .withBody(
                        new Body.Tree(Json.NODES.objectNode().put("path", path).put("deleted", true)), RecordPath.ROOT);
    }

    /** The temporary name is the same on every try, so that a try that broke leaves nothing behind the next one. */
    private Folder.Placing placing(Request request, String path) {
        String mark = Integer.toHexString(request.key().hashCode());
        return new Folder.Placing(
                call.config().createFolder(),
                call.config().existing() == FileConfig.Existing.REPLACE,
                "." + FileNames.nameOf(path) + "." + mark + ".part");
    }

    private Deed deed(String what, String path) {
        return new Deed(what, connection.folder().shown() + "/" + path);
    }

    /** Whatever gives the call up closes what the folder says. */
    static final class Following implements Folder.Call {
        private final Request request;

        Following(Request request) {
            this.request = request;
        }

        @Override
        public void onCancel(Runnable close) {
            request.trace().onCancel(close);
        }

        @Override
        public boolean cancelled() {
            return request.trace().cancelled();
        }
    }
}
