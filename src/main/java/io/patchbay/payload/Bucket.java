package io.patchbay.payload;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All payloads that one step hands to the next: kept in memory up to a bound, beyond it in a file that is deleted when the
 * bucket is closed. Filled by one thread at a time, read any number of times after that. Payloads are written while the next are
 * made, so a disk that refuses one is told of at one behind it, or when the bucket is read; from then on the bucket can neither be filled nor
 * be read: what is in it is not all.
 */
public final class Bucket implements Iterable<Payload>, AutoCloseable {

    /** Sees the payloads of a bucket that is too large for memory, while they come; by one thread at a time. */
    public interface Follower extends AutoCloseable {
        /** The next payload; throws nothing. */
        void add(Payload payload);

        /** Nobody asks for what was made. */
        @Override
        void close();
    }

    private static final int NODE_COST = 40;
    private static final int MOST_WAITING = 12;
    /** How many times the memory of a bucket may wait for the disk. */
    private static final int WAITING_MEMORY = 4;
    /** About how many times the room on disk a payload takes in memory. */
    private static final int IN_MEMORY = 8;

    private final Path folder;
    private final long mostInMemory;
    private final boolean tally;
    private final List<Payload> inMemory = new ArrayList<>();
    private long memory;
    private long count;
    private long records;
    private @Nullable Path file;
    private @Nullable DataOutputStream out;
    /** One body on its way to the file. */
    private final PayloadCodec.Room body = new PayloadCodec.Room();

    /** Writes to the file; null while all is in memory. */
    private @Nullable Behind<Payload> behind;

    /** About how many bytes of memory the last payload took. */
    private volatile long each;
    /** Why the file is not on disk. */
    private @Nullable UncheckedIOException broken;

    private @Nullable Supplier<Follower> following;
    private @Nullable Follower follower;

    /**
     * An empty bucket.
     *
     * @param folder where a file goes when memory is full
     * @param mostInMemory rough bound in bytes
     */
    public Bucket(Path folder, long mostInMemory) {
        this(folder, mostInMemory, false);
    }

    private Bucket(Path folder, long mostInMemory, boolean tally) {
        this.folder = folder;
        this.mostInMemory = mostInMemory;
        this.tally = tally;
    }

    /** An empty bucket that counts all payloads and keeps the first alone, for work that tells of them. */
    public static Bucket tally() {
        return new Bucket(Path.of(""), 0, true);
    }

    /** Whether it keeps all payloads that it counts. */
    public boolean whole() {
        return !tally;
    }

    /** Counts what is in another bucket, if this one only counts. */
    public synchronized boolean counts(Bucket other) {
        if (tally) {
            Iterator<Payload> payloads = other.iterator();
            if (inMemory.isEmpty() && payloads.hasNext()) {
                inMemory.add(payloads.next());
            }
            count += other.size();
            records += other.records();
        }
        return tally;
    }

    /** Adds a payload at the end. @throws UncheckedIOException when the disk refused it, or one before it */
    public synchronized void add(Payload payload) {
        if (broken != null) {
            throw broken;
        }
        count++;
        records += payload.recordCount();
        if (tally) {
            if (inMemory.isEmpty()) {
                inMemory.add(payload);
            }
            return;
        }
        Behind<Payload> file = behind;
        if (file == null) {
            memory += cost(payload.body());
            if (memory <= mostInMemory) {
                inMemory.add(payload);
                return;
            }
            each = memory / (inMemory.size() + 1);
            file = new Behind<>(this::spill, this::most);
            behind = file;
        }
        file.put(payload);
    }

    /** How many payloads may wait for the disk: few, and fewer where the last one was large. */
    private int most() {
        return (int) Math.max(1, Math.min(MOST_WAITING, WAITING_MEMORY * mostInMemory / Math.max(1, each)));
    }

    /** Returns when all that was added is on disk. @throws UncheckedIOException when some of it is not, each time that it is asked for */
    public synchronized void written() {
        settled();
        try {
            if (out != null) {
                out.flush();
            }
        } catch (IOException e) {
            broken = new UncheckedIOException("a bucket cannot be kept on disk", e);
            throw broken;
        }
    }

