package io.patchbay.connector.limit;

import io.patchbay.connector.definition.RateLimitConfig.Policy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Limits that runtimes on one database share: each has a share of what was declared, lent by the database for a few seconds and
 * renewed while it is used. A call never asks the database.
 */
public final class Shares implements AutoCloseable {

    static final Duration LEASE = Duration.ofSeconds(6);

    private static final System.Logger LOG = System.getLogger(Shares.class.getName());
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Duration SAFE = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration LONGEST_TURN = Duration.ofMinutes(10);

    private final ShareRows rows;
    private final ScheduledExecutorService thread;
    private final Map<String, Lent> lent = new ConcurrentHashMap<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private boolean failing;

    /** A limit and what is known of its share here. */
    record Lent(String budget, Policy policy, Limit limit, Share share, Turns turns) {

        Duration period() {
            Duration period = policy.period();
            return period == null ? Duration.ZERO : period;
        }

        /** How long one runtime has all of it, where it cannot be divided. */
        Duration turn() {
            double fill = policy.refill() == null ? 1 : (double) share.need() / policy.refill();
            Duration twice = Duration.ofMillis((long) (2 * Math.max(1, fill) * period().toMillis()));
            Duration turn = twice.plusSeconds(3);
            return turn.compareTo(LONGEST_TURN) > 0 ? LONGEST_TURN : turn;
        }
    }

    /** Shares that are lent by a PostgreSQL database. */
    public Shares(DataSource database) {
        this.rows = new ShareRows(database);
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "patchbay-limits");
            made.setDaemon(true);
            return made;
        });
        var unused =
                thread.scheduleWithFixedDelay(this::guarded, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on nothing of a limit is used that was not lent. */
    void add(String shared, Policy policy, Limit limit, Turns turns) {
        String budget = hash(shared + " " + policy);
        Share share = new Share(this::soon, IDLE.toNanos());
        limit.share = share;
        limit.cap(0, turns.now());
        lent.put(budget, new Lent(budget, policy, limit, share, turns));
    }

    private void soon() {
        if (!thread.isShutdown() && asked.compareAndSet(false, true)) {
            thread.execute(this::guarded);
        }
    }

    private void guarded() {
        asked.set(false);
        try {
            settle();
            failing = false;
        } catch (SQLException | RuntimeException e) {
            if (!failing) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "shared rate limits cannot be renewed, calls under them wait: " + e.getMessage());
            }
            failing = true;
        }
    }

    private void settle() throws SQLException {
        List<Lent> used = new ArrayList<>();
        for (Lent one : lent.values()) {
            synchronized (one.turns()) {
                if (one.share().isWanted(one.turns().now()) || one.share().units > 0) {
                    used.add(one);
                }
            }
        }
        if (!used.isEmpty()) {
            rows.settle(used, Shares::due).forEach(Shares::written);
        }
    }

    /**
     * How the share of a limit changes.
     *
     * @param granted what the database has as ours
     * @param rises what may be used when that is written; null when it does not rise
     * @param began before it was asked for
     */
    record Change(Lent lent, int granted, @Nullable Integer rises, long began) {}

    /**
     * Lowers a share to what is due, as far as it can be; more is used only when it is written.
     *
     * @param target what is due
     * @param others what the other runtimes have of it
     */
    private static Change due(Lent one, int target, int others, long began) {
        synchronized (one.turns()) {
            long now = one.turns().now();
            Share share = one.share();
            if (!share.holds(now)) {
                // It ended here before it was renewed; the database has kept it from the others a while longer.
                share.end();
                one.limit().cap(0, now);
            }
            int free = Math.max(0, Math.min(target, one.policy().limit() - others));
            if (target < share.units || free <= share.units) {
                int kept = one.limit().lower(Math.min(target, share.units), now);
                return new Change(one, share.units == 0 ? kept : Math.min(share.units, kept), null, began);
            }
            return new Change(one, (int) Math.max(free, one.limit().inUse(now)), free, began);
        }
    }

    /** What was written holds: until a while before the database lends it to others. */
    private static void written(Change change) {
        Lent one = change.lent();
        synchronized (one.turns()) {
            one.share()
                    .give(change.granted(), change.began() + LEASE.minus(SAFE).toNanos());
            Integer rises = change.rises();
            if (rises != null) {
                one.limit().cap(rises, one.turns().now());
            }
            one.turns().pump();
        }
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** As when the process hangs: nothing is renewed and nothing given back. */
    void stall() {
        thread.shutdownNow();
    }

    /** Gives all shares back, but for what the system may still count. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(5, TimeUnit.SECONDS)) {
                rows.giveBack(lent.values().stream().map(Shares::ended).toList());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.WARNING, "shares of rate limits end by their time: " + e.getMessage());
        }
    }

    private static Change ended(Lent one) {
        synchronized (one.turns()) {
            long now = one.turns().now();
            one.share().end();
            one.limit().cap(0, now);
            return new Change(one, (int) one.limit().inUse(now), null, now);
        }
    }
}
