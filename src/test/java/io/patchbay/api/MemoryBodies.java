package io.patchbay.api;

import io.patchbay.payload.Body;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Bodies on the heap. */
final class MemoryBodies implements Bodies {

    final List<Body> discarded = new ArrayList<>();

    @Override
    public Body keep(InputStream in, String contentType, long most) throws IOException {
        byte[] bytes = in.readNBytes((int) most + 1);
        if (bytes.length > most) {
            throw new BodyTooLargeException(most);
        }
        return new Body.Bytes(bytes, contentType);
    }

    @Override
    public void discard(Body body) {
        discarded.add(body);
    }
}
