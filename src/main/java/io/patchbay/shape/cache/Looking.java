package io.patchbay.shape.cache;

import io.patchbay.canvas.Durations;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.LogLevel;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import io.patchbay.shape.Plan;
import io.patchbay.shape.cache.CacheWrite.How;
import io.patchbay.shape.cache.CachedShape.CachedSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Looks for the result of one payload: takes what is there, or claims the key, or waits for who has it and looks again. Looks come
 * at growing distances, the later ones so far apart that a run gives its place away meanwhile.
 */
final class Looking {

    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration LAST_SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(3);

    private final CachedSettings settings;
    private final Caches caches;
    private final CacheSpace space;
    private final String key;
    private final Payload payload;
    private final Attempt attempt;
    private final Caches.Maker maker;
    private final CompletableFuture<Plan.Looked> result = new CompletableFuture<>();
    private Duration waited = Duration.ZERO;
    private Duration pause = FIRST;

    Looking(CachedSettings settings, Caches caches, CacheSpace space, String key, Payload payload, Attempt attempt) {
        this.settings = settings;
        this.caches = caches;
        this.space = space;
        this.key = key;
        this.payload = payload;
        this.attempt = attempt;
        // Another life of the run is the same maker, and so is a cached shape inside another one.
        this.maker = new Caches.Maker(attempt.runId(), payload.lineage().text());
    }

    CompletableFuture<Plan.Looked> begin() {
        look();
        return result;
    }

    private void look() {
        try {
            if (!found() && !claimed()) {
                waits();
            }
        } catch (StepException | RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    private boolean found() throws StepException {
        Optional<Payload> kept = new Loading(caches, attempt.spillFolder()).one(space, key);
        kept.ifPresent(found -> result.complete(new Plan.Hit(inPlace(found))));
        return kept.isPresent();
    }

    /** What is kept, with the payload's place in the run and its metadata, but for what belongs to the result. */
    private Payload inPlace(Payload kept) {
        Map<String, String> meta = new LinkedHashMap<>(SourceRecords.without(payload.meta()));
        meta.putAll(kept.meta());
        return new Payload(payload.lineage(), kept.body(), kept.recordPath(), meta);
    }

    private boolean claimed() throws StepException {
        if (caches.claimed(space, key, maker) || !caches.claim(space, key, maker, settings.within())) {
            return false;
        }
        if (attempt.cancelled()) {
            release();
            throw StepException.held("the run ended while it looked");
        }
        if (found()) { // kept between the look and the claim
            release();
            return true;
        }
        return result.complete(new Plan.Miss(new Keeping()));
    }

    private void waits() throws StepException {
        if (waited.compareTo(settings.patience()) >= 0) {
            throw new StepException(
                    Owner.LIMIT,
                    "CACHE_WAIT",
                    "key '" + key + "' of cache '" + space.cache() + "' was not worked out by others within "
                            + Durations.format(settings.patience()) + "; give a longer 'wait', or look why they take so"
                            + " long");
        }
        Duration left = settings.patience().minus(waited);
        Duration now = pause.compareTo(left) > 0 ? left : pause;
        waited = waited.plus(now);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LAST_SHORT) > 0 ? LONG : twice;
        attempt.after(now, () -> {
            if (attempt.cancelled()) {
                result.completeExceptionally(StepException.held("the run ended while it waited"));
            } else {
                look();
            }
        });
    }

    private void release() {
        try {
            caches.release(space, key, maker);
        } catch (StepException e) {
            warn("the key '" + key + "' stays with this run for " + Durations.format(settings.within()), e);
        }
    }

    private void warn(String what, StepException why) {
        attempt.log(LogLevel.WARN, what + ": " + why.getMessage() + " [" + why.code() + "]");
    }

    /** Takes what came out. */
    private final class Keeping implements Plan.Keeper {

        @Override
        public void keep(Payload made) {
            try {
                Map<String, String> own = new LinkedHashMap<>(made.meta());
                own.entrySet().removeAll(payload.meta().entrySet());
                Payload stored = new Payload(new Lineage(""), made.body(), made.recordPath(), own);
                CacheWrite write = new CacheWrite(key, How.PUT, stored, null);
                caches.write(space, List.of(write), settings.keepFor(), null);
            } catch (StepException e) {
                warn("the result for key '" + key + "' goes on, but is not kept", e);
            } finally {
                Looking.this.release();
            }
        }

        @Override
        public void release() {
            Looking.this.release();
        }
    }
}
