package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where placeholders and conditions read their values. Answers are never changed by the reader. */
public interface Scope {

    /**
     * The value of a root that is a tree: {@code record}, {@code payload}, {@code run}, {@code error}, and in connector files
     * {@code settings}, {@code with}, {@code auth}, {@code header}, {@code input}; a missing node when there is none here.
     */
    JsonNode tree(String root);

    /**
     * The value of a name under a root that is looked up by name: {@code meta}, {@code flow}, {@code os}, {@code secret}; null
     * when it is missing.
     */
    @Nullable
    JsonNode named(String root, String name);

    /** A lookup table; null when there is none of that name. */
    @Nullable
    LookupTable table(String name);

    /**
     * What a function of a script returns for a value.
     *
     * @param data what it is given beside the flow's variables and the metadata
     * @throws ExpressionException when it returns nothing that can be used
     */
    default JsonNode script(String file, String function, ObjectNode data) {
        throw new ExpressionException("NO_SCRIPT", "script '" + file + "' cannot be called here");
    }

    /**
     * A digest with a secret as its key; the secret stays where it is.
     *
     * @param secret its name
     * @param algorithm as the JDK calls it, like {@code HmacSHA256}
     * @throws ExpressionException when there is no such secret here
     */
    default byte[] proof(String secret, String algorithm, byte[] content) {
        return Proofs.NONE.of(secret, algorithm, content);
    }

    /** When the run's start was queued: what relative dates hang on. */
    Instant queuedAt();

    /** Where one tree reads, under the name of its root, and nothing else. */
    static Scope of(String only, JsonNode values) {
        return new OneTree(only, values);
    }
}
