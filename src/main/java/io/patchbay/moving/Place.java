package io.patchbay.moving;

/**
 * Where a value stands in the file that is read.
 *
 * @param pointer JSON Pointer (RFC 6901), empty for the root
 * @param line first line is 1
 * @param column first column is 1
 */
record Place(String pointer, int line, int column) {

    static final Place ROOT = new Place("", 1, 1);

    /** The place of a member or item, which begins where its parent does when nothing more is known. */
    Place in(String key) {
        return new Place(pointer + "/" + escaped(key), line, column);
    }

    static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
