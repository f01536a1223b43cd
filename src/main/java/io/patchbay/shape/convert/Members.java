package io.patchbay.shape.convert;

import io.patchbay.format.Content;
import io.patchbay.format.FormatException;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The members of a zip file, each read as a payload of its own with its name as metadata {@code member.name}. */
final class Members implements Pull {

    private static final String NAME = "member.name";
    private static final int MOST_MEMBERS = 10_000;
    /** Unpacked bytes of one member. */
    private static final long MOST_BYTES = 8L << 30;
    /** How many times larger all members may be than the file; below {@link #ANY} bytes any. */
    private static final long MOST_RATIO = 1_000;

    private static final long ANY = 64L << 20;
    private static final int LONGEST_NAME = 500;

    private final ZipInputStream zip;
    private final Work work;
    private final Payload parent;
    private final Attempt attempt;
    private final boolean skips;
    private final long size;
    private long unpacked;
    private long ordinal;
    private int members;
    private boolean ended;

    /** What is done with a member. */
    interface Work {
        Payload apply(Payload member) throws StepException;
    }

    Members(Payload parent, Attempt attempt, boolean skips, Work work) throws StepException {
        this.parent = parent;
        this.attempt = attempt;
        this.skips = skips;
        this.work = work;
        this.size = parent.body() instanceof Body.Stored stored ? stored.size() : parent.bytes().length;
        try {
            this.zip = new ZipInputStream(new BufferedInputStream(parent.stream(), 64 * 1024));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** What is wrong with a member's name, as the end of a sentence; null for nothing. It may become the name of a file elsewhere. */
    static @Nullable String wrong(String name) {
        boolean leads = name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || java.util.Arrays.asList(name.split("/", -1)).contains("..");
        if (leads) {
            return "has a name that leads out of its folder";
        }
        return name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)
                ? "has a name that is empty, too long, or has control characters"
                : null;
    }

    @Override
    public Element next() {
        try {
            for (ZipEntry entry = ended ? null : zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++members > MOST_MEMBERS) {
                    return failed(refused("it has more than " + MOST_MEMBERS + " members"));
                }
                String wrong = wrong(entry.getName());
                if (wrong != null) {
                    return failed(refused("member " + members + " " + wrong));
                }
                if (!entry.isDirectory()) {
                    return member(entry.getName());
                }
            }
        } catch (IOException e) {
            return failed(broken(e));
        }
        boolean none = members == 0 && !ended;
        close();
        return none ? new Failed(refused("it is none, or has no members")) : new End();
    }

    private Element member(String name) throws IOException {
        Files.createDirectories(attempt.spillFolder());
        Path file = Files.createTempFile(attempt.spillFolder(), "member-", ".spill");
        try {
            long most = Math.min(MOST_BYTES, Math.max(ANY, size * MOST_RATIO) - unpacked);
            InputStream bounded = Content.bounded(zip, Math.max(0, most));
            long length = Files.copy(bounded, file, StandardCopyOption.REPLACE_EXISTING);
            unpacked += length;
            Payload member = parent.withBody(new Body.Stored(file, "application/octet-stream", length), RecordPath.ROOT)
                    .withMeta(NAME, name)
                    .withLineage(parent.lineage().child(attempt.shape(), ordinal));
            try {
                Payload result = work.apply(member);
                ordinal++;
                return new Page(result, null);
            } catch (StepException e) {
                StepException why = new StepException(
                        e.owner(), e.code(), "member '" + name + "' of the zip file: " + e.getMessage(), e.getCause());
                return skips ? aside(member, why) : failed(why);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** A member that goes aside is kept, as far as it fits into memory. */
    private Element aside(Payload member, StepException why) {
        boolean small = member.body() instanceof Body.Stored stored && stored.size() <= Packing.MOST_ASIDE;
        Body body = small ? new Body.Bytes(member.bytes(), member.body().contentType()) : Body.EMPTY;
        return new Aside(
                member.withBody(body, RecordPath.ROOT)
                        .withLineage(parent.lineage().alone(attempt.shape(), members - 1)),
                why);
    }

    private static StepException refused(String why) {
        return new StepException(Owner.REMOTE, "NOT_ZIP", "the content is no zip file that is taken: " + why);
    }

    private static StepException broken(IOException thrown) {
        if (thrown instanceof FormatException) {
            return refused("it unpacks to far more than its size");
        }
        return thrown instanceof ZipException || thrown instanceof EOFException
                ? refused("it is damaged or cut, or its members are encrypted")
                : new StepException(Owner.INTERNAL, "DISK", "a member cannot be unpacked", thrown);
    }

    private Failed failed(StepException why) {
        close();
        return new Failed(why);
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
