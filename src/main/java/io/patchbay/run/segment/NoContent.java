package io.patchbay.run.segment;

import java.io.IOException;

/** What lies in a store of objects that is not named any more: it is neither read nor deleted. */
record NoContent() implements SegmentContent {

    @Override
    public String place() {
        return ObjectContent.PLACE;
    }

    @Override
    public byte[] read(String segment, long at, int length) throws IOException {
        throw new IOException("it lies in a store of objects, and patchbay.history.objects.bucket names none");
    }

    @Override
    public void delete(String segment) throws IOException {
        throw new IOException("it lies in a store of objects, and patchbay.history.objects.bucket names none");
    }
}
