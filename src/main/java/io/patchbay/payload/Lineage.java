package io.patchbay.payload;

/**
 * Where a payload comes from: {@code run/shape#ordinal/shape#ordinal…}. The same payload has the same lineage under retry,
 * resume and replay, so it is the key of checkpoints and of idempotency.
 *
 * @param text the whole path
 */
public record Lineage(String text) {

    /** The payload that a run begins with. */
    public static Lineage ofRun(String runId) {
        return new Lineage(runId);
    }

    /** The payload that a shape yields as its {@code ordinal}th (from 0) from this one. */
    public Lineage child(String shape, long ordinal) {
        return new Lineage(text + "/" + shape + "#" + ordinal);
    }

    /** The record with this index (from 0) that failed in a shape and left its page. */
    public Lineage alone(String shape, long index) {
        return child(shape + "!", index);
    }

    /** The same of a record of one of several contents that the shape reads for one payload. */
    public Lineage alone(String shape, String content, long index) {
        return child(shape + "@" + content + "!", index);
    }

    /** Whether this, which was made from another lineage, went through a record that left its page behind that. */
    public boolean alone(String behind) {
        return text.indexOf("!#", behind.length()) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
