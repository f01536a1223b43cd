package io.patchbay.shape.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What went into batches, as a digest over the lineages of payloads and how many records they have. A pull that is taken up again
 * finds out by it whether the bucket is, up to the last batch that was kept, what it was. It may have grown behind that: what was cut
 * because nothing more had come is cut there again.
 */
final class Trail {

    private final @Nullable JsonNode before;
    private final long known;
    private final MessageDigest digest = sha256();
    /** After how many payloads everything was cut, because nothing more had come. */
    private final Set<Long> cuts = new TreeSet<>();

    private final Set<Long> toCut = new TreeSet<>();
    private long payloads;

    /**
     * At the beginning.
     *
     * @param before what {@link #at} said of the last batch of an earlier life; null in the first
     * @param known how many batches there were
     */
    Trail(@Nullable JsonNode before, long known) {
        this.before = before;
        this.known = before == null ? 0 : known;
        if (before != null) {
            before.path("cuts").forEach(cut -> toCut.add(cut.asLong()));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a batch was there before. */
    boolean knows(long ordinal) {
        return ordinal < known;
    }

    /** @throws StepException when a further batch comes before all those did that there were: the bucket is not what it was */
    void further() throws StepException {
        if (before != null && payloads < before.path("payloads").asLong()) {
            throw otherwise();
        }
    }

    /** The next payload of the bucket is taken. @throws StepException when the bucket is not what it was */
    void step(Lineage lineage, int records) throws StepException {
        payloads++;
        digest.update((lineage.text() + "|" + records + "\n").getBytes(StandardCharsets.UTF_8));
        if (before != null
                && payloads == before.path("payloads").asLong()
                && !hex().equals(before.path("digest").asText())) {
            throw otherwise();
        }
    }

    /** Whether everything was cut here in an earlier life; said once for each place. */
    boolean cutHere() {
        boolean here = toCut.remove(payloads);
        if (here) {
            cuts.add(payloads);
        }
        return here;
    }

    /** Nothing more comes. @throws StepException when the bucket is not what it was */
    void end() throws StepException {
        if (before != null && payloads < before.path("payloads").asLong()) {
            throw otherwise();
        }
        cuts.add(payloads);
    }

    /** How many payloads were taken. */
    long payloads() {
        return payloads;
    }

    /** Where a batch ends that is cut now. */
    JsonNode at() {
        ObjectNode at = Json.NODES.objectNode().put("payloads", payloads).put("digest", hex());
        cuts.forEach(at.putArray("cuts")::add);
        return at;
    }

    private String hex() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("a digest of the JDK can be cloned", e);
        }
    }

    private static StepException otherwise() {
        return new StepException(
                Owner.INTERNAL,
                "COLLECTED_OTHERWISE",
                "other payloads reached the shape than before the run was taken up again, so what is left of them cannot be told"
                        + " from what was sent; nothing more is sent, and the next run reads them again");
    }
}
