package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order that kills the program whenever it is sent: its start is put aside, and the others go on. */
class QuarantineIT {

    private static final String POISON = "poison";

    @TempDir
    private Path folder;

    @Test
    void putsAsideTheStartThatTheProgramDiedOfThreeTimesAndLetsTheOthersGoOn() throws Exception {
        Path home = folder.resolve("home");
        AtomicInteger deaths = new AtomicInteger();
        Set<String> others = IntStream.range(0, 12).mapToObj(i -> "w-" + i).collect(Collectors.toSet());
        try (Ledger ledger = new Ledger(0, 20);
                Program program = new Program(home)) {
            Shop.write(home, ledger.port());
            CountDownLatch posted = new CountDownLatch(1);
            ledger.poison(order -> {
                if (!order.equals(POISON)) {
                    return false;
                }
                posted.await(20, TimeUnit.SECONDS);
                deaths.incrementAndGet();
                program.kill();
                return true;
            });
            program.start();
            program.awaitReady();
            assertThat(order(program, POISON)).isEqualTo(202);
            for (String other : others) {
                assertThat(order(program, other)).isEqualTo(202);
            }
            posted.countDown();
            for (int life = 1; life <= 3; life++) {
                int dead = life;
                Awaitility.await("death " + life)
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> deaths.get() == dead && !program.alive());
                program.start();
            }
            program.awaitReady();

            Awaitility.await("the others").atMost(Duration.ofMinutes(1)).until(() -> ledger.has(others));
            assertThat(program.all("/api/v1/starts?state=quarantined"))
                    .singleElement()
                    .satisfies(aside -> {
                        assertThat(aside.path("flow").asText()).isEqualTo(Shop.HOOK);
                        assertThat(aside.path("crashes").asInt()).isEqualTo(3);
                    });
            assertThat(deaths).as("not sent a fourth time").hasValue(3);
            assertThat(program.alive()).isTrue();

            ledger.poison(order -> false);
            String id = program.all("/api/v1/starts?state=quarantined")
                    .get(0)
                    .path("id")
                    .asText();
            program.post("/api/v1/starts/" + id + "/release");
            Awaitility.await("released")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> ledger.has(Set.of(POISON)) && succeeded(program, id));
            assertThat(program.all("/api/v1/starts?state=quarantined")).isEmpty();
        }
    }

    private static int order(Program program, String id) throws Exception {
        return program.post("orders", "{\"id\":\"" + id + "\"}");
    }

    private static boolean succeeded(Program program, String run) throws Exception {
        JsonNode record = program.get("/api/v1/runs/" + run);
        return record.path("status").asText().equals("succeeded");
    }
}
