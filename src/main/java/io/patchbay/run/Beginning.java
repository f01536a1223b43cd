package io.patchbay.run;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Keeps the beginning of what is written, and counts all of it. */
final class Beginning extends OutputStream {

    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long size;

    Beginning(int most) {
        this.most = most;
    }

    @Override
    public void write(int one) {
        size++;
        if (kept.size() < most) {
            kept.write(one);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        size += length;
        kept.write(bytes, offset, Math.min(length, most - kept.size()));
    }

    /** How many bytes were written. */
    long size() {
        return size;
    }

    /** Whether all of it is kept. */
    boolean whole() {
        return size == kept.size();
    }

    /** What is kept; where it is cut, it ends with a whole sign of UTF-8. */
    byte[] bytes() {
        byte[] bytes = kept.toByteArray();
        if (whole()) {
            return bytes;
        }
        int end = bytes.length;
        int tail = 0;
        while (end > 0 && tail < 4 && (bytes[end - 1] & 0xC0) == 0x80) {
            end--;
            tail++;
        }
        return java.util.Arrays.copyOf(bytes, end > 0 && (bytes[end - 1] & 0x80) != 0 ? end - 1 : end);
    }
}
