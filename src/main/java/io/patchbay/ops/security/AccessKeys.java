package io.patchbay.ops.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.patchbay.store.Doubled;
import io.patchbay.store.Store;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.InternalAuthenticationServiceException;

/**
 * The keys of the API, in the table {@code access_key}: their SHA-256 hashes, so that whoever reads the database has none. What
 * a key may do, and what is none, is known for five seconds without asking the database again.
 */
public final class AccessKeys {

    /** Most keys. */
    public static final int MOST = 1_000;

    /** How long a key is good when nobody says it. */
    public static final Duration USUAL_LIFE = Duration.ofDays(90);

    /** How long a key is good at most. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(730);

    private static final Duration KNOWN = Duration.ofSeconds(5);
    private static final Duration USED = Duration.ofMinutes(1);
    private static final int MOST_KNOWN = 10_000;
    private static final int MOST_FLOWS = 50;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final String SELECT =
            "select name, role, flows, made_by, created_at, expires_at, last_used_at from access_key";

    private final Store store;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    /** Hashes of what is no key, and until when that holds: apart, so that many of them do not drive out keys. */
    private final Cache<String, Instant> unknown =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    /** The keys in a store. */
    public AccessKeys(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Known(AccessKey key, Instant until) {}

    /**
     * A key that was just made.
     *
     * @param text the key itself, which is nowhere else
     */
    public record Made(AccessKey key, String text) {
        @Override
        public String toString() {
            return key + " and its text";
        }
    }

    /** All of them, by name; those that have expired too. */
    public List<AccessKey> list() {
        return query(SELECT + " order by name");
    }

    /**
     * Makes a key.
     *
     * @param flows patterns of the flows that it holds for; empty for everything
     * @throws IllegalArgumentException with a sentence, when the name is taken or something has not the right form
     */
    public Made add(String name, Role role, List<String> flows, Duration life, String madeBy) {
        check(name, flows, life);
        String text = KeyText.make(random);
        Instant now = clock.instant();
        AccessKey key = new AccessKey(name, role, flows, madeBy, now, now.plus(life), null);
        try {
            store.commits()
                    .write(transaction -> transaction.add(
                            "insert into access_key (name, key_hash, role, flows, made_by, created_at, expires_at)"
                                    + " select ?, ?, ?, ?, ?, ?, ?"
                                    + " where not exists (select 1 from access_key where name = ?)",
                            row -> {
                                row.setString(1, name);
                                row.setString(2, KeyText.hashOf(text));
                                row.setString(3, role.word());
                                row.setString(4, String.join(" ", flows));
                                row.setString(5, madeBy);
                                row.setObject(6, at(now));
                                row.setObject(7, at(key.expiresAt()));
                                row.setString(8, name);
                            }))
                    .join();
        } catch (CompletionException e) {
            throw Doubled.is(e) ? taken(name) : e;
        }
        if (query(SELECT + " where key_hash = ?", KeyText.hashOf(text)).isEmpty()) {
            throw taken(name);
        }
        return new Made(key, text);
    }

    private void check(String name, List<String> flows, Duration life) {
        if (name.length() > 100 || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A key's name is made of small letters, digits and '-', like nightly-report.");
        }
        if (flows.size() > MOST_FLOWS || !flows.stream().allMatch(FlowPattern::isOne)) {
            throw new IllegalArgumentException("flows are at most " + MOST_FLOWS
                    + " ids of flows, in which * stands for any characters, like orders-*.");
        }
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("A key is good for " + LONGEST_LIFE.toDays() + "d at most.");
        }
        List<AccessKey> all = list();
        if (all.stream().anyMatch(key -> key.name().equals(name))) {
            throw taken(name);
        }
        if (all.size() >= MOST) {
            throw new IllegalArgumentException("There are " + MOST + " keys already.");
        }
    }

    private static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException("There is a key '" + name + "' already.");
    }

    /** Ends a key: here at once, on other replicas within five seconds. @return whether there was one */
    public boolean remove(String name) {
        boolean there = !query(SELECT + " where name = ?", name).isEmpty();
        store.commits()
                .write(transaction ->
                        transaction.add("delete from access_key where name = ?", row -> row.setString(1, name)))
                .join();
        known.invalidateAll();
        return there;
    }

    /** Who comes with a key; empty when it is none, is not known or has expired. May wait for the database. */
    Optional<Actor> actor(String text) {
        if (!KeyText.isOne(text)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String hash = KeyText.hashOf(text);
        Known entry = known.getIfPresent(hash);
        if (entry == null && now.isBefore(unknown.asMap().getOrDefault(hash, Instant.MIN))) {
            return Optional.empty();
        }
        AccessKey key = entry != null && now.isBefore(entry.until()) ? entry.key() : asked(hash, now);
        return key == null || !now.isBefore(key.expiresAt()) ? Optional.empty() : Optional.of(key.actor());
    }

    private @Nullable AccessKey asked(String hash, Instant now) {
        List<AccessKey> found = query(SELECT + " where key_hash = ?", hash);
        if (found.isEmpty()) {
            known.invalidate(hash);
            unknown.put(hash, now.plus(KNOWN));
            return null;
        }
        AccessKey key = found.get(0);
        known.put(hash, new Known(key, now.plus(KNOWN)));
        if (key.lastUsedAt() == null || key.lastUsedAt().plus(USED).isBefore(now)) {
            // Nobody waits for it: how long ago it was used is only told.
            var unused = store.progress()
                    .write(transaction ->
                            transaction.add("update access_key set last_used_at = ? where key_hash = ?", row -> {
                                row.setObject(1, at(now));
                                row.setString(2, hash);
                            }));
        }
        return key;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private List<AccessKey> query(String sql, String... values) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            List<AccessKey> keys = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keys.add(key(row));
                }
            }
            return keys;
        } catch (SQLException e) {
            // Internal: so that no other way to prove who one is has the last word, which would be a 401.
            throw new InternalAuthenticationServiceException("keys cannot be read", e);
        }
    }

    private static AccessKey key(ResultSet row) throws SQLException {
        String flows = row.getString(3);
        OffsetDateTime used = row.getObject(7, OffsetDateTime.class);
        return new AccessKey(
                row.getString(1),
                Role.of(row.getString(2)).orElseThrow(() -> new SQLException("a role is not known")),
                flows == null || flows.isEmpty() ? List.of() : List.of(flows.split(" ")),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                used == null ? null : used.toInstant());
    }
}
