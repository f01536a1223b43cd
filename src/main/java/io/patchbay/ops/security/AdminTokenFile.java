package io.patchbay.ops.security;

import io.patchbay.home.PrivateFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

/**
 * Where the administrator's token comes from when the environment names none: the first start makes one, shows it once and
 * keeps a salted hash in {@code data/admin-token.hash}, readable for the owner only. Whoever lost the token deletes that file.
 */
final class AdminTokenFile {

    /**
     * Few rounds on purpose: a token of 256 random bits cannot be guessed however cheap a guess is, while a slow check would
     * let anybody keep a processor busy with wrong tokens.
     */
    private static final int ROUNDS = 10_000;

    private static final int SALT_BYTES = 16;
    private static final int TOKEN_BYTES = 32;

    private final Path file;
    private final SecureRandom random;
    private final PrintStream out;

    /** @param out where the new token is shown, once */
    AdminTokenFile(Path file, SecureRandom random, PrintStream out) {
        this.file = file;
        this.random = random;
        this.out = out;
    }

    static PasswordEncoder encoder() {
        return new Pbkdf2PasswordEncoder("", SALT_BYTES, ROUNDS, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
    }

    /** The kept token, or a new one. */
    AdminToken open() {
        try {
            return Files.exists(file) ? kept() : made();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use '" + file + "', which keeps the hash of the admin token", e);
        }
    }

    private AdminToken kept() throws IOException {
        String hash = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (!hash.matches("[0-9a-f]{32,}")) {
            throw new IllegalStateException(
                    "'" + file + "' holds no token hash; delete it and the next start makes a new token");
        }
        return AdminToken.ofHash(encoder(), hash);
    }

    private AdminToken made() throws IOException {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        PasswordEncoder encoder = encoder();
        if (!write(encoder.encode(token))) {
            return kept();
        }
        out.printf(
                "%nAdministrator's token, shown this once: %s%n"
                        + "  Hawtio: user admin, this token as password. API: Authorization: Bearer <token>.%n"
                        + "  Only its hash is kept, in %s; PATCHBAY_ADMIN_TOKEN sets a token of your own.%n%n",
                token, file);
        out.flush();
        return AdminToken.of(encoder, token);
    }

    /** False when another process made the file in the meantime. */
    private boolean write(String hash) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            PrivateFolder.make(folder);
        }
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, fresh, ownerOnly())) {
            channel.write(ByteBuffer.wrap((hash + "\n").getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
