package io.patchbay.runtime;

import io.patchbay.connector.auth.TokenStore;
import io.patchbay.connector.auth.Tokens;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Seal;
import io.patchbay.secret.SealException;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in the store's database, encrypted. Times of leases are the database's: replicas need not agree on the hour. What an
 * older key sealed is sealed anew when the program starts, so that the key can be taken away afterwards.
 */
final class JdbcTokens implements TokenStore {

    private static final System.Logger LOG = System.getLogger(JdbcTokens.class.getName());

    private static final long LONGEST_WAIT_SECONDS = 30;

    private static final String THIS = " where instance = ? and auth = ?";
    private static final String AT = THIS + " and revision = ?";
    private static final String FIND = "select sealed, revision from instance_token" + THIS;
    private static final String PUT =
            "update instance_token set revision = revision + 1, sealed = ?, leased_at = null, changed_at = ?" + THIS;
    private static final String INSERT =
            "insert into instance_token (instance, auth, revision, sealed, changed_at) select ?, ?, ?, ?, ?"
                    + " where not exists (select 1 from instance_token" + THIS + ")";
    private static final String CLAIM =
            "update instance_token set revision = revision + 1, leased_at = current_timestamp" + AT
                    + " and (leased_at is null or leased_at < current_timestamp - cast(? as integer) * interval '1' second)";
    private static final String REPLACE =
            "update instance_token set revision = revision + 1, sealed = ?, leased_at = null, changed_at = ?" + AT;
    /** Leaves the revision: these are the same tokens, and whoever renews them goes on. */
    private static final String RESEAL = "update instance_token set sealed = ?" + AT;

    private static final String ALL = "select instance, auth, sealed, revision from instance_token";
    private static final String RELEASE = "update instance_token set leased_at = null" + AT;
    private static final String REMOVE = "delete from instance_token" + THIS;
    private static final String REMOVE_AT = "delete from instance_token" + AT;

    private final Store store;
    private final Seal seal;
    private final Clock clock;

    /** Tokens of a store; where no other program uses it, what was begun before this one started is over. */
    JdbcTokens(Store store, Seal seal, Clock clock) {
        this.store = store;
        this.seal = seal;
        this.clock = clock;
        if (!store.database().dialect().shared()) {
            store.progress()
                    .write(tx ->
                            tx.add("update instance_token set leased_at = null where leased_at is not null", row -> {}))
                    .join();
        }
        sealAnew();
    }

    private record Row(Key key, String sealed, long revision) {}

