package io.patchbay.run;

import io.patchbay.payload.Bucket;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Merges what paths yielded, each in the order of the payloads that went into all of them. */
final class Merging {

    private final List<Iterator<Payload>> paths;
    private final List<@Nullable Payload> heads = new ArrayList<>();

    Merging(List<Iterator<Payload>> paths) {
        this.paths = paths;
        paths.forEach(path -> heads.add(path.hasNext() ? path.next() : null));
    }

    /** Adds everything to a bucket: payload by payload of what went in, and for each of them path by path. */
    void into(Bucket bucket, Iterable<Payload> input) {
        for (Payload parent : input) {
            for (int path = 0; path < heads.size(); path++) {
                for (Payload head = heads.get(path); head != null && madeFrom(parent.lineage(), head); ) {
                    bucket.add(head);
                    head = advance(path);
                }
            }
        }
        for (int path = 0; path < heads.size(); path++) {
            for (Payload head = heads.get(path); head != null; head = advance(path)) {
                bucket.add(head);
            }
        }
    }

    private static boolean madeFrom(Lineage parent, Payload payload) {
        String text = payload.lineage().text();
        return text.startsWith(parent.text())
                && (text.length() == parent.text().length()
                        || text.charAt(parent.text().length()) == '/');
    }

    private @Nullable Payload advance(int path) {
        Iterator<Payload> payloads = paths.get(path);
        Payload next = payloads.hasNext() ? payloads.next() : null;
        heads.set(path, next);
        return next;
    }
}
