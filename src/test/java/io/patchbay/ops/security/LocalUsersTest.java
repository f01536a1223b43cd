package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.secret.Seal;
import io.patchbay.secret.Sealed.Renewed;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

class LocalUsersTest {

    private static final String PASSWORD = "nine blue boats";
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEWER = "EAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Store store;
    private LocalUsers users;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), folder, clock);
        users = users(Seal.of(KEY, new SecureRandom()));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    private LocalUsers users(Seal seal) {
        // Long enough for a machine that stands still for a while.
        return new LocalUsers(
                store,
                clock,
                seal,
                new AccessProperties(14, 5, Duration.ofMinutes(15)),
                new Turns(Duration.ofHours(1)));
    }

    @Test
    void letsInWhoKnowsThePassword() {
        users.add("ada", Role.USER, PASSWORD);

        assertThat(users.login("ada", PASSWORD)).map(LocalUser::role).hasValue(Role.USER);
        assertThat(users.login("ada", PASSWORD + "x")).isEmpty();
        assertThat(users.login("bob", PASSWORD)).isEmpty();
        assertThat(users.login("ada", "x".repeat(1_000))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada\u0000", "", "Ada", "' or 1=1", "ada\n"})
    void whatIsNoNameIsNobodysWithoutAskingTheDatabase(String name) throws Exception {
        users.add("ada", Role.USER, PASSWORD);
        store.database().close();

        assertThat(users.login(name, PASSWORD)).isEmpty();
        assertThat(users.find(name)).isEmpty();
    }

    @Test
    void keepsAHashOfArgon2AndASealedSecret() throws Exception {
        users.add("ada", Role.USER, PASSWORD);
        String secret = users.code("ada");

        try (Connection connection = store.database().dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery("select * from local_user")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString("password_hash")).startsWith("$argon2id$").doesNotContain("boats");
            assertThat(row.getString("totp_sealed")).startsWith("v1.").doesNotContain(secret);
        }
    }

    @Test
    void asksForACodeBehindThePasswordAndTakesEachOnce() {
        users.add("ada", Role.USER, PASSWORD);
        byte[] secret = decoded(users.code("ada"));
        String code = Totp.code(secret, Totp.step(clock.instant()), 6);

        assertThat(users.login("ada", PASSWORD)).isEmpty();
        assertThat(users.login("ada", PASSWORD + "000000")).isEmpty();
        assertThat(users.login("ada", "wrong" + code)).isEmpty();
        assertThat(users.login("ada", PASSWORD + code)).isPresent();
        assertThat(users.login("ada", PASSWORD + code)).isEmpty();

        users.noCode("ada");
        assertThat(users.login("ada", PASSWORD)).isPresent();
    }

    @Test
    void changesPasswordAndRoleAndSaysWhen() {
        users.add("ada", Role.USER, PASSWORD);
        clock.forward(Duration.ofHours(1));

        users.password("ada", "ten green horses");
        users.role("ada", Role.READ_ONLY);

        assertThat(users.login("ada", PASSWORD)).isEmpty();
        assertThat(users.login("ada", "ten green horses"))
                .hasValue(users.find("ada").orElseThrow());
        assertThat(users.list())
                .containsExactly(new LocalUser(
                        "ada", Role.READ_ONLY, false, clock.instant().minus(Duration.ofHours(1)), clock.instant()));
        users.remove("ada");
        assertThat(users.login("ada", "ten green horses")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "short",
        "aaaaaaaaaaaaaaaa",
        "ada has a boat",
        "my patchbay login",
        "12345678901234",
        "Password123456789",
        "abcdefghijklmno",
    })
    void refusesPasswordsThatAreEasyToGuess(String password) {
        assertThatThrownBy(() -> users.add("ada", Role.USER, password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(".")
                .message()
                .doesNotContain(password);
    }

    @ParameterizedTest
    @CsvSource({"admin", "Ada", "a b", "''", "-ada", "ada/b"})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> users.add(name, Role.USER, PASSWORD)).hasMessageContaining("like ada@example.com");
    }

    @Test
    void sealsSecretsAgainWithANewKey() {
        users.add("ada", Role.USER, PASSWORD);
        byte[] secret = decoded(users.code("ada"));

        assertThat(users.renew(Seal.of(NEWER + "," + KEY, new SecureRandom()))).isEqualTo(new Renewed(1, 0));

        String code = Totp.code(secret, Totp.step(clock.instant()), 6);
        assertThat(users(Seal.of(NEWER, new SecureRandom())).login("ada", PASSWORD + code))
                .isPresent();
    }

    @Test
    void locksOutWhoTriesAtOneAddressAndNobodyElse() {
        users.add("ada", Role.USER, PASSWORD);
        UserProvider provider = provider(new Lockouts(clock, 3, Duration.ofMinutes(15)));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> provider.authenticate(login("ada", "wrong", "10.0.0.1")))
                    .isInstanceOf(BadCredentialsException.class);
        }

        assertThatThrownBy(() -> provider.authenticate(login("ada", PASSWORD, "10.0.0.1")))
                .isInstanceOf(BadCredentialsException.class);
        assertThat(provider.authenticate(login("ada", PASSWORD, "10.0.0.2")).getName())
                .isEqualTo("ada");
        clock.forward(Duration.ofMinutes(15));
        assertThat(provider.authenticate(login("ada", PASSWORD, "10.0.0.1")).getName())
                .isEqualTo("ada");
    }

    @Test
    void locksOutAnAddressThatTriesManyNames() {
        Lockouts lockouts = new Lockouts(clock, 3, Duration.ofMinutes(15));
        for (int i = 0; i < 30; i++) {
            lockouts.failed("user-" + i, "10.0.0.1");
        }

        assertThat(lockouts.locked("ada", "10.0.0.1")).isTrue();
        assertThat(lockouts.locked("ada", "10.0.0.2")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:0:0:9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "fe80::1%eth0, fe80::2%eth1, true",
        "::ffff:10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "1:2:3, 1:2:4, false",
        "somewhere, somewhere, true",
    })
    void countsAnAddressOfIpv6ByItsNetwork(String tried, String asked, boolean locked) {
        Lockouts lockouts = new Lockouts(clock, 3, Duration.ofMinutes(15));
        for (int i = 0; i < 3; i++) {
            lockouts.failed("ada", tried);
        }

        assertThat(lockouts.locked("ada", asked)).isEqualTo(locked);
        lockouts.succeeded("ada", asked);
        assertThat(lockouts.locked("ada", tried)).isEqualTo(!locked);
    }

    /** All of them have passed the first look at the lock-out when the first one is told that it was wrong. */
    @Test
    void locksOutWhoTriesInParallelToo() throws Exception {
        users.add("ada", Role.USER, PASSWORD);
        UserProvider provider = provider(new Lockouts(clock, 3, Duration.ofMinutes(15)));
        CountDownLatch taken = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> holding = Stream.generate(() ->
                        new Thread(() -> users.turns().take(() -> {
                            taken.countDown();
                            return awaited(go);
                        })))
                .limit(2)
                .toList();
        holding.forEach(Thread::start);
        taken.await();
        ExecutorService pool = Executors.newFixedThreadPool(9);
        try {
            List<Future<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String password = i < 7 ? "wrong" : PASSWORD;
                tries.add(pool.submit(() -> letIn(provider, password)));
                int waiting = i + 1;
                while (users.turns().waiting() < waiting) {
                    Thread.onSpinWait();
                }
            }
            assertThatThrownBy(() -> provider.authenticate(login("ada", PASSWORD, "10.0.0.9")))
                    .isInstanceOf(AuthenticationServiceException.class)
                    .hasMessageContaining("too many");
            go.countDown();
            for (Future<Boolean> attempt : tries) {
                assertThat(attempt.get()).isFalse();
            }
        } finally {
            go.countDown();
            pool.shutdown();
            for (Thread thread : holding) {
                thread.join();
            }
        }
    }

    private static boolean letIn(UserProvider provider, String password) {
        try {
            return provider.authenticate(login("ada", password, "10.0.0.1")).isAuthenticated();
        } catch (BadCredentialsException e) {
            return false;
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRightPasswordForgetsWrongOnes() {
        users.add("ada", Role.USER, PASSWORD);
        UserProvider provider = provider(new Lockouts(clock, 3, Duration.ofMinutes(15)));
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> provider.authenticate(login("ada", "wrong", "10.0.0.1")))
                    .isInstanceOf(BadCredentialsException.class);
            assertThat(provider.authenticate(login("ada", PASSWORD, "10.0.0.1")).isAuthenticated())
                    .isTrue();
        }
    }

    @Test
    void hasBoundsThatCanBeSet() {
        assertThatThrownBy(() -> new AccessProperties(11, 5, Duration.ofMinutes(15)))
                .hasMessageContaining("12 to 64");
        assertThatThrownBy(() -> new AccessProperties(14, 2, Duration.ofMinutes(15)))
                .hasMessageContaining("3 to 100");
        assertThatThrownBy(() -> new AccessProperties(14, 5, Duration.ofDays(2)))
                .hasMessageContaining("1m to 24h");
    }

    private UserProvider provider(Lockouts lockouts) {
        AdminToken token = AdminToken.of(AdminTokenFile.encoder(), "right-token-0123456789");
        return new UserProvider(users, new AdminProvider(token), lockouts);
    }

    private static Authentication login(String name, String password, String address) {
        UsernamePasswordAuthenticationToken given = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        given.setDetails(new WebAuthenticationDetails(address, null));
        return given;
    }

    private static byte[] decoded(String base32) {
        List<String> bits = base32.chars()
                .mapToObj(c -> Integer.toBinaryString(32 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c))
                        .substring(1))
                .toList();
        String all = String.join("", bits);
        byte[] bytes = new byte[all.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(all.substring(i * 8, i * 8 + 8), 2);
        }
        return bytes;
    }
}
