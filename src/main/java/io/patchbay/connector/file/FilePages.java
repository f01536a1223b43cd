package io.patchbay.connector.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Request;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.connector.paging.PagesAfter;
import io.patchbay.format.Glob;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that a pattern names, by name, one payload each. A file that went away since the listing is passed over. */
final class FilePages extends PagesAfter {

    static final JsonNode FIRST = Json.NODES.objectNode();

    private final FileOperation operation;
    private final String folder;
    private final Glob glob;
    private @Nullable List<Folder.Entry> files;

    FilePages(FileOperation operation, Request request, String folder, Glob glob) {
        super(request, operation.governor());
        this.operation = operation;
        this.folder = folder;
        this.glob = glob;
    }

    @Override
    protected Fetched next(String after) throws StepException {
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
        JsonNode next = after(name);
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
}
