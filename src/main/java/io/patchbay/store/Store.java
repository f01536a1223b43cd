package io.patchbay.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/**
 * All that keeps state, opened together: the data folder, the database with its schema up to date, the group commit, the body
 * files and the disk guard.
 */
public final class Store implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Store.class.getName());

    private final DataFolder folder;
    private final Database database;
    private final DiskGuard disk;
    private final GroupCommit commits;
    private final GroupCommit progress;
    private final BodyFiles bodies;

    private Store(DataFolder folder, Database database, DiskGuard disk, BodyFiles bodies) {
        this.folder = folder;
        this.database = database;
        this.disk = disk;
        this.bodies = bodies;
        this.commits = new GroupCommit("commits", database, disk);
        // A server's second connection fills its group while the first waits for the disk; H2 has one file to sync.
        this.progress = database.dialect().shared() ? new GroupCommit("progress", database, disk) : commits;
    }

    /**
     * Opens the store and brings its schema up to date.
     *
     * @param data folder for files, made when it is missing
     * @throws IOException if the folder cannot be written, or another process has the database in it open
     * @throws SQLException if the database cannot be reached or belongs to another version
     */
    public static Store open(StoreProperties settings, Path data, Clock clock) throws IOException, SQLException {
        DataFolder folder = DataFolder.open(data);
        try {
            if (folder.othersUseIt() && settings.url() == null) {
                throw new IOException(
                        "another process uses this folder and the database in it; two programs can share the"
                                + " folder when patchbay.store.url names a PostgreSQL database");
            }
            DiskGuard disk = new DiskGuard(folder.path(), settings.minFree().toBytes(), clock);
            Database database = Database.open(settings, folder.path());
            try {
                new SchemaUpgrade(database).run();
                BodyFiles bodies = new BodyFiles(folder.path(), disk);
                try (Connection connection = database.dataSource().getConnection()) {
                    int swept = bodies.sweep(connection, clock.instant());
                    LOG.log(System.Logger.Level.DEBUG, "{0} body files were orphans", swept);
                }
                return new Store(folder, database, disk, bodies);
            } catch (IOException | SQLException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (IOException | SQLException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** The data folder, and who this process is. */
    public DataFolder folder() {
        return folder;
    }

    /** The database, for reading and for writes that need no sync. */
    public Database database() {
        return database;
    }

    /** Where starts are written and claimed. */
    public GroupCommit commits() {
        return commits;
    }

    /** Where runs keep their progress and end; in no order with {@link #commits}. */
    public GroupCommit progress() {
        return progress;
    }

    /** Large bodies. */
    public BodyFiles bodies() {
        return bodies;
    }

    /** Whether there is room for more. */
    public DiskGuard disk() {
        return disk;
    }

    /** Writes what is pending and closes everything. */
    @Override
    public void close() throws IOException {
        commits.close();
        progress.close();
        database.close();
        folder.close();
    }
}
