package io.patchbay.shape.dedupe;

import io.patchbay.payload.Lineage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Marks of records: which payload of the run they are of, and their place in it. */
final class Marks {

    private static final int BYTES = 10;

    private Marks() {}

    /** A record of several. */
    static String of(Lineage lineage, int index) {
        return hash(lineage.text()) + "." + index;
    }

    /** A record that is alone in its payload. */
    static String alone(Lineage lineage) {
        return hash(lineage.text());
    }

    /** What the mark of a record may be that is alone in this payload, if it was alone when it was marked. */
    static List<String> before(Lineage lineage) {
        List<String> marks = new ArrayList<>();
        String text = lineage.text();
        for (int end = text.length(); end > 0; end = text.lastIndexOf('/', end - 1)) {
            marks.add(hash(text.substring(0, end)));
        }
        return marks;
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
