package io.patchbay.secret;

import io.patchbay.expression.SecretNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * Finds secrets by name. {@code ${secret.SHOP_TOKEN}} is looked up as the environment variable or property {@code
 * PATCHBAY_SECRET_SHOP_TOKEN}, then as the file {@code SHOP_TOKEN} in the secrets folder; the prefix keeps files from reading
 * the rest of the environment. A name like {@code ${secret['hashicorp:secret/shop#token']}} goes to the vault of that
 * name. What is found is made known to the redactor at once.
 */
public final class Secrets {

    /** Stands before a secret's name in the environment. */
    public static final String PREFIX = "PATCHBAY_SECRET_";

    private static final int LARGEST_FILE = 64 * 1024;

    private final Function<String, @Nullable String> environment;
    private final Path folder;
    private final Function<String, Optional<String>> vaults;
    private final Redactor redactor;

    /**
     * Secrets of these places.
     *
     * @param environment environment variables and properties by name
     * @param folder where each file is one secret, like {@code /run/secrets}
     * @param vaults gives the value for {@code hashicorp:path#field} and the like; throws when it cannot be asked
     * @param redactor learns every value
     */
    public Secrets(
            Function<String, @Nullable String> environment,
            Path folder,
            Function<String, Optional<String>> vaults,
            Redactor redactor) {
        this.environment = environment;
        this.folder = folder;
        this.vaults = vaults;
        this.redactor = redactor;
    }

    /** It is not known whether there is a secret: its place could not be asked. Another time may be better. */
    public static final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The secret of a name; empty when no place has it, or the name cannot be one.
     *
     * @throws UnreachableException when its place could not be asked
     */
    public Optional<Secret> find(String name) {
        Optional<String> value = SecretNames.plain(name) ? plain(name) : vault(name);
        value.ifPresent(found -> redactor.learnChosen(name, found));
        return value.map(Secret::new);
    }

    /** Knows the values that must not be shown. */
    public Redactor redactor() {
        return redactor;
    }

    private Optional<String> plain(String name) {
        String value = environment.apply(PREFIX + name);
        return value != null && !value.isEmpty() ? Optional.of(value) : file(name);
    }

    private Optional<String> file(String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IllegalStateException("secret file '" + name + "' is larger than " + LARGEST_FILE + " bytes");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            String value = text.endsWith("\r\n")
                    ? text.substring(0, text.length() - 2)
                    : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            return value.isEmpty() ? Optional.empty() : Optional.of(value);
        } catch (IOException e) {
            throw new UnreachableException("secret file '" + name + "' cannot be read", e);
        }
    }

    private Optional<String> vault(String name) {
        if (!SecretNames.inVault(name)) {
            return Optional.empty();
        }
        try {
            return vaults.apply(name).filter(value -> !value.isEmpty());
        } catch (RuntimeException e) {
            // Its class says which kind of trouble it is; its text may hold what was sent.
            String kind =
                    NestedExceptionUtils.getMostSpecificCause(e).getClass().getSimpleName();
            throw new UnreachableException(
                    "the vault of the secret '" + name + "' could not be asked (" + kind + ")", e);
        }
    }
}
