package io.patchbay.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.springframework.core.NestedExceptionUtils;

/**
 * The database: a pool of connections, and the one thing that JDBC has no word for, a commit that is surely on disk.
 *
 * <p>PostgreSQL's commit is synced by itself. H2 writes its file by and by: after a commit, {@link #sync} writes what is
 * pending, waits for H2's own writer threads and forces the file. {@code CHECKPOINT SYNC} does not do: when H2's background
 * writer has just taken the changes but not yet written them, it finds nothing to write and forces a file that does not hold
 * them.
 */
public final class Database implements AutoCloseable {

    private static final String VALUE_CACHE = "h2.objectCache";
    private static final long SMALL_HEAP = 512L << 20;

    private final HikariDataSource pool;
    private final Dialect dialect;
    private final AtomicInteger renewals = new AtomicInteger();

    private Database(HikariDataSource pool, Dialect dialect) {
        this.pool = pool;
        this.dialect = dialect;
    }

    /**
     * Opens the database.
     *
     * @param data folder of the default H2 file
     * @throws SQLException if it cannot be reached, or another process has the H2 file open
     */
    static Database open(StoreProperties settings, Path data) throws SQLException {
        String url =
                settings.url() == null ? "jdbc:h2:file:" + data.toAbsolutePath().resolve("patchbay") : settings.url();
        Dialect dialect = Objects.requireNonNull(Dialect.of(url));
        withoutValueCache();
        HikariConfig config = new HikariConfig();
        config.setPoolName("patchbay");
        config.setJdbcUrl(dialect == Dialect.H2 ? durableFile(url) : url);
        config.setUsername(settings.user() == null && dialect == Dialect.H2 ? "sa" : settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(2);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(10_000);
        if (dialect == Dialect.POSTGRESQL) {
            config.addDataSourceProperty("reWriteBatchedInserts", "true");
            config.addDataSourceProperty("ApplicationName", "patchbay");
            config.addDataSourceProperty("socketTimeout", "60");
            // What a statement that fails holds, hashes and payloads, does not belong into a log.
            config.addDataSourceProperty("logServerErrorDetail", "false");
        }
        try {
            return new Database(new HikariDataSource(config), dialect);
        } catch (RuntimeException e) {
            throw new SQLException(
                    "the database cannot be opened: "
                            + NestedExceptionUtils.getMostSpecificCause(e).getMessage(),
                    e);
        }
    }

    /**
     * The file system {@code retry:} opens the file again when an interrupted reader closed it, which in Java closes a file for
     * all threads; the program, not a shutdown hook, closes the database. Compaction starts at half-empty chunks: at H2's own
     * 90 % it copies most of the file again and again beside the load. Of a heap below 512 MB its cache takes a 64th in place of
     * a 16th: captured payloads, which are seldom read, fill it, and collections of so small a heap cost more than reads of a file do.
     */
    private static String durableFile(String url) {
        String named = url.startsWith("jdbc:h2:file:") && !url.startsWith("jdbc:h2:file:retry:")
                ? "jdbc:h2:file:retry:" + url.substring("jdbc:h2:file:".length())
                : url;
        String durable = with(with(named, "DB_CLOSE_ON_EXIT=FALSE"), "AUTO_COMPACT_FILL_RATE=50");
        long heap = Runtime.getRuntime().maxMemory();
        return heap < SMALL_HEAP ? with(durable, "CACHE_SIZE=" + Math.max(1024, heap / 64 / 1024)) : durable;
    }

    /** Adds a setting unless the operator's URL has one of that name. */
    private static String with(String url, String setting) {
        String name = setting.substring(0, setting.indexOf('='));
        return url.toUpperCase(Locale.ROOT).contains(";" + name + "=") ? url : url + ";" + setting;
    }

    /** H2 hashes every value that it is given, to find it in a cache that rows of ours are never in again. Read once, by its first class. */
    private static void withoutValueCache() {
        if (System.getProperty(VALUE_CACHE) == null) {
            System.setProperty(VALUE_CACHE, "false");
        }
    }

    /** Pooled connections, in auto-commit mode. A commit on one of them is not synced on H2: see {@link GroupCommit}. */
    public DataSource dataSource() {
        return pool;
    }

    /** Which database it is. */
    public Dialect dialect() {
        return dialect;
    }

    /** Runs work in a transaction on a connection that the caller commits. What the work wants to do after that is not done. */
    public void transaction(Connection connection, SqlWork work) throws SQLException {
        Map<String, PreparedStatement> statements = new HashMap<>();
        try {
            Transaction transaction = new Transaction(connection, statements);
            work.run(transaction);
            transaction.flush();
        } finally {
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
        }
    }

    /** Returns when all that was committed is on disk. */
    void sync(Connection connection) throws SQLException {
        if (dialect != Dialect.H2) {
            return;
        }
        MVStore store = store(connection);
        if (store.getFileStore() != null) {
            store.commit();
            store.executeFilestoreOperation(store::sync);
        }
    }

    /**
     * Forgets the pooled connections after one of them broke. H2 closes its file for good when a write fails; the first new
     * connection opens it again, and everything that was synced is there. That needs all connections to be gone: whoever holds one
     * for long gives it back when {@link #renewals} grew.
     */
    void renew() {
        renewals.incrementAndGet();
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    /** How often connections were forgotten. */
    int renewals() {
        return renewals.get();
    }

    /**
     * Work outside of the group commit failed: when the database is what broke, its connections are forgotten.
     *
     * @param connection the one that the work had
     */
    void doubt(Connection connection) {
        if (broken(connection)) {
            renew();
        }
    }

    /** Looks whether connections are of use, and forgets them if not, so that the next ones are. */
    public void mend() {
        try (Connection connection = pool.getConnection()) {
            doubt(connection);
        } catch (SQLException e) {
            renew();
        }
    }

    /** A connection of H2 calls itself valid though its file was closed. */
    boolean broken(Connection connection) {
        try {
            return connection.isClosed()
                    || !connection.isValid(2)
                    || (dialect == Dialect.H2 && store(connection).isClosed());
        } catch (SQLException | RuntimeException e) {
            return true;
        }
    }

    /**
     * Gives room that deleted rows had back to the disk, as far as it comes in the time. PostgreSQL does so by itself.
     *
     * @param millis how long it may take
     */
    public void shrink(int millis) throws SQLException {
        if (dialect != Dialect.H2) {
            return;
        }
        try (Connection connection = pool.getConnection()) {
            MVStore store = store(connection);
            if (store.getFileStore() != null && !store.isClosed()) {
                store.compactFile(millis);
            }
        } catch (MVStoreException e) {
            throw new SQLException("the file of the database cannot be made smaller", e);
        }
    }

    private static MVStore store(Connection connection) throws SQLException {
        if (!(connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session)) {
            throw new SQLException("an H2 server is not supported, only an H2 file that this process opens");
        }
        return session.getDatabase().getStore().getMvStore();
    }

    /** Closes the pool; with its last connection H2 closes its file. */
    @Override
    public void close() {
        pool.close();
    }
}
