package io.patchbay.connector;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts that stand beside a connector file: below its folder and nowhere else, and not larger than they may be.
 *
 * @param folder the connector's
 * @param shown the folder as people know it
 * @param name form that names have, beginning with {@code ./}
 * @param largest most bytes
 */
record FolderText(Path folder, String shown, Pattern name, long largest) {

    private static final int LONGEST_NAME = 200;

    /** Gets what is wrong with a file. */
    @FunctionalInterface
    interface Report {
        void problem(String code, String what, @Nullable String hint);
    }

    /**
     * The text of a file, or null with a problem.
     *
     * @param wanted what is told of a name of another form
     * @param like a name of the right form
     */
    @Nullable
    String read(String file, String wanted, String like, Report report) {
        if (file.length() > LONGEST_NAME || !name.matcher(file).matches()) {
            report.problem("BAD_PATH", "'" + file + "' is no " + wanted + " of this folder", like);
            return null;
        }
        Path path = folder.resolve(file).normalize();
        try {
            if (!Files.isRegularFile(path)) {
                report.problem(
                        "NO_FILE", "there is no file " + shown + "/" + file.substring(2), "names are case-sensitive");
            } else if (!path.toRealPath().startsWith(folder.toRealPath())) {
                report.problem("OUTSIDE", "'" + file + "' is a link that leads out of the connector's folder", null);
            } else if (Files.size(path) > largest) {
                report.problem("FILE_TOO_LARGE", "'" + file + "' has more than " + largest + " bytes", null);
            } else {
                return Files.readString(path, StandardCharsets.UTF_8);
            }
        } catch (CharacterCodingException e) {
            report.problem("NOT_UTF8", "'" + file + "' is not UTF-8", null);
        } catch (IOException e) {
            report.problem("UNREADABLE", "'" + file + "' cannot be read", null);
        }
        return null;
    }
}
