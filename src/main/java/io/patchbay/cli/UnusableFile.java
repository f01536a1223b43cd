package io.patchbay.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Says of a file that cannot be read or written what is in the way, in words for a person. */
final class UnusableFile {

    private UnusableFile() {}

    /** One sentence, without the name of a class. */
    static String said(IOException thrown) {
        if (!(thrown instanceof FileSystemException of) || of.getFile() == null) {
            return "A file cannot be read or written: "
                    + (thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage())
                    + ".";
        }
        return of.getFile() + " cannot be read or written: " + why(of) + ".";
    }

    /** The same of one that came through where none is declared. */
    static String said(UncheckedIOException thrown) {
        return said(Objects.requireNonNull(thrown.getCause()));
    }

    private static String why(FileSystemException thrown) {
        if (thrown instanceof NoSuchFileException) {
            return "it is not there, or its folder is not";
        }
        if (thrown instanceof AccessDeniedException) {
            return "the user that runs this has no right to it";
        }
        if (thrown instanceof FileAlreadyExistsException || thrown instanceof NotDirectoryException) {
            return "a file that is there is in the way";
        }
        return thrown.getReason() == null ? "the system says no more" : thrown.getReason();
    }
}
