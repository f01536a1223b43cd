package io.patchbay.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders that the program makes for payloads and secrets. */
public final class PrivateFolder {

    private PrivateFolder() {}

    /**
     * Makes a folder, with those above it, that only the program's user may look into; one that is there stays as it is.
     *
     * @throws IOException if it cannot be made
     */
    public static Path make(Path folder) throws IOException {
        if (Files.isDirectory(folder)
                || !folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.createDirectories(folder);
        }
        return Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
