package io.patchbay.connector.auth;

import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Tokens in memory: what the database keeps, for several connections at once. Can be made to fail. */
public final class MemoryTokens implements TokenStore {

    private record Row(String text, long revision, boolean leased) {}

    private final Map<Key, Row> rows = new HashMap<>();
    private boolean broken;

    /** From now on nothing can be written, or again. */
    public synchronized void broken(boolean now) {
        broken = now;
    }

    @Override
    public synchronized Kept find(Key key) {
        Row row = rows.get(key);
        return row == null ? null : new Kept(Tokens.parse(row.text()), row.revision());
    }

    @Override
    public synchronized Map<Key, Tokens> all() {
        Map<Key, Tokens> all = new HashMap<>();
        rows.forEach((key, row) -> all.put(key, Tokens.parse(row.text())));
        return all;
    }

    @Override
    public synchronized void put(Key key, Tokens tokens) throws StepException {
        check();
        Row row = rows.get(key);
        rows.put(key, new Row(tokens.text(), row == null ? System.nanoTime() : row.revision() + 1, false));
    }

    @Override
    public synchronized Long claim(Key key, long revision, Duration lease) throws StepException {
        check();
        Row row = rows.get(key);
        if (row == null || row.revision() != revision || row.leased()) {
            return null;
        }
        rows.put(key, new Row(row.text(), revision + 1, true));
        return revision + 1;
    }

    @Override
    public synchronized boolean replace(Key key, long revision, Tokens fresh) throws StepException {
        check();
        Row row = rows.get(key);
        if (row == null || row.revision() != revision) {
            return false;
        }
        rows.put(key, new Row(fresh.text(), revision + 1, false));
        return true;
    }

    @Override
    public synchronized void release(Key key, long revision) throws StepException {
        check();
        Row row = rows.get(key);
        if (row != null && row.revision() == revision) {
            rows.put(key, new Row(row.text(), revision, false));
        }
    }

    @Override
    public synchronized boolean remove(Key key, Long revision) throws StepException {
        check();
        Row row = rows.get(key);
        return row != null && (revision == null || row.revision() == revision) && rows.remove(key) != null;
    }

    private void check() throws StepException {
        if (broken) {
            throw new StepException(Owner.INTERNAL, "STORE", "the store takes nothing", null, true, null);
        }
    }
}
