package io.patchbay.secret;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which secrets maps may use. Whoever writes a flow chooses the text that a map proves, and a weak secret can be guessed from its
 * proofs: what serves systems, or proves the calls of others, is not theirs.
 *
 * @param names whole names, or beginnings that end in {@code *}
 */
public record OpenSecrets(List<String> names) {

    /** All, where secrets are made up. */
    public static final OpenSecrets ALL = new OpenSecrets(List.of("*"));

    /** @throws IllegalArgumentException if a star stands elsewhere than at the end: such a name would open nothing */
    public OpenSecrets {
        names = List.copyOf(names);
        for (String name : names) {
            if (name.isBlank() || name.substring(0, name.length() - 1).contains("*")) {
                throw new IllegalArgumentException(
                        "patchbay.secrets.in-maps has names, or beginnings of names that end in *," + " like MAP_*; '"
                                + name + "' is neither");
            }
        }
    }

    /** Whether maps may use it. */
    public boolean has(String secret) {
        return names.stream()
                .anyMatch(name -> name.endsWith("*")
                        ? secret.startsWith(name.substring(0, name.length() - 1))
                        : secret.equals(name));
    }

    /** What to say of a secret that maps may not use. */
    String closed(String secret) {
        return "the secret '" + secret
                + "' is not open to maps: the setting patchbay.secrets.in-maps, which is of whoever runs the"
                + " program, has "
                + (names.isEmpty() ? "none" : String.join(", ", names));
    }

    /** What can be said of a secret without looking for it: whether maps may use it. */
    public @Nullable String lacks(String secret) {
        return has(secret) ? null : closed(secret);
    }
}