    /** Seals with the newest key what another one sealed; a row that cannot be opened stays as it is. */
    private void sealAnew() {
        int done = 0;
        try {
            for (Row row : old()) {
                done += sealedAnew(row) ? 1 : 0;
            }
        } catch (SQLException | StepException e) {
            LOG.log(System.Logger.Level.WARNING, "tokens are not sealed anew with key " + seal.newest(), e);
        }
        if (done > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "tokens of {0} instances are sealed anew with key {1}",
                    done,
                    seal.newest());
        }
    }

    private List<Row> old() throws SQLException {
        return rows().stream().filter(row -> !seal.isNewest(row.sealed())).toList();
    }

    private List<Row> rows() throws SQLException {
        List<Row> all = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(ALL);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                all.add(new Row(new Key(rows.getString(1), rows.getString(2)), rows.getString(3), rows.getLong(4)));
            }
        }
        return all;
    }

    private boolean sealedAnew(Row row) throws StepException {
        Tokens tokens;
        try {
            tokens = opened(row.key(), row.sealed());
        } catch (StepException e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
            return false;
        }
        String sealed = sealed(row.key(), tokens);
        return changed(RESEAL, update -> {
                    update.setString(1, sealed);
                    key(update, 2, row.key());
                    update.setLong(4, row.revision());
                })
                > 0;
    }

    @Override
    public @Nullable Kept find(Key key) throws StepException {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, key.instance());
            query.setString(2, key.auth());
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? new Kept(opened(key, rows.getString(1)), rows.getLong(2)) : null;
            }
        } catch (SQLException e) {
            throw failure("the tokens of instance '" + key.instance() + "' cannot be read", e);
        }
    }

    @Override
    public Map<Key, Tokens> all() throws StepException {
        Map<Key, Tokens> all = new HashMap<>();
        try {
            for (Row row : rows()) {
                try {
                    all.put(row.key(), opened(row.key(), row.sealed()));
                } catch (StepException e) {
                    LOG.log(
                            System.Logger.Level.DEBUG,
                            e.getMessage()); // told of when the program begins, and by each call
                }
            }
            return all;
        } catch (SQLException e) {
            throw failure("the tokens of instances cannot be read", e);
        }
    }

    private Tokens opened(Key key, String sealed) throws StepException {
        try {
            return Tokens.parse(seal.open(sealed, context(key)));
        } catch (SealException | IllegalArgumentException e) {
            throw new StepException(
                    Owner.AUTHOR,
                    "SEALED",
                    "the tokens of instance '" + key.instance() + "' cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private String sealed(Key key, Tokens tokens) {
        return seal.seal(tokens.text(), context(key));
    }

    /** What a sealed text belongs to, so that it is of no use in another row. */
    static String context(Key key) {
        return "token/" + key.instance() + "/" + key.auth();
    }

    @Override
    public void put(Key key, Tokens tokens) throws StepException {
        String sealed = sealed(key, tokens);
        OffsetDateTime now = now();
        // Not from 1: a claim on a row that was removed must not fit the one that takes its place.
        long first = clock.instant().toEpochMilli() * 1000;
        write(tx -> {
            tx.add(PUT, row -> {
                row.setString(1, sealed);
                row.setObject(2, now);
                key(row, 3, key);
            });
            tx.add(INSERT, row -> {
                key(row, 1, key);
                row.setLong(3, first);
                row.setString(4, sealed);
                row.setObject(5, now);
                key(row, 6, key);
            });
        });
    }

    @Override
    public @Nullable Long claim(Key key, long revision, Duration lease) throws StepException {
        return changed(CLAIM, row -> {
                            key(row, 1, key);
                            row.setLong(3, revision);
                            row.setInt(4, (int) Math.min(Integer.MAX_VALUE, lease.toSeconds()));
                        })
                        > 0
                ? revision + 1
                : null;
    }

    @Override
    public boolean replace(Key key, long revision, Tokens fresh) throws StepException {
        String sealed = sealed(key, fresh);
        OffsetDateTime now = now();
        return changed(REPLACE, row -> {
                    row.setString(1, sealed);
                    row.setObject(2, now);
                    key(row, 3, key);
                    row.setLong(5, revision);
                })
                > 0;
    }

    @Override
    public void release(Key key, long revision) throws StepException {
        changed(RELEASE, row -> {
            key(row, 1, key);
            row.setLong(3, revision);
        });
    }

    @Override
    public boolean remove(Key key, @Nullable Long revision) throws StepException {
        return changed(revision == null ? REMOVE : REMOVE_AT, row -> {
                    key(row, 1, key);
                    if (revision != null) {
                        row.setLong(3, revision);
                    }
                })
                > 0;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static void key(PreparedStatement row, int first, Key key) throws SQLException {
        row.setString(first, key.instance());
        row.setString(first + 1, key.auth());
    }

    private int changed(String sql, Transaction.Bind bind) throws StepException {
        AtomicInteger changed = new AtomicInteger();
        write(tx -> tx.add(sql, bind, changed::set));
        return changed.get();
    }

    private void write(SqlWork work) throws StepException {
        try {
            store.progress().write(work).get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepException(Owner.INTERNAL, "INTERRUPTED", "the wait for the store was interrupted", e);
        } catch (ExecutionException | CompletionException | TimeoutException e) {
            throw failure("tokens cannot be kept", e);
        }
    }

    private static StepException failure(String what, Exception cause) {
        return new StepException(Owner.INTERNAL, "STORE", what, cause, true, null);
    }
}
