package io.patchbay.sandbox.netsuite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The tables behind SuiteQL, in a database that reads SQL as Oracle does. Queries come as they are; nothing can be written by them. */
final class SuiteQl implements AutoCloseable {

    private static final int MOST = 1_000;
    private static final List<String> TABLES = List.of(
            "create table transaction (id int primary key, type varchar(20), tranid varchar(40), externalid"
                    + " varchar(60), entity int, otherrefnum varchar(60), status varchar(3), trandate timestamp,"
                    + " foreigntotal decimal(20,2), currency int, lastmodifieddate timestamp)",
            "create table transactionline (uniquekey int primary key, transaction int, id int, mainline char(1),"
                    + " taxline char(1), item int, quantity decimal(20,4), rate decimal(20,4), netamount decimal(20,2),"
                    + " createdfrom int)",
            "create table customer (id int primary key, entityid varchar(80), externalid varchar(60), companyname"
                    + " varchar(83), firstname varchar(32), lastname varchar(32), email varchar(254), lastmodifieddate"
                    + " timestamp)",
            "create table item (id int primary key, itemid varchar(60), externalid varchar(60), displayname"
                    + " varchar(60), itemtype varchar(20), upccode varchar(20), isinactive char(1), lastmodifieddate"
                    + " timestamp)",
            "create table location (id int primary key, name varchar(60), isinactive char(1))",
            "create table subsidiary (id int primary key, name varchar(60))",
            "create table currency (id int primary key, symbol varchar(3))");

    private final Connection database;

    SuiteQl() {
        try {
            database = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID()
                    + ";MODE=Oracle;CASE_INSENSITIVE_IDENTIFIERS=TRUE;NON_KEYWORDS=TRANSACTION,CURRENCY,TYPE");
            try (Statement statement = database.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds or changes a row of the account itself. */
    void update(String sql, Object... values) {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether there is a row with a value. */
    boolean has(String table, String column, Object value) {
        try (PreparedStatement statement =
                database.prepareStatement("select 1 from " + table + " where " + column + " = ?")) {
            statement.setObject(1, value);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A page of what a query yields. Columns are in small letters, values are texts, and one that is null is left out. */
    ObjectNode page(String query, int limit, int offset) throws Refusal {
        if (limit < 1 || limit > MOST || offset % limit != 0) {
            throw Refusal.of("limit must be from 1 to 1000, and offset a multiple of it");
        }
        if (!query.strip().toUpperCase(Locale.ROOT).startsWith("SELECT ")) {
            throw Refusal.of("Invalid search query. Only SELECT is supported.");
        }
        List<ObjectNode> rows = rows(query);
        ObjectNode page = Json.NODES.objectNode();
        page.putArray("links");
        List<ObjectNode> on = rows.subList(Math.min(offset, rows.size()), Math.min(offset + limit, rows.size()));
        ArrayNode items = page.putArray("items");
        items.addAll(on);
        page.put("count", on.size())
                .put("hasMore", rows.size() > offset + on.size())
                .put("offset", offset)
                .put("totalResults", rows.size());
        return page;
    }

    private List<ObjectNode> rows(String query) throws Refusal {
        List<ObjectNode> rows = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            ResultSetMetaData columns = found.getMetaData();
            while (found.next()) {
                ObjectNode row = Json.NODES.objectNode();
                row.putArray("links");
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    String value = found.getString(i);
                    if (value != null) {
                        row.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
                    }
                }
                rows.add(row);
            }
        } catch (SQLException e) {
            throw Refusal.of("Invalid search query. Detailed unprocessed description follows. " + e.getMessage());
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
