package io.patchbay.shape.convert;

import io.patchbay.format.Alone;
import io.patchbay.format.NotRead;
import io.patchbay.format.ZipMembers;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Body;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of a zip file, each read as a payload of its own with its name as metadata {@code member.name}. */
final class Members implements Pull {

    private static final String NAME = "member.name";

    private final ZipMembers zip;
    private final Work work;
    private final Payload parent;
    private final Attempt attempt;
    private final boolean skips;
    private final Deque<Element> ready = new ArrayDeque<>();
    private long ordinal;

    /** What is done with a member. */
    interface Work {
        Payload apply(Payload member, Asides.Leaving leaving) throws StepException;
    }

    Members(Payload parent, Attempt attempt, boolean skips, @Nullable String chosen, Work work) throws StepException {
        this.parent = parent;
        this.attempt = attempt;
        this.skips = skips;
        this.work = work;
        this.zip = new ZipMembers(parent, attempt.spillFolder(), chosen);
    }

    @Override
    public Element next() {
        if (!ready.isEmpty()) {
            return ready.remove();
        }
        try {
            ZipMembers.Member member = zip.next();
            if (member != null) {
                return member(member);
            }
        } catch (StepException e) {
            return failed(e);
        } catch (IOException e) {
            return failed(ZipMembers.broken(e));
        }
        close();
        return new End();
    }

    private Element member(ZipMembers.Member unpacked) throws IOException {
        boolean kept = false;
        try {
            Payload member = parent.withMeta(NAME, unpacked.name());
            Body body = unpacked.body();
            Payload alone = Alone.of(body, Alone.MEMBER, member, attempt.shape(), unpacked.index());
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
                Files.deleteIfExists(unpacked.file());
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

    private Failed failed(StepException why) {
        close();
        return new Failed(why);
    }

    @Override
    public void close() {
        zip.close();
    }
}
