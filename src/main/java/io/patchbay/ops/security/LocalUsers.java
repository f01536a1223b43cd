package io.patchbay.ops.security;

import io.patchbay.secret.Seal;
import io.patchbay.secret.SealException;
import io.patchbay.secret.Sealed;
import io.patchbay.store.Doubled;
import io.patchbay.store.SqlWork;
import io.patchbay.store.Store;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;

/**
 * The table {@code local_user}: people with the Argon2 hashes of their passwords, and the secrets of their one-time codes
 * sealed for the place {@code user/NAME}.
 */
public final class LocalUsers implements Sealed {

    /** Most of them. */
    private static final int MOST = 1_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.@_-][a-z0-9]+)*");
    private static final int LONGEST_NAME = 100;

    /** How long a password waits until it is looked at. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Store store;
    private final Clock clock;
    private final Seal seal;
    private final Turns turns;
    private final Passwords passwords;
    private final SecureRandom random = new SecureRandom();

    /** The users in a store. */
    public LocalUsers(Store store, Clock clock, Seal seal, AccessProperties settings) {
        this(store, clock, seal, settings, new Turns(PATIENCE));
    }

    LocalUsers(Store store, Clock clock, Seal seal, AccessProperties settings, Turns turns) {
        this.store = store;
        this.clock = clock;
        this.seal = seal;
        this.turns = turns;
        this.passwords = new Passwords(settings.passwordLength(), turns);
    }

    private record Row(
            LocalUser user, String hash, @Nullable String sealed, long lastStep) {}

    /** All of them, by name. */
    public List<LocalUser> list() {
        return rows("order by name").stream().map(Row::user).toList();
    }

    /** One of them. */
    public Optional<LocalUser> find(String name) {
        return row(name).map(Row::user);
    }

    /**
     * Makes a user known.
     *
     * @throws IllegalArgumentException with a sentence, when the name is taken or none, or the password is too easy to guess
     */
    public LocalUser add(String name, Role role, String password) {
        if (!isName(name) || name.equals(AdminProvider.USER)) {
            throw new IllegalArgumentException(
                    "A user's name is made of small letters, digits and '.', '@', '_', '-' between"
                            + " them, like ada@example.com; admin is the administrator's token.");
        }
        passwords.check(name, password);
        if (rows("").size() >= MOST) {
            throw new IllegalArgumentException("There are " + MOST + " users already.");
        }
        if (find(name).isPresent()) {
            throw taken(name);
        }
        String hash = passwords.hash(password);
        OffsetDateTime now = now();
        try {
            write(transaction -> transaction.add(
                    "insert into local_user (name, password_hash, role, last_step, created_at, changed_at)"
                            + " select ?, ?, ?, 0, ?, ? where not exists (select 1 from local_user where name = ?)",
                    row -> {
                        row.setString(1, name);
                        row.setString(2, hash);
                        row.setString(3, role.word());
                        row.setObject(4, now);
                        row.setObject(5, now);
                        row.setString(6, name);
                    }));
        } catch (CompletionException e) {
            throw Doubled.is(e) ? taken(name) : e;
        }
        // Whoever makes the same user at the same time must not be told that their password does.
        return row(name).filter(row -> row.hash().equals(hash)).map(Row::user).orElseThrow(() -> taken(name));
    }

    private static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException("There is a user '" + name + "' already.");
    }

    /** Gives another role. */
    public void role(String name, Role role) {
        change(name, "role", role.word());
    }

    /** Gives another password. @throws IllegalArgumentException with a sentence, when it is too easy to guess */
    public void password(String name, String password) {
        passwords.check(name, password);
        change(name, "password_hash", passwords.hash(password));
    }

    /** Asks for a one-time code from now on. @return the secret for an app, shown this once */
    public String code(String name) {
        byte[] secret = Totp.secret(random);
        change(name, "totp_sealed", seal.seal(secret, place(name)));
        return Totp.base32(secret);
    }

    /** Asks for no code any more. */
    public void noCode(String name) {
        change(name, "totp_sealed", null);
    }

    /** Ends a user; their sessions end with the next request. */
    public void remove(String name) {
        write(transaction -> transaction.add("delete from local_user where name = ?", row -> row.setString(1, name)));
    }

    /** The turns in which passwords are looked at: who calls {@link #login} takes one. */
    Turns turns() {
        return turns;
    }

    /**
     * Who logs in with a password, behind which stands the code where one is asked for. Takes as long for a user that is not
     * known as for a wrong password.
     */
    Optional<LocalUser> login(String name, String given) {
        Row row = row(name).orElse(null);
        String sealed = row == null ? null : row.sealed();
        int end = sealed == null ? given.length() : Math.max(0, given.length() - Totp.DIGITS);
        boolean right = passwords.matches(given.substring(0, end), row == null ? passwords.ofNobody() : row.hash());
        if (row == null || !right || (sealed != null && !used(row, sealed, given.substring(end)))) {
            return Optional.empty();
        }
        return Optional.of(row.user());
    }

    /** Whether the code is right; each is taken once, on whichever replica. */
    private boolean used(Row row, String sealed, String code) {
        byte[] secret = seal.openBytes(sealed, place(row.user().name()));
        OptionalLong step = Totp.match(secret, code, clock.instant(), row.lastStep());
        if (step.isEmpty()) {
            return false;
        }
        String sql = "update local_user set last_step = ? where name = ? and last_step < ?";
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, step.getAsLong());
            update.setString(2, row.user().name());
            update.setLong(3, step.getAsLong());
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new AuthenticationServiceException("a code cannot be taken", e);
        }
    }

    @Override
    public Renewed renew(Seal newest) {
        Renewed all = new Renewed(0, 0);
        for (Row row : rows("where totp_sealed is not null")) {
            String old = String.valueOf(row.sealed());
            if (!newest.isNewest(old)) {
                all = all.plus(renewed(row.user().name(), old, newest));
            }
        }
        return all;
    }

    private Renewed renewed(String name, String old, Seal newest) {
        String sealed;
        try {
            sealed = newest.seal(newest.openBytes(old, place(name)), place(name));
        } catch (SealException e) {
            return new Renewed(0, 1);
        }
        write(transaction ->
                transaction.add("update local_user set totp_sealed = ? where name = ? and totp_sealed = ?", row -> {
                    row.setString(1, sealed);
                    row.setString(2, name);
                    row.setString(3, old);
                }));
        return new Renewed(1, 0);
    }

    private void change(String name, String column, @Nullable String value) {
        OffsetDateTime now = now();
        write(transaction ->
                transaction.add("update local_user set " + column + " = ?, changed_at = ? where name = ?", row -> {
                    row.setString(1, value);
                    row.setObject(2, now);
                    row.setString(3, name);
                }));
    }

    private static String place(String name) {
        return "user/" + name;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private void write(SqlWork work) {
        store.commits().write(work).join();
    }

    /** What is no name is nobody's; the database is not asked, which may choke on it (PostgreSQL on a NUL). */
    private Optional<Row> row(String name) {
        return isName(name) ? rows("where name = ?", name).stream().findFirst() : Optional.empty();
    }

    private static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }

    private List<Row> rows(String which, String... values) {
        String sql = "select name, role, totp_sealed, created_at, changed_at, password_hash, last_step from local_user "
                + which;
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(read(row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AuthenticationServiceException("users cannot be read", e);
        }
    }

    private static Row read(ResultSet row) throws SQLException {
        String sealed = row.getString(3);
        Instant created = row.getObject(4, OffsetDateTime.class).toInstant();
        Instant changed = row.getObject(5, OffsetDateTime.class).toInstant();
        Role role = Role.of(row.getString(2)).orElseThrow(() -> new SQLException("a role is not known"));
        return new Row(
                new LocalUser(row.getString(1), role, sealed != null, created, changed),
                row.getString(6),
                sealed,
                row.getLong(7));
    }
}
