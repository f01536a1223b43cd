package io.patchbay.trigger.schedule;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * When starts by schedule are due, as Quartz's tables have it: one query for all flows and replicas, because Quartz's own interface asks for one trigger
 * after the other.
 */
public final class DueStarts {

    private static final String SELECT = "select trigger_group, trigger_name, job_name, next_fire_time, prev_fire_time"
            + " from qrtz_triggers where trigger_group in (?, ?)";

    private final DataSource database;

    /** Reads from the database that schedules are kept in. */
    public DueStarts(DataSource database) {
        this.database = database;
    }

    /**
     * Starts by schedule.
     *
     * @param overdue the oldest of each flow that is not made yet, although it was due before the instant asked for
     * @param made the last of each flow that was made, or left out, by when it was due
     */
    public record Due(Map<String, Instant> overdue, Map<String, Instant> made) {
        /** Keeps copies. */
        public Due {
            overdue = Map.copyOf(overdue);
            made = Map.copyOf(made);
        }
    }

    /**
     * Starts by schedule, as they are.
     *
     * @param before what was due from then on is not overdue
     */
    public Due read(Instant before) {
        Map<String, Instant> overdue = new HashMap<>();
        Map<String, Instant> made = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, Schedules.GROUP);
            select.setString(2, Schedules.WAITING);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String flow = flow(row.getString(3));
                    boolean waits = row.getString(1).equals(Schedules.WAITING);
                    Instant due = waits ? StartJob.due(row.getString(2)) : instant(row.getLong(4));
                    Instant last = waits ? null : instant(row.getLong(5));
                    if (due != null && due.isBefore(before)) {
                        overdue.merge(flow, due, (one, other) -> one.isBefore(other) ? one : other);
                    }
                    if (last != null) {
                        made.merge(flow, last, (one, other) -> one.isAfter(other) ? one : other);
                    }
                }
            }
            return new Due(overdue, made);
        } catch (SQLException e) {
            throw new IllegalStateException("schedules cannot be read", e);
        }
    }

    private static @Nullable Instant instant(long millis) {
        return millis <= 0 ? null : Instant.ofEpochMilli(millis);
    }

    /** The flow of a job: its name goes on with a hash. */
    private static String flow(String job) {
        return job.substring(0, job.lastIndexOf('/'));
    }
}
