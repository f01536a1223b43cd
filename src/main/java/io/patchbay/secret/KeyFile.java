package io.patchbay.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A file of keys, one a line, the newest first; locked while it is read or changed, so that two processes make one key. */
final class KeyFile {

    private static final int LARGEST = 64 * 1024;
    private static final int KEPT = 2;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;
    private final SecureRandom random;

    KeyFile(Path path, SecureRandom random) {
        this.path = path;
        this.random = random;
    }

    Path path() {
        return path;
    }

    /** Its keys; the first one is made when there is none. */
    List<SealKey> open() {
        return changed(keys -> keys);
    }

    /** Its keys behind a new one. */
    List<SealKey> renew() {
        return changed(keys -> {
            List<SealKey> more = new ArrayList<>(keys);
            more.add(0, SealKey.random(random));
            return List.copyOf(more);
        });
    }

    /** The newest key, and the one before it for processes and backups that are behind. */
    List<SealKey> forgetOld() {
        return changed(keys -> keys.subList(0, Math.min(KEPT, keys.size())));
    }

    @SuppressWarnings("try") // the lock is held, not read
    private List<SealKey> changed(UnaryOperator<List<SealKey>> change) {
        synchronized (KeyFile.class) { // a lock on a file is the process's, not the thread's
            try (FileChannel channel = FileChannel.open(
                            path,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                            ownerOnly());
                    var lock = channel.lock()) {
                refuseIfOthersRead();
                List<SealKey> before = channel.size() == 0 ? List.of() : read(channel);
                List<SealKey> after = change.apply(before.isEmpty() ? List.of(SealKey.random(random)) : before);
                if (!after.equals(before)) {
                    write(channel, after);
                }
                return after;
            } catch (IOException e) {
                throw new SealException("the key file " + path + " cannot be used: " + e.getMessage(), e);
            }
        }
    }

    private List<SealKey> read(FileChannel channel) throws IOException {
        if (channel.size() > LARGEST) {
            throw new SealException("the key file " + path + " is larger than " + LARGEST + " bytes");
        }
        byte[] bytes = Channels.newInputStream(channel).readAllBytes();
        return SealKey.parse(new String(bytes, StandardCharsets.US_ASCII), "the key file " + path);
    }

    /**
     * Writes in place, because a lock is on the file and not on its name. New keys are in front and what follows is written
     * before the file is cut, in one call of less than a disk's block.
     */
    private static void write(FileChannel channel, List<SealKey> keys) throws IOException {
        String text = keys.stream().map(key -> key.text() + "\n").collect(Collectors.joining());
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
        long length = bytes.remaining();
        channel.position(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.truncate(length);
        channel.force(true);
    }

    private void refuseIfOthersRead() throws IOException {
        if (!posix()) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
        if (mode.stream().anyMatch(one -> !one.name().startsWith("OWNER_"))) {
            throw new SealException(
                    "the key file " + path + " may be used by others (" + PosixFilePermissions.toString(mode)
                            + "), so it is not used; mend it with `chmod 600 " + path
                            + "`, and if others may have read it, rotate the key afterwards");
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return posix() ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)} : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
