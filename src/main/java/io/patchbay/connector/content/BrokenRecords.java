package io.patchbay.connector.content;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.format.Alone;
import io.patchbay.format.FormatException;
import io.patchbay.format.FormatName;
import io.patchbay.payload.Body;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull.Aside;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records of files and answers that cannot be read, where the run goes on without them: payloads of their own, with what is said of their files. One that was
 * handed on is not handed on again when its file is read a second time.
 */
public final class BrokenRecords {

    /** Metadata: the member of a zip file that records are in. */
    static final String MEMBER = "member.name";

    private final String shape;
    private final boolean skips;
    private final Told told;
    private final List<Broken> found = new ArrayList<>();
    private int asides;
    private long bytes;
    private long number;
    /** Number of the last one that could be read. */
    private long readLast;

    private int unread;
    private int unreadLast;
    private @Nullable String handedOf;
    private final Set<Lineage> handed = new HashSet<>();

    /** By what a record is told. */
    public enum Told {
        /** By its number: there is one file. */
        NUMBER,
        /** By its number and the place that it comes from: there are several. */
        PLACE,
        /** By what it holds, too: what is asked for again may be another content. */
        CONTENT
    }

    /**
     * One that was found.
     *
     * @param file whose records are read
     * @param number of the record
     * @param size in bytes
     */
    private record Broken(Aside aside, Lineage file, long number, int size) {}

    /**
     * Of a pull.
     *
     * @param shape that reads
     * @param skips whether they go aside; else the first of them is the failure of all
     * @param told by what a record is told from others of the pull
     */
    public BrokenRecords(String shape, boolean skips, Told told) {
        this.shape = shape;
        this.skips = skips;
        this.told = told;
    }

    /** A file is read from its beginning. */
    public void begin() {
        number = 0;
        readLast = 0;
        unread = 0;
        unreadLast = 0;
        asides -= found.size();
        found.forEach(one -> bytes -= one.size());
        found.clear();
    }

    /** Asked before each record whether reading goes on. */
    public interface Going {
        /** Does nothing when it does. @throws StepException when it does not */
        void on() throws StepException;
    }

    /**
     * The next record that can be read; those before it that cannot are {@link #hand handed} on.
     *
     * @return null behind the last
     * @throws StepException where all fails with one that cannot be read, or with so many
     */
    public @Nullable JsonNode next(RecordSource records, Payload file, String path, Going going) throws StepException {
        while (true) {
            going.on();
            number++;
            try {
                JsonNode record = records.next();
                if (record != null) {
                    unreadLast = 0;
                    readLast = number;
                }
                return record;
            } catch (StepException e) {
                String part = records.part();
                take(e, records.format(), part == null ? file : file.withMeta(MEMBER, part), path);
            }
        }
    }

    /** The number of the last record that was read, from 1, with those that could not be. */
    long number() {
        return number;
    }

    /** How many could not be read since the beginning of the file, with those that were handed on before. */
    public int unread() {
        return unread;
    }

    /** How many of them came behind the last one that could be read. */
    public int unreadLast() {
        return unreadLast;
    }

    /** It could not be read. @throws StepException where all fails with it, or with so many */
    private void take(StepException why, @Nullable FormatName format, Payload file, String path) throws StepException {
        if (!skips
                || format == null
                || !(why.getCause() instanceof FormatException thrown)
                || !thrown.goesOn()
                || thrown.found().isMissingNode()) {
            throw why;
        }
        unread++;
        unreadLast++;
        Body body = Alone.body(thrown, format);
        String said = body instanceof Body.Tree ? Alone.ROW : Alone.said(format, thrown);
        Payload alone = Alone.of(body, said, file, shape, number - 1);
        int size = alone.bytes().length;
        Payload known = told == Told.NUMBER ? alone : marked(alone, file.lineage(), path, number);
        if (path.equals(handedOf) && handed.contains(known.lineage())) {
            return;
        }
        bytes += size;
        Alone.refuseMore(++asides, bytes, why);
        found.add(new Broken(new Aside(known, why), file.lineage(), number, size));
    }

    private Payload marked(Payload alone, Lineage file, String path, long number) throws StepException {
        byte[] place = path.getBytes(StandardCharsets.UTF_8);
        byte[] held = told == Told.CONTENT ? alone.bytes() : new byte[0];
        byte[] all = Arrays.copyOf(place, place.length + held.length);
        System.arraycopy(held, 0, all, place.length, held.length);
        String mark = UUID.nameUUIDFromBytes(all).toString();
        return alone.withLineage(file.alone(shape, mark, number - 1));
    }

    /** What is read has become another content: nothing of it was handed on. */
    public void anew() {
        handedOf = null;
        handed.clear();
    }

    /** Those that were found since the last call; they are on their way then. */
    public List<Aside> hand(String path) {
        List<Aside> all = found.stream().map(Broken::aside).toList();
        if (!found.isEmpty()) {
            if (!path.equals(handedOf)) {
                handed.clear();
            }
            handedOf = path;
            all.forEach(one -> handed.add(one.payload().lineage()));
        }
        found.clear();
        return all;
    }

    /**
     * Those that were found since the last call, of a list.
     *
     * @param again the place whose first ones those are that stand behind the last one that could be read: they are told by it, so that they are
     *     known when they come again; null where none comes again
     */
    public List<Aside> hand(String path, @Nullable String again) throws StepException {
        if (again == null) {
            return hand(path);
        }
        List<Aside> all = new ArrayList<>();
        handed.clear();
        handedOf = again;
        for (Broken one : found) {
            boolean behind = one.number() > readLast;
            Payload payload = one.aside().payload();
            Payload known = behind ? marked(payload, one.file(), again, one.number() - readLast) : payload;
            if (behind) {
                handed.add(known.lineage());
            }
            all.add(behind ? new Aside(known, one.aside().why()) : one.aside());
        }
        found.clear();
        return all;
    }
}
