package io.patchbay.runtime;

import io.patchbay.connector.auth.TokenStore;
import io.patchbay.secret.Seal;
import io.patchbay.secret.SealException;
import io.patchbay.secret.Sealed;
import io.patchbay.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** The tokens of {@link JdbcTokens}, as the rotation of the key sees them. */
final class SealedTokens implements Sealed {

    private final Store store;

    SealedTokens(Store store) {
        this.store = store;
    }

    private record Row(TokenStore.Key key, String sealed) {}

    @Override
    public Renewed renew(Seal seal) {
        Renewed all = new Renewed(0, 0);
        for (Row row : rows()) {
            if (!seal.isNewest(row.sealed())) {
                all = all.plus(renew(row, seal));
            }
        }
        return all;
    }

    /** Tokens that were replaced meanwhile are sealed with the newest key already: the text is not there any more. */
    private Renewed renew(Row old, Seal seal) {
        String context = JdbcTokens.context(old.key());
        String sealed;
        try {
            sealed = seal.seal(seal.openBytes(old.sealed(), context), context);
        } catch (SealException e) {
            return new Renewed(0, 1);
        }
        store.progress()
                .write(transaction -> transaction.add(
                        "update instance_token set sealed = ? where instance = ? and auth = ? and sealed = ?", row -> {
                            row.setString(1, sealed);
                            row.setString(2, old.key().instance());
                            row.setString(3, old.key().auth());
                            row.setString(4, old.sealed());
                        }))
                .join();
        return new Renewed(1, 0);
    }

    private List<Row> rows() {
        String sql = "select instance, auth, sealed from instance_token order by instance, auth";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(new Row(new TokenStore.Key(row.getString(1), row.getString(2)), row.getString(3)));
            }
            return rows;
        } catch (SQLException e) {
            throw new CompletionException("tokens cannot be read", e);
        }
    }
}
