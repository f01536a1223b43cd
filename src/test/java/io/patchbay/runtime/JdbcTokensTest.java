package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.auth.TokenStore;
import io.patchbay.connector.auth.TokenStore.Kept;
import io.patchbay.connector.auth.Tokens;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Seal;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens in the embedded database. */
class JdbcTokensTest {

    private static final TokenStore.Key SHOP = new TokenStore.Key("shop", "user");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String OLD = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String NEW = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

    @TempDir
    Path home;

    private final SettableClock clock = new SettableClock();
    private Store store;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), home, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private JdbcTokens with(String keys) {
        return new JdbcTokens(store, Seal.of(keys, new SecureRandom()), clock);
    }

    private static Tokens tokens(String access) {
        Instant now = Instant.parse("2026-11-28T12:00:00Z");
        return new Tokens(access, "refresh-" + access, now, now.plusSeconds(600), "orders", now, null, "client");
    }

    private static Kept kept(JdbcTokens tokens) throws StepException {
        return Objects.requireNonNull(tokens.find(SHOP));
    }

    private String sealed() throws Exception {
        try (Connection connection = store.database().dataSource().getConnection();
                ResultSet rows = connection.createStatement().executeQuery("select sealed from instance_token")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    @Test
    void keepsWhatWasPutLast() throws Exception {
        JdbcTokens tokens = with(OLD);
        assertThat(tokens.find(SHOP)).isNull();

        tokens.put(SHOP, tokens("a-1"));
        long first = kept(tokens).revision();
        tokens.put(SHOP, tokens("a-2"));

        assertThat(kept(tokens).tokens()).isEqualTo(tokens("a-2"));
        assertThat(kept(tokens).revision()).isGreaterThan(first);
        assertThat(tokens.find(new TokenStore.Key("shop", "other"))).isNull();
        assertThat(sealed()).doesNotContain("a-2").doesNotContain("refresh");
    }

    @Test
    void readsAllThatCanBeOpened() throws Exception {
        TokenStore.Key bank = new TokenStore.Key("bank", "a");
        with(OLD).put(SHOP, tokens("a-1"));
        Instant noon = Instant.parse("2026-11-28T12:00:00Z");
        Tokens told =
                new Tokens("a", "r", noon, noon, null, noon, new Tokens.Term(noon, noon.plusSeconds(86_400)), "client");
        JdbcTokens tokens = with(NEW);
        tokens.put(bank, told);

        assertThat(tokens.all()).containsExactly(Map.entry(bank, told));
    }

    @Test
    void letsOneClaimAndTheOthersNot() throws Exception {
        JdbcTokens tokens = with(OLD);
        tokens.put(SHOP, tokens("a-1"));
        long revision = kept(tokens).revision();

        Long claim = tokens.claim(SHOP, revision, LEASE);

        assertThat(claim).isNotNull();
        assertThat(tokens.claim(SHOP, revision, LEASE)).isNull(); // another revision
        assertThat(tokens.claim(SHOP, claim, LEASE)).isNull(); // at it
        tokens.release(SHOP, claim);
        assertThat(tokens.claim(SHOP, claim, LEASE)).isNotNull();
    }

    @Test
    void storesFreshTokensOfTheClaimOnly() throws Exception {
        JdbcTokens tokens = with(OLD);
        tokens.put(SHOP, tokens("a-1"));
        long late = Objects.requireNonNull(tokens.claim(SHOP, kept(tokens).revision(), LEASE));
        tokens.put(SHOP, tokens("a-2")); // a person connects it anew meanwhile

        assertThat(tokens.replace(SHOP, late, tokens("a-3"))).isFalse();
        assertThat(kept(tokens).tokens()).isEqualTo(tokens("a-2"));

        long claim = Objects.requireNonNull(tokens.claim(SHOP, kept(tokens).revision(), LEASE));
        assertThat(tokens.replace(SHOP, claim, tokens("a-4"))).isTrue();
        assertThat(kept(tokens).tokens()).isEqualTo(tokens("a-4"));
        assertThat(tokens.claim(SHOP, kept(tokens).revision(), LEASE)).isNotNull(); // the claim has ended
    }

    @Test
    void aClaimOfTokensThatWereRemovedFitsNoneThatCome() throws Exception {
        JdbcTokens tokens = with(OLD);
        tokens.put(SHOP, tokens("a-1"));
        long claim = Objects.requireNonNull(tokens.claim(SHOP, kept(tokens).revision(), LEASE));
        assertThat(tokens.remove(SHOP, null)).isTrue();
        assertThat(tokens.remove(SHOP, null)).isFalse();
        clock.forward(Duration.ofSeconds(1));
        tokens.put(SHOP, tokens("a-2"));

        assertThat(tokens.replace(SHOP, claim, tokens("a-3"))).isFalse();
        assertThat(tokens.remove(SHOP, claim)).isFalse();
    }

    @Test
    void whatWasClaimedBeforeTheStartIsFree() throws Exception {
        JdbcTokens before = with(OLD);
        before.put(SHOP, tokens("a-1"));
        assertThat(before.claim(SHOP, kept(before).revision(), LEASE)).isNotNull();

        JdbcTokens after = with(OLD);

        assertThat(after.claim(SHOP, kept(after).revision(), LEASE)).isNotNull();
    }

    @Test
    void sealsAnewAtTheStartSoThatTheOldKeyCanGo() throws Exception {
        JdbcTokens before = with(OLD);
        before.put(SHOP, tokens("a-1"));
        long revision = kept(before).revision();

        with(NEW + "," + OLD);

        assertThat(kept(with(NEW)).tokens()).isEqualTo(tokens("a-1"));
        assertThat(kept(with(NEW)).revision()).isEqualTo(revision); // whoever renews goes on
        assertThatThrownBy(() -> with(OLD).find(SHOP)).isInstanceOf(StepException.class);
    }

    @Test
    void leavesWhatItCannotOpenAndSaysSoWhenItIsNeeded() throws Exception {
        with(OLD).put(SHOP, tokens("a-1"));
        String sealed = sealed();

        JdbcTokens without = with(NEW);

        assertThat(sealed()).isEqualTo(sealed);
        assertThatThrownBy(() -> without.find(SHOP))
                .hasMessageStartingWith("the tokens of instance 'shop' cannot be read: ")
                .hasMessageContaining("not among the keys in PATCHBAY_KEY");
    }

    @Test
    void tokensOfAnotherInstanceDoNotOpenInItsPlace() throws Exception {
        JdbcTokens tokens = with(OLD);
        tokens.put(SHOP, tokens("a-1"));
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement move = connection.prepareStatement("update instance_token set instance = 'other'")) {
            move.executeUpdate();
        }

        assertThatThrownBy(() -> tokens.find(new TokenStore.Key("other", "user")))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("sealed for another place");
    }
}
