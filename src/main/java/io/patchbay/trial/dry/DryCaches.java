package io.patchbay.trial.dry;

import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.cache.CacheEntry;
import io.patchbay.shape.cache.CacheSpace;
import io.patchbay.shape.cache.CacheWrite;
import io.patchbay.shape.cache.CacheWrite.How;
import io.patchbay.shape.cache.Caches;
import io.patchbay.shape.cache.KeyPattern;
import io.patchbay.trial.ThrowAway;
import io.patchbay.trial.dry.Captured.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Caches as they are, with the writes of one dry run laid over them, which go with it. What is changed is copied first where the change
 * needs what stands there; the copies are in a store of the dry run's own, which is made with the first change.
 */
final class DryCaches implements AutoCloseable {

    /** Keys that were changed are held in memory. */
    private static final int MOST = 200_000;

    private static final int PORTION = 500;
    /** A larger entry is not copied. */
    private static final long LARGEST = 64L << 20;

    private final Caches real;
    private final Notes notes;
    private final Path folder;
    private final Clock clock;
    private final Set<Name> changed = new HashSet<>();
    private @Nullable ThrowAway store;

    private record Name(CacheSpace space, String key) {}

    /** @param folder for what does not stay in memory; somebody else deletes it */
    DryCaches(Caches real, Notes notes, Path folder, Clock clock) {
        this.real = real;
        this.notes = notes;
        this.folder = folder;
        this.clock = clock;
    }

    /** As one shape sees them. */
    Caches of(String shape) {
        return new OfShape(shape);
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }

    /** The caches that this dry run writes to. */
    private Caches own() throws StepException {
        if (store == null) {
            try {
                store = new ThrowAway(folder, clock);
            } catch (IOException | SQLException e) {
                throw new StepException(Owner.INTERNAL, "NO_CACHE", "a dry run has no place for its caches", e);
            }
        }
        return store.caches();
    }

    private void change(CacheSpace space, String key) throws StepException {
        if (changed.size() >= MOST) {
            throw new StepException(
                    Owner.LIMIT, "DRY_RUN_LIMIT", "a dry run changes at most " + MOST + " entries of caches");
        }
        changed.add(new Name(space, key));
    }

    private boolean isChanged(CacheSpace space, String key) {
        return changed.contains(new Name(space, key));
    }

    /** What a run has begins empty. */
    private static boolean hasBefore(CacheSpace space) {
        return space.rules().scope() != CacheRules.Scope.RUN;
    }

    private Optional<CacheEntry> before(CacheSpace space, String key) throws StepException {
        return hasBefore(space) && !isChanged(space, key) ? real.find(space, key) : Optional.empty();
    }

    private void copy(CacheSpace space, String key) throws StepException {
        CacheEntry entry = before(space, key).orElse(null);
        change(space, key);
        if (entry == null) {
            return;
        }
        if (entry.bytes() > LARGEST) {
            throw new StepException(
                    Owner.LIMIT,
                    "DRY_RUN_LIMIT",
                    "a dry run adds to no entry of a cache that has more than " + LARGEST + " bytes, and '" + key
                            + "' has " + entry.bytes());
        }
        for (int part = 0; part < entry.parts(); part++) {
            Payload payload = real.part(entry, part, folder).orElse(null);
            if (payload == null) {
                return;
            }
            How how = entry.kind() == CacheEntry.Kind.PAGES ? How.PAGE : part == 0 ? How.PUT : How.APPEND;
            own().write(space, List.of(new CacheWrite(key, how, payload, null)), null, null);
            if (payload.body() instanceof Body.Stored copied) {
                delete(copied.file());
            }
        }
    }

