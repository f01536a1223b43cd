package io.patchbay.secret;

import java.util.List;

/**
 * Which secrets maps may use. Whoever writes a flow chooses the text that a map proves, and a weak secret can be guessed from its
 * proofs: what serves systems, or proves the calls of others, is not theirs.
 *
 * @param names whole names, or beginnings that end in {@code *}
 */
public record OpenSecrets(List<String> names) {

    /** All, where secrets are made up. */
    public static final OpenSecrets ALL = new OpenSecrets(List.of("*"));

    public OpenSecrets {
        names = List.copyOf(names);
    }

    /** Whether maps may use it. */
    public boolean has(String secret) {
        return names.stream()
                .anyMatch(name -> name.endsWith("*")
                        ? secret.startsWith(name.substring(0, name.length() - 1))
                        : secret.equals(name));
    }
}