    /** Returns when nothing is being written. */
    private void settled() {
        if (broken != null) {
            throw broken;
        }
        if (behind != null) {
            behind.settle();
        }
    }

    private void spill(Payload payload) {
        try {
            PayloadCodec.spill(payload, file(), body);
            each = payload.body() instanceof Body.Tree ? (long) body.size() * IN_MEMORY : cost(payload.body());
        } catch (IOException e) {
            throw new UncheckedIOException("a bucket cannot be kept on disk", e);
        } catch (RuntimeException e) {
            throw new UncheckedIOException("a bucket cannot be kept on disk", new IOException(e));
        }
        follow(payload);
    }

    private void follow(Payload payload) {
        Follower follows = follower;
        if (follows == null && following != null) {
            follows = following.get();
            follower = follows;
            inMemory.forEach(follows::add);
        }
        if (follows != null) {
            follows.add(payload);
        }
    }

    /** Lets somebody see the payloads while they come, from the first on that memory does not hold. Said before any is added. */
    public synchronized void followed(Supplier<Follower> by) {
        following = by;
    }

    /** Who saw all payloads while they came; null when nobody did, because memory holds them. */
    public synchronized @Nullable Follower follower() {
        written();
        return follower;
    }

    /** How many payloads there are. */
    public synchronized long size() {
        return count;
    }

    /** How many records these payloads have. */
    public synchronized long records() {
        return records;
    }

    private DataOutputStream file() throws IOException {
        DataOutputStream open = out;
        if (open == null) {
            Files.createDirectories(folder);
            Path created = Files.createTempFile(folder, "bucket-", ".spill");
            file = created;
            open = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(created), 256 * 1024));
            out = open;
        }
        return open;
    }

    /** The payloads in the order in which they were added; of a tally the first. */
    @Override
    public synchronized Iterator<Payload> iterator() {
        written();
        Path spilled = file;
        if (spilled == null) {
            return List.copyOf(inMemory).iterator();
        }
        try {
            return new Spilled(
                    inMemory.iterator(),
                    new DataInputStream(new BufferedInputStream(Files.newInputStream(spilled), 64 * 1024)));
        } catch (IOException e) {
            throw new UncheckedIOException("a bucket cannot be read from disk", e);
        }
    }

    /** Frees memory and deletes the file. */
    @Override
    public synchronized void close() {
        try {
            settled();
        } catch (RuntimeException | Error e) {
            // nobody asks for it any more
        }
        free();
    }

    private void free() {
        inMemory.clear();
        if (follower != null) {
            follower.close();
            follower = null;
        }
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            // what it could not write is not asked for any more
        }
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a bucket's file cannot be deleted", e);
        }
    }

    /** Roughly how many bytes a body takes in memory. */
    static long cost(Body body) {
        if (body instanceof Body.Tree tree) {
            return cost(tree.tree());
        }
        return body instanceof Body.Bytes bytes ? bytes.bytes().length : NODE_COST;
    }

    private static long cost(JsonNode node) {
        if (node.isTextual()) {
            return NODE_COST + (long) node.textValue().length();
        }
        long sum = NODE_COST;
        for (JsonNode child : node) {
            sum += NODE_COST + cost(child);
        }
        return sum;
    }

    /** First what is in memory, then the file. */
    private static final class Spilled implements Iterator<Payload> {
        private final Iterator<Payload> memory;
        private final DataInputStream in;
        private @Nullable Payload next;

        Spilled(Iterator<Payload> memory, DataInputStream in) {
            this.memory = memory;
            this.in = in;
            this.next = fetch();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Payload next() {
            Payload current = next;
            if (current == null) {
                throw new NoSuchElementException();
            }
            next = fetch();
            return current;
        }

        private @Nullable Payload fetch() {
            if (memory.hasNext()) {
                return memory.next();
            }
            try {
                return PayloadCodec.read(in);
            } catch (EOFException e) {
                closeQuietly();
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException("a bucket cannot be read from disk", e);
            }
        }

        private void closeQuietly() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a bucket's file cannot be closed", e);
            }
        }
    }
}
