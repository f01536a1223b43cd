package io.patchbay.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Replay jobs in memory, for tests of what works at them. */
public final class MemoryReplayJobs implements ReplayJobs {

    private volatile int waiting;

    private record Lease(String owner, Instant until) {}

    private final TreeMap<String, ReplayJob> jobs = new TreeMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final Map<String, TreeMap<String, ReplayJob.Refusal>> refusals = new HashMap<>();

    @Override
    public synchronized CompletableFuture<Void> begin(ReplayJob job) {
        jobs.put(job.id(), job);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized Optional<ReplayJob> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    @Override
    public synchronized List<ReplayJob> list() {
        return List.copyOf(jobs.descendingMap().values());
    }

    @Override
    public int waiting(ReplayJob job) {
        return waiting;
    }

    /** So many payloads wait for each job from now on. */
    public void waiting(int many) {
        waiting = many;
    }

    @Override
    public synchronized CompletableFuture<Boolean> stop(String id) {
        ReplayJob job = jobs.get(id);
        boolean going = job != null && job.state() == ReplayJob.State.GOING;
        if (going) {
            jobs.put(id, job.after(ReplayJob.State.STOPPED, 0, 0, null, null));
        }
        return CompletableFuture.completedFuture(going);
    }

    @Override
    public synchronized List<ReplayJob> claim(String owner, Instant now, Duration lease) {
        List<ReplayJob> claimed = new ArrayList<>();
        for (ReplayJob job : jobs.values()) {
            Lease held = leases.get(job.id());
            boolean free =
                    held == null || held.owner().equals(owner) || held.until().isBefore(now);
            if (job.state() == ReplayJob.State.GOING && free) {
                leases.put(job.id(), new Lease(owner, now.plus(lease)));
                claimed.add(job);
            }
        }
        return claimed;
    }

    @Override
    public synchronized List<ReplayJob.Refusal> refusals(String id, @Nullable String after, int most) {
        return refusals.getOrDefault(id, new TreeMap<>()).tailMap(after == null ? "" : after, false).values().stream()
                .limit(most)
                .toList();
    }

    @Override
    public synchronized CompletableFuture<Void> progressed(
            ReplayJob job, String owner, List<ReplayJob.Refusal> refused) {
        ReplayJob now = jobs.get(job.id());
        if (leases.get(job.id()).owner().equals(owner)) {
            refused.forEach(one ->
                    refusals.computeIfAbsent(job.id(), id -> new TreeMap<>()).put(one.failedPayload(), one));
            jobs.put(job.id(), now.state() == ReplayJob.State.GOING ? job : job.after(now.state(), 0, 0, null, null));
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<Void> sweep(Instant before) {
        jobs.values()
                .removeIf(job ->
                        job.state() != ReplayJob.State.GOING && job.begunAt().isBefore(before));
        return CompletableFuture.completedFuture(null);
    }
}
