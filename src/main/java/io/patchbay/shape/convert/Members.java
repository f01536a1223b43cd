package io.patchbay.shape.convert;

import io.patchbay.format.Alone;
import io.patchbay.format.Content;
import io.patchbay.format.FormatException;
import io.patchbay.format.NotRead;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
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
    private final Deque<Element> ready = new ArrayDeque<>();
    private long unpacked;
    private long ordinal;
    private int members;
    private boolean ended;

    /** What is done with a member. */
    interface Work {
        Payload apply(Payload member, Asides.Leaving leaving) throws StepException;
    }

    Members(Payload parent, Attempt attempt, boolean skips, Work work) throws StepException {
        this.parent = parent;
        this.attempt = attempt;
        this.skips = skips;
        this.work = work;
        this.size = parent.body() instanceof Body.Stored stored ? stored.size() : parent.bytes().length;
        try {
            this.zip = new ZipInputStream(new BufferedInputStream(parent.stream(), 64 * 1024), MemberNames.CHARSET);
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
        if (!ready.isEmpty()) {
            return ready.remove();
        }
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
        } catch (IllegalArgumentException e) {
            return failed(refused("it is damaged, or a member has a name that is none"));
        }
        boolean none = members == 0 && !ended;
        close();
        return none ? new Failed(refused("it is none, or has no members")) : new End();
    }

    private Element member(String name) throws IOException {
        Files.createDirectories(attempt.spillFolder());
        Path file = Files.createTempFile(attempt.spillFolder(), "member-", ".spill");
        boolean kept = false;
        try {
            long most = Math.min(MOST_BYTES, Math.max(ANY, size * MOST_RATIO) - unpacked);
            InputStream bounded = Content.bounded(zip, Math.max(0, most));
            long length = Files.copy(bounded, file, StandardCopyOption.REPLACE_EXISTING);
            unpacked += length;
            Payload member = parent.withMeta(NAME, name);
            Body body = new Body.Stored(file, "application/octet-stream", length);
            Payload alone = Alone.of(body, Alone.MEMBER, member, attempt.shape(), members - 1);
            try {
                take(member.withBody(body, RecordPath.ROOT).withLineage(alone.lineage()));
            } catch (StepException e) {
                StepException why = inMember(member, e);
                if (!skips) {
                    return failed(why);
                }
                kept = true; // the run owns it with the payload
                return new Aside(alone, why);
            }
            return ready.remove();
        } finally {
            if (!kept) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A member is a page; its records that are wrong leave before it. */
    private void take(Payload member) throws StepException {
        List<Element> left = new ArrayList<>();
        Payload result = work.apply(member, (alone, index, why) -> left.add(new Aside(alone, inMember(member, why))));
        ready.addAll(left);
        ready.add(new Page(result.withLineage(parent.lineage().child(attempt.shape(), ordinal++)), null));
    }

    private static StepException inMember(Payload member, StepException why) {
        String file = member.meta().get("file.name");
        return new StepException(
                why.owner(),
                why.code(),
                "member '" + member.meta().get(NAME) + "' of the zip file"
                        + (file == null ? "" : " '" + NotRead.shown(file) + "'") + ": " + why.getMessage(),
                why.getCause());
    }

    /** What went aside before is one member, or one record of one, and no zip file. */
    static Pull alone(Payload payload, Attempt attempt, Work work) {
        List<Element> elements = new ArrayList<>();
        try {
            Payload result = work.apply(payload, (alone, index, why) -> elements.add(new Aside(alone, why)));
            elements.add(new Page(result.withLineage(payload.lineage().child(attempt.shape(), 0)), null));
            elements.add(new End());
        } catch (StepException e) {
            elements.clear();
            elements.add(new Failed(e));
        }
        Iterator<Element> each = elements.iterator();
        return new Pull() {
            @Override
            public Element next() {
                return each.next();
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
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
