package io.patchbay.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.ops.audit.AuditEntry.Outcome;
import io.patchbay.ops.audit.AuditLog.Deed;
import io.patchbay.ops.security.Actor;
import io.patchbay.ops.security.Role;
import io.patchbay.store.SettableClock;
import io.patchbay.store.Store;
import io.patchbay.store.StoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;

class AuditLogTest {

    private static final AuditQuery ALL = new AuditQuery(null, null, null, null, null, null);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();

    @Test
    void keepsEntriesForTheirTimeAndFindsThem() throws Exception {
        try (Store store = Store.open(StoreProperties.embedded(), folder, clock)) {
            AuditLog log = new AuditLog(store, clock, Duration.ofDays(10));
            Instant begin = clock.instant();
            log.add(deed("ada", "startFlows", "orders")).join();
            clock.forward(Duration.ofDays(6));
            log.add(deed("bob", "stopRuns", "r\n1" + "x".repeat(2_000))).join();

            assertThat(log.list(ALL, null, 10)).extracting(AuditEntry::actor).containsExactly("bob", "ada");
            assertThat(log.list(ALL, null, 10).get(0).subject()).hasSize(1_000).startsWith("r\uFFFD1x");
            assertThat(log.list(new AuditQuery("ada", "startFlows", "ord", Outcome.DONE, begin, null), null, 10))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.status()).isEqualTo(200));
            assertThat(log.list(new AuditQuery(null, null, null, null, null, begin), null, 10))
                    .isEmpty();

            clock.forward(Duration.ofDays(5));
            log.sweep();
            assertThat(log.list(ALL, null, 10)).extracting(AuditEntry::actor).containsExactly("bob");
        }
    }

    @Test
    void writesDownSoManyDenialsAMinuteAndSaysHowManyMoreThereWere() {
        Denials denials = new Denials(clock, 2);
        List<Integer> counted = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            counted.add(denials.count());
        }
        assertThat(counted).containsExactly(0, 0, -1, -1, -1);

        clock.forward(Duration.ofMinutes(1));

        assertThat(denials.count()).isEqualTo(3);
        assertThat(denials.count()).isZero();
    }

    @Test
    void aFloodOfStrangersHidesNothingOfWhatSomebodyWhoIsKnownWasNotLetDo() throws Exception {
        try (Store store = Store.open(StoreProperties.embedded(), folder, clock)) {
            AuditLog log = new AuditLog(store, clock, Duration.ofDays(10));
            AuditTrail trail = new AuditTrail(log, new AuditProperties(Duration.ofDays(10), 2), clock);
            MockHttpServletRequest request = new MockHttpServletRequest();
            for (int i = 0; i < 5; i++) {
                trail.denied(request, null, "login", 401);
            }
            trail.denied(request, new Actor(Actor.Kind.KEY, "robot", Role.READ_ONLY, List.of()), "disableFlows", 403);
            log.add(deed("ada", "startFlows", "orders")).join();

            assertThat(log.list(ALL, null, 10))
                    .extracting(AuditEntry::actor)
                    .containsExactlyInAnyOrder("-", "-", "robot", "ada");
        }
    }

    @Test
    void noStatementChangesAnEntry() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                assertThat(text).doesNotContain("update audit_entry", "merge into audit_entry");
                if (!file.endsWith("AuditLog.java")) {
                    assertThat(text).as(file.toString()).doesNotContain("audit_entry");
                }
            }
        }
    }

    @Test
    void hasBoundsThatCanBeSet() {
        assertThat(new AuditProperties(Duration.ofDays(400), 100).keep()).hasDays(400);
        assertThatThrownBy(() -> new AuditProperties(Duration.ofHours(1), 100)).hasMessageContaining("1d to 3650d");
        assertThatThrownBy(() -> new AuditProperties(Duration.ofDays(1), 0)).hasMessageContaining("1 to 10000");
    }

    private static Deed deed(String actor, String action, String subject) {
        return new Deed(actor, "key", "user", "127.0.0.1", action, subject, Outcome.DONE, 200);
    }
}
