package io.patchbay.service.report;

import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** At which of their times services were swept last, for all replicas: one of them takes each time. */
public final class SweepTimes {

    private static final String FIND = "select swept_at from service_sweep where service = ?";
    private static final String MAKE = "insert into service_sweep (service, swept_at) select ?, ? where not exists"
            + " (select 1 from service_sweep where service = ?)";
    private static final String TAKE = "update service_sweep set swept_at = ? where service = ? and swept_at < ?";

    private final Store store;

    /** Of a store. */
    public SweepTimes(Store store) {
        this.store = store;
    }

    /**
     * Takes a time for oneself; false when somebody has taken it, or a later one. A service that was never swept begins with the next
     * time: what failed before anybody asked for sweeps is not sent again all at once.
     */
    public boolean take(String service, Instant due) {
        OffsetDateTime at = due.atOffset(ZoneOffset.UTC);
        try (Connection connection = store.database().dataSource().getConnection()) {
            try (PreparedStatement find = connection.prepareStatement(FIND)) {
                find.setString(1, service);
                try (ResultSet rows = find.executeQuery()) {
                    if (!rows.next()) {
                        make(connection, service, at);
                        return false;
                    }
                    if (!rows.getObject(1, OffsetDateTime.class).isBefore(at)) {
                        return false;
                    }
                }
            }
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                take.setObject(1, at);
                take.setString(2, service);
                take.setObject(3, at);
                return take.executeUpdate() == 1;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("when services were swept cannot be read", e);
        }
    }

    private static void make(Connection connection, String service, OffsetDateTime at) throws SQLException {
        try (PreparedStatement make = connection.prepareStatement(MAKE)) {
            make.setString(1, service);
            make.setObject(2, at);
            make.setString(3, service);
            make.executeUpdate();
        }
    }
}
