package io.patchbay.trigger.inbound;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.util.unit.DataSize;

/**
 * Callers and their tokens in the database, so that they hold on every replica and after a restart. Secrets are kept as bcrypt
 * hashes, tokens (256 random bits, which nobody can guess however cheap a guess is) as SHA-256.
 */
public final class JdbcCallers implements Callers {

    /** How long a token is good. */
    static final Duration TOKEN_LIFE = Duration.ofHours(24);

    /** Most callers. */
    static final int MOST = 1_000;

    /** Tokens of one caller that are good at once; of more the oldest ends. */
    static final int MOST_TOKENS = 20;

    private static final int LONGEST_SECRET = 72;
    private static final int SECRET_BYTES = 32;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final String COLUMNS = "name, client_id, per_minute, max_body, created_at, revoked_at";

    private final DataSource database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();
    private final String nobody;

    /** Callers in the tables {@code inbound_caller} and {@code inbound_token}. */
    public JdbcCallers(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.nobody = encoder.encode(secret());
    }

    /**
     * A token that was given out.
     *
     * @param token what the caller shows
     * @param life how long it is good
     */
    record Issued(String token, Duration life) {
        @Override
        public String toString() {
            return "a token";
        }
    }

    @Override
    public List<Caller> list() {
        return query("select " + COLUMNS + " from inbound_caller order by name");
    }

    @Override
    public Optional<Caller> find(String name) {
        return query("select " + COLUMNS + " from inbound_caller where name = ?", name).stream()
                .findFirst();
    }

    @Override
    public Created create(String name, Caller.Limits limits) {
        if (name.length() > 100 || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a caller's name is made of small letters, digits and '-', like my-erp");
        }
        if (find(name).isPresent()) {
            throw new IllegalArgumentException("there is a caller '" + name + "' already");
        }
        if (list().size() >= MOST) {
            throw new IllegalArgumentException("there are " + MOST + " callers already");
        }
        String secret = secret();
        Caller caller = new Caller(name, secret().substring(0, 22), limits, now(), null);
        update(
                "insert into inbound_caller (name, client_id, secret_hash, per_minute, max_body, created_at) values (?, ?, ?, ?,"
                        + " ?, ?)",
                name,
                caller.clientId(),
                encoder.encode(secret),
                limits.perMinute(),
                bytes(limits),
                at(caller.createdAt()));
        return new Created(caller, secret);
    }

    @Override
    public Optional<Caller> limit(String name, Caller.Limits limits) {
        update(
                "update inbound_caller set per_minute = ?, max_body = ? where name = ? and revoked_at is null",
                limits.perMinute(),
                bytes(limits),
                name);
        return find(name).filter(caller -> caller.revokedAt() == null);
    }

    private static @Nullable Long bytes(Caller.Limits limits) {
        DataSize most = limits.maxBody();
        return most == null ? null : most.toBytes();
    }

    @Override
    public Optional<Caller> revoke(String name) {
        update("update inbound_caller set revoked_at = ? where name = ? and revoked_at is null", at(now()), name);
        update("delete from inbound_token where caller = ?", name);
        return find(name);
    }

    /** A new token for who knows a caller's secret; takes as long for an unknown caller as for a wrong secret. */
    Optional<Issued> issue(String clientId, String secret) {
        boolean plausible = secret.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SECRET;
        String[] found = hash(clientId);
        String hash = found == null ? nobody : found[1];
        if (!encoder.matches(plausible ? secret : "", hash) || found == null || !plausible) {
            return Optional.empty();
        }
        String token = secret();
        update("delete from inbound_token where until_at <= ?", at(now()));
        update(
                "delete from inbound_token where caller = ? and until_at <= (select until_at from inbound_token where caller ="
                        + " ? order by until_at desc offset " + (MOST_TOKENS - 1) + " rows fetch first 1 rows only)",
                found[0],
                found[0]);
        update(
                "insert into inbound_token (token_hash, caller, until_at) values (?, ?, ?)",
                hashOf(token),
                found[0],
                at(now().plus(TOKEN_LIFE)));
        return Optional.of(new Issued(token, TOKEN_LIFE));
    }

    /** Whose token it is, by its hash; empty when it is nobody's any more. */
    Optional<Caller> ofToken(String tokenHash) {
        return query(
                        "select " + COLUMNS + " from inbound_caller where revoked_at is null and name ="
                                + " (select caller from inbound_token where token_hash = ? and until_at > ?)",
                        tokenHash,
                        at(now()))
                .stream()
                .findFirst();
    }

    /** What a token is kept and looked up by. */
    static String hashOf(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String @Nullable [] hash(String clientId) {
        String sql = "select name, secret_hash from inbound_caller where client_id = ? and revoked_at is null";
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, clientId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new String[] {row.getString(1), row.getString(2)} : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("callers cannot be read", e);
        }
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Instant now() {
        return clock.instant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private List<Caller> query(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            fill(select, values);
            List<Caller> callers = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Long most = row.getObject(4, Long.class);
                    OffsetDateTime revoked = row.getObject(6, OffsetDateTime.class);
                    callers.add(new Caller(
                            row.getString(1),
                            row.getString(2),
                            new Caller.Limits(row.getInt(3), most == null ? null : DataSize.ofBytes(most)),
                            row.getObject(5, OffsetDateTime.class).toInstant(),
                            revoked == null ? null : revoked.toInstant()));
                }
            }
            return callers;
        } catch (SQLException e) {
            throw new IllegalStateException("callers cannot be read", e);
        }
    }

    private void update(String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, values);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("callers cannot be written", e);
        }
    }

    private static void fill(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
