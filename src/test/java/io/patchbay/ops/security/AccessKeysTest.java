package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.AuthenticationServiceException;

class AccessKeysTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Store store;
    private AccessKeys keys;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(StoreProperties.embedded(), folder, clock);
        keys = new AccessKeys(store, clock);
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void knowsWhoComesWithAKey() {
        AccessKeys.Made made = keys.add("report", Role.READ_ONLY, List.of("orders-*"), DAY, "admin");

        assertThat(keys.actor(made.text()))
                .hasValue(new Actor(Actor.Kind.KEY, "report", Role.READ_ONLY, List.of("orders-*")));
        assertThat(made.toString()).doesNotContain(made.text());
    }

    @Test
    void keepsNoKey() throws Exception {
        String text = keys.add("report", Role.USER, List.of(), DAY, "admin").text();

        try (Connection connection = store.database().dataSource().getConnection();
                ResultSet row = connection.createStatement().executeQuery("select * from access_key")) {
            assertThat(row.next()).isTrue();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                assertThat(String.valueOf(row.getString(i))).doesNotContain(text.substring(4, 20));
            }
        }
    }

    @Test
    void endsAKeyByItself() {
        String text = keys.add("report", Role.USER, List.of(), DAY, "admin").text();
        assertThat(keys.actor(text)).isPresent();

        clock.forward(DAY.minusSeconds(1));
        assertThat(keys.actor(text)).isPresent();
        clock.forward(Duration.ofSeconds(1));
        assertThat(keys.actor(text)).isEmpty();
    }

    @Test
    void endsAKeyThatAnotherReplicaRemovedWithinFiveSeconds() {
        String text = keys.add("report", Role.USER, List.of(), DAY, "admin").text();
        assertThat(keys.actor(text)).isPresent();
        assertThat(new AccessKeys(store, clock).remove("report")).isTrue();

        clock.forward(Duration.ofSeconds(5));

        assertThat(keys.actor(text)).isEmpty();
    }

    @Test
    void refusesWhatIsNoKeyWithoutAskingTheDatabase() throws Exception {
        String text = keys.add("report", Role.USER, List.of(), DAY, "admin").text();
        char other = text.charAt(10) == 'x' ? 'y' : 'x';
        store.database().close();

        assertThat(keys.actor(text.substring(0, 10) + other + text.substring(11)))
                .isEmpty();
        assertThat(keys.actor("pbk_")).isEmpty();
        assertThat(keys.actor(text + "x")).isEmpty();
    }

    @Test
    void remembersForFiveSecondsWhatIsNoKey() throws Exception {
        String text = KeyText.make(new SecureRandom());
        assertThat(keys.actor(text)).isEmpty();
        store.database().close();

        clock.forward(Duration.ofSeconds(5).minusMillis(1));
        assertThat(keys.actor(text)).isEmpty();
        clock.forward(Duration.ofMillis(1));
        assertThatThrownBy(() -> keys.actor(text)).isInstanceOf(AuthenticationServiceException.class);
    }

    @Test
    void tellsWhenAKeyWasLastUsed() {
        String text = keys.add("report", Role.USER, List.of(), DAY, "admin").text();
        assertThat(keys.list().get(0).lastUsedAt()).isNull();

        keys.actor(text);
        store.progress().write(nothing -> {}).join();

        assertThat(keys.list().get(0).lastUsedAt()).isEqualTo(clock.instant());
    }

    @ParameterizedTest
    @CsvSource({"Report,orders", "report-,orders", "'',orders", "report,or ders", "report,''"})
    void refusesWhatHasNotTheRightForm(String name, String flow) {
        assertThatThrownBy(() -> keys.add(name, Role.USER, List.of(flow), DAY, "admin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(".");
    }

    @Test
    void refusesASecondKeyOfAName() {
        keys.add("report", Role.USER, List.of(), DAY, "admin");

        assertThatThrownBy(() -> keys.add("report", Role.ADMINISTRATOR, List.of(), DAY, "admin"))
                .hasMessage("There is a key 'report' already.");
        assertThatThrownBy(() -> keys.add("long", Role.USER, List.of(), Duration.ofDays(731), "admin"))
                .hasMessageContaining("730d");
    }

    @ParameterizedTest
    @CsvSource({
        "orders,orders,true",
        "orders,orders-to-erp,false",
        "orders-*,orders-to-erp,true",
        "orders-*,orders-,true",
        "orders-*,stock-orders-,false",
        "*-erp,orders-to-erp,true",
        "*-erp,orders-to-erp-2,false",
        "o*to*p,orders-to-erp,true",
        "a*a,a,false",
        "a*b*b,ab,false",
        "*,anything,true"
    })
    void fitsFlowsToPatterns(String pattern, String flow, boolean fits) {
        assertThat(FlowPattern.fits(pattern, flow)).isEqualTo(fits);
    }
}
