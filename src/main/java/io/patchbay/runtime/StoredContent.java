package io.patchbay.runtime;

import io.patchbay.payload.Body;
import io.patchbay.store.Store;
import io.patchbay.trigger.file.Bodies;
import java.io.IOException;
import java.io.InputStream;

/** Content of files and messages as bodies of the store. */
record StoredContent(Store store) implements Bodies {
    @Override
    public Body keep(InputStream content, String contentType) throws IOException {
        return store.bodies().keep(content, contentType, Long.MAX_VALUE);
    }

    @Override
    public void discard(Body body) {
        store.bodies().discard(body);
    }
}
