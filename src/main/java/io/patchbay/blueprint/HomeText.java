package io.patchbay.blueprint;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of a home as texts: lines end alike, and what is no text is refused before it is written back as something else. */
final class HomeText {

    private HomeText() {}

    /** @throws BlueprintException when it is not UTF-8 */
    static String read(Path file) throws IOException {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (CharacterCodingException e) {
            throw new BlueprintException(file + " is not UTF-8 text; save it as UTF-8, or move it away");
        }
    }
}
