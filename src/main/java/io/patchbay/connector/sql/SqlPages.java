package io.patchbay.connector.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Endpoint.SqlCall;
import io.patchbay.connector.Incremental;
import io.patchbay.connector.Request;
import io.patchbay.connector.definition.SqlConfig.KeysetConfig;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.paging.FollowedPages;
import io.patchbay.connector.paging.PagePull.Fetched;
import io.patchbay.expression.Values;
import io.patchbay.payload.Body;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query in pages: by a key, each page a query of its own; else from one query that stays open, and is made again, its
 * first rows passed over, when the pull broke.
 */
final class SqlPages extends FollowedPages {

    private static final String AFTER = "after";
    private static final String ROWS = "rows";

    private final SqlOperation operation;
    private final Begin begin;
    private final int pageSize;
    private final @Nullable KeysetConfig keyset;
    private @Nullable Open open;
    private boolean closed;

    /** A query that stays open. */
    private record Open(SqlSession session, PreparedStatement statement, Rows rows, long at) {
        Open at(long further) {
            return new Open(session, statement, rows, further);
        }
    }

    SqlPages(SqlOperation operation, Request request, Begin begin) {
        super(request);
        this.operation = operation;
        this.begin = begin;
        this.pageSize = Objects.requireNonNull(operation.sql().config().pageSize());
        this.keyset = operation.sql().config().keyset();
    }

    /** Where a pull begins: behind the cursor of earlier runs, if there is one. */
    static JsonNode first(SqlCall call, Begin begin, Instant queuedAt) {
        KeysetConfig keyset = call.config().keyset();
        if (keyset == null) {
            return Json.NODES.objectNode().put(ROWS, 0);
        }
        Incremental.Start own = begin.growing().start();
        String start = own == null ? keyset.start() : Objects.requireNonNullElse(own.text(queuedAt), keyset.start());
        String from = begin.cursor() == null ? start : begin.cursor();
        ObjectNode state = Json.NODES.objectNode();
        return keyset.type() == CursorKind.SEQUENCE
                ? state.set(AFTER, Json.NODES.numberNode(new BigDecimal(from)))
                : state.put(AFTER, from);
    }

    @Override
    public @Nullable Fetched fetch(JsonNode state, boolean mayWait) throws StepException {
        Governor.Permit permit = permit(operation.governor(), mayWait);
        if (permit == null) {
            return null;
        }
        try {
            return operation.recorded(request, operation.deed(), () -> fetched(state));
        } finally {
            permit.release();
        }
    }

    private synchronized Fetched fetched(JsonNode state) throws StepException {
        if (!state.has(keyset == null ? ROWS : AFTER)) {
            throw lostPlace();
        }
        boolean whole = false;
        try {
            if (closed) {
                throw new StepException(Owner.LIMIT, "CANCELLED", "the pull was given up");
            }
            Fetched fetched =
                    keyset == null ? streamed(state.path(ROWS).longValue()) : behind(state.path(AFTER), keyset);
            whole = true;
            return fetched;
        } catch (SQLException e) {
            String what = "run '" + operation.endpoint().id() + "'";
            throw operation.connection().failures().of(what, e, current.cancelled());
        } finally {
            if (!whole) {
                drop(false);
            }
        }
    }

    private Fetched streamed(long from) throws SQLException, StepException {
        Open query = open;
        if (query == null || query.at() != from) {
            drop(true);
            query = opened(null);
            for (long passed = 0; passed < from; ) {
                int some = query.rows()
                        .next((int) Math.min(pageSize, from - passed))
                        .size();
                passed = some == 0 ? from : passed + some;
            }
        }
        ArrayNode page = query.rows().next(pageSize);
        open = query.at(from + page.size());
        boolean last = page.size() < pageSize;
        if (last) {
            drop(true);
        }
        return page(page, last ? null : Json.NODES.objectNode().put(ROWS, from + page.size()));
    }

    private Fetched behind(JsonNode after, KeysetConfig by) throws SQLException, StepException {
        Open query = opened(after);
        ArrayNode page = query.rows().next(pageSize);
        drop(true);
        JsonNode reached = after;
        if (!page.isEmpty()) {
            reached = page.get(page.size() - 1).path(by.column());
            if (Values.absent(reached)) {
                throw new StepException(
                        Owner.AUTHOR,
                        "NO_CURSOR",
                        "the last row of a page has no '" + by.column() + "' (sql.keyset.column)");
            }
            if (reached.equals(after)) {
                throw new StepException(
                        Owner.AUTHOR,
                        "REPEATED_CURSOR",
                        "a page ends where it began: the query must ask for rows behind :" + by.parameter()
                                + ", ordered by '" + by.column() + "'");
            }
        }
        ObjectNode next = Json.NODES.objectNode();
        next.set(AFTER, reached);
        if (page.size() < pageSize) {
            next.put("end", true);
        }
        return page(page, next);
    }

    private Fetched page(ArrayNode rows, @Nullable JsonNode next) {
        return new Fetched(request.payload().withBody(new Body.Tree(rows), RecordPath.ROOT_LIST), rows.isEmpty(), next);
    }

    private Open opened(@Nullable JsonNode after) throws SQLException, StepException {
        SqlSession session = operation.taken();
        open = null;
        boolean works = false;
        try {
            current.onCancel(operation.connection().sessions().cutter(session));
            session.readOnly(true);
            PreparedStatement statement = operation.prepared(session.connection(), request);
            statement.setFetchSize(pageSize);
            if (after != null) {
                statement.setMaxRows(pageSize);
            }
            operation.binding().bind(statement, session.nullType(), operation.scope(request, request.payload()), after);
            ResultSet rows = statement.executeQuery();
            Open query = new Open(session, statement, new Rows(rows, operation.most()), 0);
            open = query;
            works = true;
            return query;
        } finally {
            if (!works) {
                operation.connection().sessions().giveBack(session, false);
            }
        }
    }

    private synchronized void drop(boolean works) {
        Open query = open;
        open = null;
        if (query == null) {
            return;
        }
        boolean free = works && !current.cancelled();
        try {
            if (free) {
                query.statement().close(); // and with it its rows
            }
        } catch (SQLException e) {
            free = false;
        }
        operation.connection().sessions().giveBack(query.session(), free && SqlOperation.rolledBack(query.session()));
    }

    @Override
    public Pull.@Nullable Reached reached(JsonNode end) {
        if (keyset == null || !keyset.incremental() || begin.growing().off()) {
            return null;
        }
        JsonNode after = end.path(AFTER);
        String to = after.isNumber() ? after.decimalValue().toPlainString() : after.asText("");
        return new Pull.Reached(
                operation.connection().instance().name(),
                operation.endpoint().id(),
                begin.inputs(),
                keyset.type(),
                begin.cursor(),
                to.isEmpty() ? null : to);
    }

    @Override
    public void close() {
        super.close();
        synchronized (this) {
            closed = true;
            drop(false);
        }
    }
}