    private static void delete(Path file) throws StepException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NO_ROOM", "the copy of an entry cannot be deleted", e);
        }
    }

    private final class OfShape implements Caches {
        private final String shape;

        OfShape(String shape) {
            this.shape = shape;
        }

        @Override
        public void write(CacheSpace space, List<CacheWrite> writes, @Nullable Duration keep, @Nullable Maker maker)
                throws StepException {
            synchronized (DryCaches.this) {
                for (CacheWrite write : writes) {
                    if (!isChanged(space, write.key())) {
                        if (write.how() == How.APPEND || write.how() == How.ADD) {
                            copy(space, write.key());
                        } else {
                            change(space, write.key());
                        }
                    }
                }
                own().write(space, writes, keep, maker);
            }
            for (CacheWrite write : writes) {
                Payload payload = write.payload();
                byte[] number = String.valueOf(write.number()).getBytes(StandardCharsets.UTF_8);
                Content content = payload != null
                        ? Content.of(payload, notes.most())
                        : write.number() == null
                                ? Content.NONE
                                : new Content(number, number.length, "application/json");
                notes.add(new Notes.Note(
                        shape, Kind.CACHE, write.how().name(), space.cache() + " " + write.key(), content, "done"));
            }
        }

        @Override
        public Optional<CacheEntry> find(CacheSpace space, String key) throws StepException {
            synchronized (DryCaches.this) {
                return isChanged(space, key) ? own().find(space, key) : before(space, key);
            }
        }

        @Override
        public List<CacheEntry> list(CacheSpace space, KeyPattern keys, @Nullable String after, int most)
                throws StepException {
            synchronized (DryCaches.this) {
                List<CacheEntry> all =
                        new ArrayList<>(store == null ? List.of() : own().list(space, keys, after, most));
                all.addAll(unchanged(space, keys, after, most));
                all.sort(Comparator.comparing(CacheEntry::key));
                return List.copyOf(all.subList(0, Math.min(most, all.size())));
            }
        }

        private List<CacheEntry> unchanged(CacheSpace space, KeyPattern keys, @Nullable String after, int most)
                throws StepException {
            List<CacheEntry> all = new ArrayList<>();
            String from = after;
            List<CacheEntry> portion = hasBefore(space) ? real.list(space, keys, from, PORTION) : List.of();
            while (!portion.isEmpty() && all.size() < most) {
                portion.stream().filter(entry -> !isChanged(space, entry.key())).forEach(all::add);
                from = portion.get(portion.size() - 1).key();
                portion = portion.size() < PORTION ? List.of() : real.list(space, keys, from, PORTION);
            }
            return all;
        }

        @Override
        public Optional<Payload> part(CacheEntry entry, int part, Path to) throws StepException {
            synchronized (DryCaches.this) {
                Optional<Payload> mine = store == null ? Optional.empty() : own().part(entry, part, to);
                return mine.isPresent() ? mine : real.part(entry, part, to);
            }
        }

        @Override
        public int delete(CacheSpace space, KeyPattern keys) throws StepException {
            int deleted = 0;
            synchronized (DryCaches.this) {
                deleted += store == null ? 0 : own().delete(space, keys);
                List<CacheEntry> portion = unchanged(space, keys, null, PORTION);
                while (!portion.isEmpty()) {
                    for (CacheEntry entry : portion) {
                        change(space, entry.key());
                    }
                    deleted += portion.size();
                    portion = unchanged(space, keys, null, PORTION);
                }
            }
            notes.add(new Notes.Note(
                    shape, Kind.CACHE, "DELETE", space.cache() + " " + keys, Content.NONE, deleted + " entries gone"));
            return deleted;
        }

        @Override
        public boolean claimed(CacheSpace space, String key, Maker maker) throws StepException {
            synchronized (DryCaches.this) {
                return (store != null && own().claimed(space, key, maker))
                        || (hasBefore(space) && !isChanged(space, key) && real.claimed(space, key, maker));
            }
        }

        @Override
        public boolean claim(CacheSpace space, String key, Maker maker, Duration time) throws StepException {
            synchronized (DryCaches.this) {
                return own().claim(space, key, maker, time);
            }
        }

        @Override
        public void release(CacheSpace space, String key, Maker maker) throws StepException {
            synchronized (DryCaches.this) {
                own().release(space, key, maker);
            }
        }
    }
}
