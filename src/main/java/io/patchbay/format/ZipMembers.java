package io.patchbay.format;

import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The members of a zip file, one after the other, each unpacked to a file of its own. A file of far more or far larger members than any that is meant is refused. */
public final class ZipMembers implements Closeable {

    private static final int MOST_MEMBERS = 10_000;
    /** Unpacked bytes of one member. */
    private static final long MOST_BYTES = 8L << 30;
    /** How many times larger all members may be than the file; below {@link #ANY} bytes any. */
    private static final long MOST_RATIO = 1_000;

    private static final long ANY = 64L << 20;
    private static final int LONGEST_NAME = 500;

    private final ZipInputStream zip;
    private final Path folder;
    private final @Nullable ChosenMembers chosen;
    private final long size;
    private long unpacked;
    private int members;
    private boolean ended;

    /**
     * A member.
     *
     * @param index among the members, from 0
     * @param file that holds it; whoever takes the member deletes it
     */
    public record Member(String name, int index, Path file, long size) {
        /** It as a body. */
        public Body body() {
            return new Body.Stored(file, "application/octet-stream", size);
        }
    }

    /**
     * The members of a payload that is a zip file.
     *
     * @param folder for what is unpacked
     * @param chosen pattern of those that are read; null for all
     */
    public ZipMembers(Payload packed, Path folder, @Nullable String chosen) throws StepException {
        this.folder = folder;
        this.chosen = chosen == null ? null : new ChosenMembers(chosen);
        this.size = packed.body() instanceof Body.Stored stored ? stored.size() : packed.bytes().length;
        try {
            this.zip = new ZipInputStream(new BufferedInputStream(packed.stream(), 64 * 1024), MemberNames.CHARSET);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** What is wrong with a member's name, as the end of a sentence; null for nothing. It may become the name of a file elsewhere. */
    public static @Nullable String wrong(String name) {
        boolean leads = name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || Arrays.asList(name.split("/", -1)).contains("..");
        if (leads) {
            return "has a name that leads out of its folder";
        }
        return name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)
                ? "has a name that is empty, too long, or has control characters"
                : null;
    }

    /** The next one, folders left out; null behind the last. @throws StepException when it is no zip file that is taken */
    public @Nullable Member next() throws StepException {
        if (ended) {
            return null;
        }
        try {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++members > MOST_MEMBERS) {
                    throw refused("it has more than " + MOST_MEMBERS + " members");
                }
                String wrong = wrong(entry.getName());
                if (wrong != null) {
                    throw refused("member " + members + " " + wrong);
                }
                if (entry.isDirectory()) {
                    continue;
                }
                if (chosen == null || chosen.means(entry.getName())) {
                    return unpacked(entry.getName());
                }
                unpacked += bounded().transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw broken(e);
        } catch (IllegalArgumentException e) {
            throw refused("it is damaged, or a member has a name that is none");
        }
        ended = true;
        if (members == 0) {
            throw refused("it is none, or has no members");
        }
        if (chosen != null) {
            chosen.refuseNone();
        }
        return null;
    }

    private Member unpacked(String name) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "member-", ".spill");
        try {
            long length = Files.copy(bounded(), file, StandardCopyOption.REPLACE_EXISTING);
            unpacked += length;
            return new Member(name, members - 1, file, length);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** What is left of a member, and ends with an error where all of them have too much. */
    private InputStream bounded() {
        long most = Math.min(MOST_BYTES, Math.max(ANY, size * MOST_RATIO) - unpacked);
        return Content.bounded(zip, Math.max(0, most));
    }

    private static StepException refused(String why) {
        return new StepException(Owner.REMOTE, "NOT_ZIP", "the content is no zip file that is taken: " + why);
    }

    /** Why a zip file, or a member of it, cannot be read. */
    public static StepException broken(IOException thrown) {
        if (thrown instanceof FormatException) {
            return refused("it unpacks to far more than its size: beyond " + (ANY >> 20) + " MB to " + MOST_RATIO
                    + " times as much at most, and to " + (MOST_BYTES >> 30) + " GB at most");
        }
        return thrown instanceof ZipException || thrown instanceof EOFException
                ? refused("it is damaged or cut, or its members are encrypted")
                : new StepException(Owner.INTERNAL, "DISK", "a member cannot be unpacked", thrown);
    }

    @Override
    public void close() {
        ended = true;
        try {
            zip.close();
        } catch (IOException e) {
            // what was read of it is whole
        }
    }
}
