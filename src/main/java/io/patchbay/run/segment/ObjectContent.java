package io.patchbay.run.segment;

import java.io.IOException;

/** Segments in a store of objects: written there when they take no more. */
record ObjectContent(ObjectStore objects) implements SegmentContent {

    static final String PLACE = "object";

    private static final String ENDING = ".segment";

    @Override
    public String place() {
        return PLACE;
    }

    @Override
    public byte[] read(String segment, long at, int length) throws IOException {
        return objects.get(segment + ENDING, at, length);
    }

    @Override
    public void delete(String segment) throws IOException {
        objects.delete(segment + ENDING);
    }

    void put(String segment, java.nio.file.Path file) throws IOException {
        objects.put(segment + ENDING, file);
    }
}
