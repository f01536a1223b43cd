package io.patchbay.trigger.file;

import io.patchbay.trigger.StartIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * Which replica looks at a folder. Only to spare the server: two that look at once take no file twice, because the rows of
 * taken files and the ids of starts see to that.
 */
final class Leases {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String RENEW =
            "update file_lease set owner = ?, until_at = ? where folder = ? and (owner = ? or until_at < ?)";
    private static final String NEW = "insert into file_lease (folder, owner, until_at) values (?, ?, ?)";
    private static final String RELEASE = "delete from file_lease where owner = ?";
    private static final String DOUBLED = "23505";

    private final DataSource database;
    private final String owner;
    private final Clock clock;

    Leases(DataSource database, String owner, Clock clock) {
        this.database = database;
        this.owner = owner;
        this.clock = clock;
    }

    /** Takes or renews a folder's lease; false while another replica has it. */
    boolean hold(String instance, String path) throws SQLException {
        String folder = StartIds.of(Instant.EPOCH, "folder", instance, path);
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        try (Connection connection = database.getConnection();
                PreparedStatement renew = connection.prepareStatement(RENEW);
                PreparedStatement fresh = connection.prepareStatement(NEW)) {
            renew.setString(1, owner);
            renew.setObject(2, now.plus(LEASE));
            renew.setString(3, folder);
            renew.setString(4, owner);
            renew.setObject(5, now);
            if (renew.executeUpdate() > 0) {
                return true;
            }
            fresh.setString(1, folder);
            fresh.setString(2, owner);
            fresh.setObject(3, now.plus(LEASE));
            fresh.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (DOUBLED.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Gives all of this replica's leases up, so that others need not wait for their end. */
    void release() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement release = connection.prepareStatement(RELEASE)) {
            release.setString(1, owner);
            release.executeUpdate();
        }
    }
}
