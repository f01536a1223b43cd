package io.patchbay.blueprint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What a zip says of the kinds of its files. It stands in its directory, which a stream over its entries does not come to. */
final class ZipKinds {

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int UNIX = 3;
    private static final int KIND = 0xf000;
    private static final int FILE = 0x8000;
    private static final int FOLDER = 0x4000;

    private ZipKinds() {}

    /** @throws BlueprintException when one of its files is a link, a device or the like, or when it has no directory */
    static void onlyFiles(byte[] zip) {
        ByteBuffer all = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = end(all);
        int count = all.getShort(end + 10) & 0xffff;
        long at = all.getInt(end + 16) & 0xffffffffL;
        for (int i = 0; i < count; i++) {
            if (at + ENTRY_BYTES > end || all.getInt((int) at) != ENTRY) {
                throw cut();
            }
            int entry = (int) at;
            int length = all.getShort(entry + 28) & 0xffff;
            long next = at
                    + ENTRY_BYTES
                    + length
                    + (all.getShort(entry + 30) & 0xffff)
                    + (all.getShort(entry + 32) & 0xffff);
            if (next > end) {
                throw cut();
            }
            boolean unix = all.get(entry + 5) == UNIX;
            int kind = all.getShort(entry + 40) & KIND;
            if (unix && kind != 0 && kind != FILE && kind != FOLDER) {
                throw new BlueprintException("it has '"
                        + new String(zip, entry + ENTRY_BYTES, length, StandardCharsets.UTF_8)
                        + "', which is a link or the like; an archive of a blueprint has files alone");
            }
            at = next;
        }
    }

    /** Where the end of the directory is told: last in the file, before a comment. */
    private static int end(ByteBuffer all) {
        int first = Math.max(0, all.limit() - END_BYTES - LONGEST_COMMENT);
        for (int at = all.limit() - END_BYTES; at >= first; at--) {
            if (all.getInt(at) == END) {
                return at;
            }
        }
        throw cut();
    }

    private static BlueprintException cut() {
        return new BlueprintException("it is no zip file, or is cut off");
    }
}
