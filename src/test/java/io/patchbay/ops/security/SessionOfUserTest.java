package io.patchbay.ops.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.secret.Seal;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;

class SessionOfUserTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final SettableClock clock = new SettableClock();

    /** Who logged in at an OpenID provider may be called like nobody here, and there is nobody to ask for their role. */
    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "OIDC"})
    void aSessionEndsAfterTwelveHoursHoweverMuchItIsUsed(Actor.Kind kind, @TempDir Path folder) throws Exception {
        try (Store store = Store.open(StoreProperties.embedded(), folder, clock)) {
            LocalUsers users = new LocalUsers(
                    store,
                    clock,
                    Seal.of(KEY, new SecureRandom()),
                    new AccessProperties(14, 5, Duration.ofMinutes(15)));
            MockHttpServletRequest login = new MockHttpServletRequest();
            SessionOfUser.begins(login, clock);
            MockHttpSession session = (MockHttpSession) login.getSession(false);
            Actor admin = new Actor(kind, "admin", Role.ADMINISTRATOR, List.of());
            TestingAuthenticationToken who = new TestingAuthenticationToken(admin, "", "x");

            clock.forward(Duration.ofHours(12).minusSeconds(1));
            assertThat(SessionOfUser.hasEnded(users, who, session, clock.instant()))
                    .isFalse();
            clock.forward(Duration.ofSeconds(1));
            assertThat(SessionOfUser.hasEnded(users, who, session, clock.instant()))
                    .isTrue();
        }
    }
}
