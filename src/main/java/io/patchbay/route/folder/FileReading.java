package io.patchbay.route.folder;

import io.patchbay.problem.Location;
import io.patchbay.problem.Problem;
import io.patchbay.route.folder.FolderScan.Seen;
import io.patchbay.route.folder.FolderScan.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a file: the file, or a problem, or neither when it changed while it was read.
 *
 * @param file the file, or null
 * @param problem why it cannot be read, or null
 */
record FileReading(@Nullable SourceFile file, @Nullable Problem problem) {

    private static final FileReading UNSTEADY = new FileReading(null, null);

    /** Whether the file changed while it was read. */
    boolean unsteady() {
        return file == null && problem == null;
    }

    static FileReading of(String path, Seen seen, FolderLimits limits) {
        if (seen.stamp().size() > limits.fileBytes()) {
            return broken(
                    path,
                    "FILE_TOO_LARGE",
                    "the file has " + seen.stamp().size() + " bytes, more than " + limits.fileBytes(),
                    null);
        }
        try (InputStream in = Files.newInputStream(seen.file())) {
            byte[] bytes = in.readNBytes((int) limits.fileBytes() + 1);
            Stamp after = Stamp.of(Files.readAttributes(seen.file(), BasicFileAttributes.class));
            if (!after.equals(seen.stamp()) || bytes.length != after.size()) {
                return UNSTEADY;
            }
            return new FileReading(new SourceFile(path, seen.root(), seen.kind(), text(bytes), sha256(bytes)), null);
        } catch (NoSuchFileException e) {
            return UNSTEADY;
        } catch (CharacterCodingException e) {
            return broken(path, "NOT_UTF8", "the file is not UTF-8 text", "save it with the encoding UTF-8");
        } catch (IOException e) {
            return broken(
                    path,
                    "FILE_UNREADABLE",
                    "the file cannot be read",
                    "check that the user of the program may read it");
        }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static FileReading broken(String path, String code, String what, @Nullable String hint) {
        return new FileReading(null, new Problem(Location.of(path), Problem.Severity.ERROR, code, what, hint));
    }
}
