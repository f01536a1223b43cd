package io.patchbay.run.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.run.FailedPayload;
import io.patchbay.run.FailedQuery;
import io.patchbay.run.ReplayJob;
import io.patchbay.run.ReplayJob.Refusal;
import io.patchbay.run.ReplayJobs;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Replay jobs in the database. */
public final class JdbcReplayJobs implements ReplayJobs {

    private static final int MOST_LISTED = 200;
    private static final String COLUMNS =
            "id, query, from_shape, today, per_second, begun_at, state, replayed, refused, last_taken, message";
    private static final String ALL = "select " + COLUMNS + " from replay_job ";

    private final Store store;

    /** Jobs of a store. */
    public JdbcReplayJobs(Store store) {
        this.store = store;
    }

    @Override
    public CompletableFuture<Void> begin(ReplayJob job) {
        return store.progress()
                .write(tx -> tx.add(
                        "insert into replay_job (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row -> {
                            row.setString(1, job.id());
                            row.setString(2, text(job.query()));
                            row.setString(3, job.from());
                            row.setBoolean(4, job.today());
                            row.setDouble(5, job.perSecond());
                            row.setObject(6, RunRows.at(job.begunAt()));
                            row.setString(7, name(job.state()));
                            row.setLong(8, job.replayed());
                            row.setLong(9, job.refused());
                            row.setString(10, job.last());
                            row.setString(11, job.message());
                        }));
    }

    @Override
    public Optional<ReplayJob> find(String id) {
        return read(ALL + "where id = ?", query -> query.setString(1, id)).stream()
                .findFirst();
    }

    @Override
    public List<ReplayJob> list() {
        return read(ALL + "order by id desc limit " + MOST_LISTED, query -> {});
    }

    @Override
    public int waiting(ReplayJob job) {
        FailedRows.Where where = FailedRows.where(job.query());
        return rows(
                        "select count(*) from (select id from failed_payload where " + where.clause()
                                + " and id > ? and failed_at <= ? limit " + ReplayJob.MOST_WAITING + ") waiting",
                        query -> {
                            int at = where.bind(query);
                            query.setString(at, job.last() == null ? "" : job.last());
                            query.setObject(at + 1, RunRows.at(job.begunAt()));
                        },
                        row -> row.getInt(1))
                .get(0);
    }

    @Override
    public CompletableFuture<Boolean> stop(String id) {
        return store.progress()
                .call(
                        tx -> {
                            PreparedStatement stop = tx.query(
                                    "update replay_job set state = 'stopped' where id = ? and state = 'going'");
                            stop.setString(1, id);
                            return stop.executeUpdate() > 0;
                        },
                        0);
    }

    @Override
    public List<ReplayJob> claim(String owner, Instant now, Duration lease) {
        store.progress()
                .write(tx -> tx.add(
                        "update replay_job set owner = ?, lease_until = ? where state = 'going' and (owner is null or"
                                + " owner = ? or lease_until < ?)",
                        row -> {
                            row.setString(1, owner);
                            row.setObject(2, RunRows.at(now.plus(lease)));
                            row.setString(3, owner);
                            row.setObject(4, RunRows.at(now));
                        }))
                .join();
        return read(ALL + "where state = 'going' and owner = ? order by id", query -> query.setString(1, owner));
    }

    @Override
    public CompletableFuture<Void> progressed(ReplayJob job, String owner, List<Refusal> refused) {
        long before = job.refused() - refused.size();
        List<Refusal> kept =
                refused.subList(0, (int) Math.max(0, Math.min(refused.size(), ReplayJob.MOST_REFUSALS - before)));
        return store.progress().write(tx -> {
            tx.add(
                    "update replay_job set state = case when state = 'going' then ? else state end, replayed ="
                            + " greatest(replayed, ?), refused = ?, last_taken = ?, message = ? where id = ? and owner = ?",
                    row -> {
                        row.setString(1, name(job.state()));
                        row.setLong(2, job.replayed());
                        row.setLong(3, job.refused());
                        row.setString(4, job.last());
                        row.setString(5, job.message());
                        row.setString(6, job.id());
                        row.setString(7, owner);
                    });
            for (Refusal one : kept) {
                // Whoever lost the job writes nothing, and who took it over may refuse the same payload again.
                tx.add(
                        "insert into replay_refusal (job, failed_payload, reason) select id, cast(? as varchar(60)),"
                                + " cast(? as varchar(4000)) from replay_job where id = ? and owner = ? and not exists"
                                + " (select 1 from replay_refusal where job = ? and failed_payload = ?)",
                        row -> {
                            row.setString(1, one.failedPayload());
                            row.setString(2, one.reason());
                            row.setString(3, job.id());
                            row.setString(4, owner);
                            row.setString(5, job.id());
                            row.setString(6, one.failedPayload());
                        });
            }
        });
    }

    @Override
    public List<Refusal> refusals(String id, @Nullable String after, int most) {
        return rows(
                "select failed_payload, reason from replay_refusal where job = ? and failed_payload > ? order by"
                        + " failed_payload limit ?",
                query -> {
                    query.setString(1, id);
                    query.setString(2, after == null ? "" : after);
                    query.setInt(3, most);
                },
                row -> new Refusal(row.getString(1), row.getString(2)));
    }

    @Override
    public CompletableFuture<Void> sweep(Instant before) {
        return store.progress().write(tx -> {
            tx.add(
                    "delete from replay_refusal where job in (select id from replay_job where state <> 'going' and"
                            + " begun_at < ?)",
                    row -> row.setObject(1, RunRows.at(before)));
            tx.add(
                    "delete from replay_job where state <> 'going' and begun_at < ?",
                    row -> row.setObject(1, RunRows.at(before)));
        });
    }

    private List<ReplayJob> read(String sql, Transaction.Bind bind) {
        return rows(sql, bind, JdbcReplayJobs::job);
    }

    /** Reads one row. */
    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Transaction.Bind bind, Row<T> row) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            bind.to(query);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(row.of(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("replay jobs cannot be read", e);
        }
    }

    private static ReplayJob job(ResultSet row) throws SQLException {
        return new ReplayJob(
                row.getString("id"),
                query(row.getString("query")),
                row.getString("from_shape"),
                row.getBoolean("today"),
                row.getDouble("per_second"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                ReplayJob.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("replayed"),
                row.getLong("refused"),
                row.getString("last_taken"),
                row.getString("message"));
    }

    private static String text(FailedQuery query) {
        ObjectNode json = Json.NODES.objectNode();
        json.put("flow", query.flow())
                .put("run", query.run())
                .put("shape", query.shape())
                .put("code", query.code())
                .put("q", query.q())
                .put("since", text(query.since()))
                .put("until", text(query.until()))
                .put("businessKey", query.businessKey())
                .put("cause", query.cause());
        query.states().forEach(state -> json.withArray("states").add(state.name()));
        return json.toString();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static FailedQuery query(String text) {
        try {
            JsonNode json = Json.MAPPER.readTree(text);
            Set<FailedPayload.State> states = new HashSet<>();
            json.path("states").forEach(state -> states.add(FailedPayload.State.valueOf(state.asText())));
            return new FailedQuery(
                    json.path("flow").textValue(),
                    json.path("run").textValue(),
                    json.path("shape").textValue(),
                    json.path("code").textValue(),
                    json.path("q").textValue(),
                    instant(json.path("since").textValue()),
                    instant(json.path("until").textValue()),
                    json.path("businessKey").textValue(),
                    json.path("cause").textValue(),
                    states,
                    true);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a replay job cannot be read", e);
        }
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
