package io.patchbay.connector.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.BoundOperation;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.SqlCall;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.paging.PagePull;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A statement of an instance. A read changes nothing: its transaction is read-only, and is rolled back. */
final class SqlOperation extends BoundOperation {

    private static final int MOST_PAGES = 200_000;
    private static final int MOST_ROWS = 10_000;
    private static final int SENT_AT_ONCE = 500;
    private static final int SHOWN = 200;

    private final SqlCall call;
    private final SqlConnection connection;
    private final Binding binding;

    SqlOperation(Endpoint endpoint, SqlCall call, SqlConnection connection) {
        super(endpoint, connection);
        this.call = call;
        this.connection = connection;
        this.binding = new Binding(call);
    }

    SqlCall sql() {
        return call;
    }

    SqlConnection connection() {
        return connection;
    }

    @Override
    public Payload call(Request request) throws StepException {
        return recorded(
                request,
                deed(),
                () -> worked(
                        request.trace(),
                        session -> endpoint().config().kind().acts()
                                ? changed(session, request)
                                : read(session, request)));
    }

    @Override
    public Pull pull(Request request, Begin begin) throws StepException {
        return new PagePull(
                new SqlPages(this, request, begin),
                new PagePull.Rules(
                        begin.shape(),
                        MOST_PAGES,
                        begin.backoff(endpoint().errors().backoff())),
                request.payload(),
                connection.services().workers(),
                Objects.requireNonNullElse(begin.resumeFrom(), SqlPages.first(call, begin, request.queuedAt())),
                begin.ordinal());
    }

    @Override
    public @Nullable Payload first(Request request) throws StepException {
        Begin begin = new Begin("first", null, 0, null, "");
        PagePull.Fetched one = PagePull.once(
                new SqlPages(this, request, begin), SqlPages.first(call, begin, request.queuedAt()), governor());
        return one == null || one.empty() ? null : one.page();
    }

    private Payload read(SqlSession session, Request request) throws SQLException, StepException {
        session.readOnly(true);
        try (PreparedStatement statement = prepared(session.connection(), request)) {
            statement.setMaxRows(MOST_ROWS + 1);
            binding.bind(statement, session.nullType(), scope(request, request.payload()), null);
            try (ResultSet rows = statement.executeQuery()) {
                ArrayNode all = new Rows(rows, most()).next(MOST_ROWS + 1);
                if (all.size() > MOST_ROWS) {
                    throw new StepException(
                            Owner.LIMIT,
                            "TOO_MANY_ROWS",
                            "the query yields more than " + MOST_ROWS + " rows; with sql.pageSize they come in pages");
                }
                return request.payload().withBody(new Body.Tree(all), RecordPath.ROOT_LIST);
            }
        }
    }

    /** Runs the statement once, or for each record; all of it counts, or nothing. */
    private Payload changed(SqlSession session, Request request) throws SQLException, StepException {
        Connection database = session.connection();
        session.readOnly(false);
        int most = call.config().generatedKeys().isEmpty() || session.tellsKeysOfBatches() ? SENT_AT_ONCE : 1;
        ObjectNode answer = Json.NODES.objectNode();
        ArrayNode keys = Json.NODES.arrayNode();
        long updated = 0;
        try (PreparedStatement statement = prepared(database, request)) {
            int waiting = 0;
            for (Payload one : call.perRecord() ? Records.of(request.payload()) : List.of(request.payload())) {
                binding.bind(statement, session.nullType(), scope(request, one), null);
                if (most == 1) {
                    updated += statement.executeUpdate();
                    addKeys(statement, keys);
                    continue;
                }
                statement.addBatch();
                if (++waiting == most) {
                    updated += sent(statement, keys);
                    waiting = 0;
                }
            }
            updated += waiting == 0 ? 0 : sent(statement, keys);
        }
        database.commit();
        answer.put("updated", updated);
        if (call.config().generatedKeys().isEmpty()) {
            return request.payload().withBody(new Body.Tree(answer), RecordPath.ROOT);
        }
        answer.set("keys", keys);
        return request.payload().withBody(new Body.Tree(answer), RecordPath.parse("$.keys[*]"));
    }

    private long sent(PreparedStatement statement, ArrayNode keys) throws SQLException, StepException {
        long updated = 0;
        for (int count : statement.executeBatch()) {
            updated += Math.max(0, count);
        }
        if (!call.config().generatedKeys().isEmpty()) {
            addKeys(statement, keys);
        }
        return updated;
    }

    /** Some drivers have a name of their own for a key: it gets the one that was asked for. */
    private void addKeys(PreparedStatement statement, ArrayNode keys) throws SQLException, StepException {
        List<String> asked = call.config().generatedKeys();
        try (ResultSet made = statement.getGeneratedKeys()) {
            for (JsonNode row : new Rows(made, most()).next(Integer.MAX_VALUE)) {
                String name = asked.get(0);
                boolean own = asked.size() == 1
                        && row.size() == 1
                        && !row.fieldNames().next().equalsIgnoreCase(name);
                keys.add(own ? Json.NODES.objectNode().set(name, row.elements().next()) : row);
            }
        }
    }

    /** A statement that ends with the call's time, or when the call is given up. */
    PreparedStatement prepared(Connection database, Request request) throws SQLException, StepException {
        String text = binding.text(request.with());
        String[] keys = call.config().generatedKeys().toArray(String[]::new);
        PreparedStatement statement =
                keys.length == 0 ? database.prepareStatement(text) : database.prepareStatement(text, keys);
        Duration timeout = Objects.requireNonNullElse(
                endpoint().config().timeout(),
                connection.instance().connector().requester().config().timeout());
        statement.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
        return statement;
    }

    Binding binding() {
        return binding;
    }

    CallScope scope(Request request, Payload payload) {
        return new CallScope(connection.settings().settings(), request.with(), payload, request.queuedAt());
    }

    long most() {
        return connection
                .instance()
                .connector()
                .requester()
                .config()
                .maxResponse()
                .toBytes();
    }

    /** Work on a session. */
    interface Work<T> {
        T with(SqlSession session) throws SQLException, StepException;
    }

    private <T> T worked(Trace trace, Work<T> work) throws StepException {
        SqlSession session = taken();
        boolean works = false;
        try {
            trace.onCancel(connection.sessions().cutter(session));
            T result = work.with(session);
            works = true;
            return result;
        } catch (SQLException e) {
            StepException failure =
                    connection.failures().of("run '" + endpoint().id() + "'", e, trace.cancelled());
            works = !failure.retryable();
            throw failure;
        } catch (StepException e) {
            works = true;
            throw e;
        } finally {
            connection.sessions().giveBack(session, works && !trace.cancelled() && rolledBack(session));
        }
    }

    SqlSession taken() throws StepException {
        return connection.sessions().take();
    }

    /** What was not committed goes; so does whatever a read may have changed. */
    static boolean rolledBack(SqlSession session) {
        try {
            session.connection().rollback();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    Deed deed() {
        String text = call.config().query().strip().replaceAll("\\s+", " ");
        return new Deed(
                endpoint().config().kind().acts() ? "EXECUTE" : "QUERY",
                connection.shown() + " " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text));
    }
}
