package io.patchbay.cli;

import io.patchbay.connector.openapi.DescriptionText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Descriptions of interfaces that a command is given as files. */
final class DescriptionFile {

    private DescriptionFile() {}

    /** The text. @throws Refused if there is no such file, or it is too large or no text */
    static String read(Terminal terminal, Path file) throws IOException {
        Path whole = terminal.folder().resolve(file);
        if (!Files.isRegularFile(whole)) {
            throw new Refused(Refused.WRONG_USE, "There is no file " + file + ".");
        }
        if (Files.size(whole) > DescriptionText.LARGEST) {
            throw new Refused(Refused.WRONG_USE, file + " has more than 20 MB.");
        }
        try {
            return Files.readString(whole);
        } catch (CharacterCodingException e) {
            throw new Refused(Refused.WRONG_USE, file + " is not a text in UTF-8.");
        }
    }
}
