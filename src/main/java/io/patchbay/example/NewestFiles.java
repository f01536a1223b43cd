package io.patchbay.example;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.jspecify.annotations.Nullable;

/** Keeps the newest files of a folder and deletes the others, so that an example left running does not fill the disk. */
final class NewestFiles implements SftpEventListener {

    static final int KEPT = 100;

    private final Path folder;

    NewestFiles(Path folder) {
        this.folder = folder;
    }

    /** A finished upload is a rename: clients write under another name first. */
    @Override
    public void moved(
            ServerSession session, Path source, Path target, Collection<CopyOption> options, @Nullable Throwable thrown)
            throws IOException {
        if (thrown == null) {
            prune();
        }
    }

    private synchronized void prune() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(NewestFiles::changed).reversed())
                    .toList();
        }
        for (Path file : files.subList(Math.min(KEPT, files.size()), files.size())) {
            Files.deleteIfExists(file);
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // Gone since it was listed: nothing is left to delete.
            return FileTime.fromMillis(0);
        }
    }
}
