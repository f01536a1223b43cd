package io.patchbay.runtime;

import io.patchbay.connector.StoredInstance;
import io.patchbay.secret.Seal;
import io.patchbay.secret.SealException;
import io.patchbay.secret.Sealed;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The table {@code stored_instance}: each document sealed as a whole, for the place {@code instance/NAME}. */
final class InstanceRows implements Sealed {

    private final Store store;
    private final Seal seal;
    private final Clock clock;

    InstanceRows(Store store, Seal seal, Clock clock) {
        this.store = store;
        this.seal = seal;
        this.clock = clock;
    }

    private record Row(String name, String revision, String sealed) {}

    /** All of them, opened, by name. */
    List<StoredInstance> list() {
        return rows().stream().map(this::opened).toList();
    }

    Optional<StoredInstance> find(String name) {
        return rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .map(this::opened);
    }

    private StoredInstance opened(Row row) {
        try {
            String document = seal.open(row.sealed(), context(row.name()));
            return new StoredInstance(row.name(), row.revision(), document, null);
        } catch (SealException e) {
            return new StoredInstance(row.name(), row.revision(), null, e.getMessage());
        }
    }

    /** Changes when any of them does. */
    String revision() {
        StringBuilder revision = new StringBuilder();
        each("select name, revision, '' from stored_instance order by name")
                .forEach(row -> revision.append(row.name())
                        .append('@')
                        .append(row.revision())
                        .append(' '));
        return revision.toString();
    }

    /** Adds one. @return whether there was none of this name */
    boolean insert(StoredInstance one) {
        String sealed = seal.seal(String.valueOf(one.document()), context(one.name()));
        store.commits()
                .write(transaction -> transaction.add(
                        "insert into stored_instance (name, revision, sealed, changed_at) select ?, ?, ?, ? where not exists"
                                + " (select 1 from stored_instance where name = ?)",
                        row -> {
                            row.setString(1, one.name());
                            row.setString(2, one.revision());
                            row.setString(3, sealed);
                            row.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
                            row.setString(5, one.name());
                        }))
                .join();
        return isThere(one);
    }

    /** Changes one. @return whether it still was the one of this revision */
    boolean update(StoredInstance one, String before) {
        String sealed = seal.seal(String.valueOf(one.document()), context(one.name()));
        store.commits()
                .write(transaction -> transaction.add(
                        "update stored_instance set revision = ?, sealed = ?, changed_at = ? where name = ? and revision = ?",
                        row -> {
                            row.setString(1, one.revision());
                            row.setString(2, sealed);
                            row.setObject(3, clock.instant().atOffset(ZoneOffset.UTC));
                            row.setString(4, one.name());
                            row.setString(5, before);
                        }))
                .join();
        return isThere(one);
    }

    private boolean isThere(StoredInstance one) {
        return rows().stream().anyMatch(row -> row.revision().equals(one.revision()));
    }

    /**
     * Deletes one.
     *
     * @param seen the revision that it must have; null for any
     * @return whether none of this name is left
     */
    boolean delete(String name, @Nullable String seen) {
        store.commits()
                .write(transaction -> transaction.add(
                        "delete from stored_instance where name = ? and revision = coalesce(?, revision)", row -> {
                            row.setString(1, name);
                            row.setString(2, seen);
                        }))
                .join();
        return rows().stream().noneMatch(row -> row.name().equals(name));
    }

    @Override
    public Renewed renew(Seal newest) {
        Renewed all = new Renewed(0, 0);
        for (Row row : rows()) {
            if (!newest.isNewest(row.sealed())) {
                all = all.plus(renew(row, newest));
            }
        }
        return all;
    }

    private Renewed renew(Row old, Seal newest) {
        String sealed;
        try {
            sealed = newest.seal(newest.openBytes(old.sealed(), context(old.name())), context(old.name()));
        } catch (SealException e) {
            return new Renewed(0, 1);
        }
        store.commits()
                .write(transaction -> transaction.add(
                        "update stored_instance set sealed = ? where name = ? and revision = ?", row -> {
                            row.setString(1, sealed);
                            row.setString(2, old.name());
                            row.setString(3, old.revision());
                        }))
                .join();
        return new Renewed(1, 0);
    }

    private static String context(String name) {
        return "instance/" + name;
    }

    private List<Row> rows() {
        return each("select name, revision, sealed from stored_instance order by name");
    }

    private List<Row> each(String sql) {
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(new Row(row.getString(1), row.getString(2), row.getString(3)));
            }
            return rows;
        } catch (SQLException e) {
            throw new CompletionException("stored instances cannot be read", e);
        }
    }
}
