package io.patchbay.connector.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.patchbay.connector.definition.ContractConfig.AlertOn;
import io.patchbay.payload.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is kept of contracts, in the table {@code instance_contract}. */
final class ContractRows {

    /** Longer than any call takes; a runtime that died leaves its row to the others then. */
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private static final int LONGEST = 1_000;
    private static final String SELECT =
            "select instance, definition, fields, status_class, findings, looked_at, problem from instance_contract";

    private final JdbcTemplate jdbc;
    private final String owner = UUID.randomUUID().toString();

    ContractRows(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    List<Kept> all() {
        return query(SELECT + " order by instance");
    }

    @Nullable
    Kept find(String instance) {
        List<Kept> found = query(SELECT + " where instance = ?", instance);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Makes a row where there is none. */
    void add(String instance) {
        try {
            jdbc.update(
                    "insert into instance_contract (instance, definition, findings) values (?, '', '[]')", instance);
        } catch (DataAccessException e) {
            if (find(instance) == null) {
                throw e;
            }
            // Another runtime was faster.
        }
    }

    /** Takes a row for this runtime, if it was not looked at since then; false when another one is at it, or was. */
    boolean claim(String instance, Instant now, Instant since) {
        return jdbc.update(
                        "update instance_contract set claimed_by = ?, claimed_until = ? where instance = ?"
                                + " and (claimed_until is null or claimed_until < ?) and (looked_at is null or looked_at <= ?)",
                        owner,
                        at(now.plus(CLAIM)),
                        instance,
                        at(now),
                        at(since))
                == 1;
    }

    /** Writes what a claimed row says now, and gives it back. */
    void write(Kept kept) {
        Fields fields = kept.fields();
        jdbc.update(
                "update instance_contract set definition = ?, fields = ?, status_class = ?, findings = ?, looked_at = ?, problem = ?,"
                        + " claimed_by = null, claimed_until = null where instance = ? and claimed_by = ?",
                kept.definition(),
                fields == null ? null : fields.text(),
                kept.statusClass(),
                text(kept.findings()),
                kept.lookedAt() == null ? null : at(kept.lookedAt()),
                cut(kept.problem()),
                kept.instance(),
                owner);
    }

    /** Gives a claimed row back, not to be looked at before then. */
    void release(String instance, Instant before) {
        jdbc.update(
                "update instance_contract set claimed_by = null, claimed_until = ? where instance = ? and claimed_by = ?",
                at(before),
                instance,
                owner);
    }

    void delete(String instance, Instant lookedBefore) {
        jdbc.update("delete from instance_contract where instance = ? and looked_at < ?", instance, at(lookedBefore));
    }

    private static String text(List<Finding> findings) {
        ArrayNode all = Json.NODES.arrayNode();
        findings.forEach(one -> all.addObject()
                .put("kind", one.kind().name())
                .put("sentence", one.sentence())
                .put("since", one.since().toString()));
        return all.toString();
    }

    private static List<Finding> findings(JsonNode text) {
        List<Finding> all = new ArrayList<>();
        text.forEach(one -> all.add(new Finding(
                AlertOn.valueOf(one.path("kind").asText()),
                one.path("sentence").asText(),
                Instant.parse(one.path("since").asText()))));
        return all;
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private List<Kept> query(String sql, Object... values) {
        return jdbc.query(sql, (row, at) -> kept(row), values);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        String fields = row.getString(3);
        OffsetDateTime lookedAt = row.getObject(6, OffsetDateTime.class);
        try {
            return new Kept(
                    Objects.requireNonNull(row.getString(1)),
                    Objects.requireNonNull(row.getString(2)),
                    fields == null ? null : Fields.read(Json.MAPPER.readTree(fields)),
                    row.getObject(4, Integer.class),
                    findings(Json.MAPPER.readTree(row.getString(5))),
                    lookedAt == null ? null : lookedAt.toInstant(),
                    row.getString(7));
        } catch (JsonProcessingException e) {
            throw new SQLException("what is kept of a contract cannot be read", e);
        }
    }
}
