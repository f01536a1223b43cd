package io.patchbay.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flow files change under load: {@code mvn verify -Plong -Dit.test=LongSwapsIT -Dlong.swaps=N}. */
@Tag("long")
class LongSwapsIT {

    private static final int SWAPS = Integer.getInteger("long.swaps", 1_000);

    @TempDir
    private Path folder;

    @Test
    void losesAndDoublesNothingWhileFlowsAreSwappedUnderLoad() throws Exception {
        Path home = folder.resolve("home");
        try (Ledger ledger = new Ledger(2_000, 5);
                Program program = new Program(home)) {
            Shop.write(home, ledger.port());
            program.start();
            program.awaitReady();
            try (Customers customers = new Customers(program, 15)) {
                int shelves = 0;
                for (int swap = 1; swap <= SWAPS; swap++) {
                    if (shelves == 0 || ledger.has(ledger.paidOf(shelves - 1))) {
                        program.post("/api/v1/flows/" + Shop.PULL + "/start?var.shelf=" + shelves++);
                    }
                    swap(program, home, Shop.HOOK, Shop.hook(swap), swap);
                    swap(program, home, Shop.PULL, Shop.pull(swap), swap);
                }
                customers.stop();
                int last = shelves - 1;
                Awaitility.await("drained")
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> ledger.has(customers.accepted())
                                && ledger.has(ledger.paidOf(last))
                                && program.all("/api/v1/runs?status=running").isEmpty());
                System.out.printf(
                        "swaps: %d swaps of two flows, %d webhooks accepted, %d refused, %d shelves pulled; repeated %d%n",
                        SWAPS,
                        customers.accepted().size(),
                        customers.refused(),
                        shelves,
                        ledger.repeats().count());
                assertThat(customers.refused()).as("webhooks refused").isZero();
                assertThat(ledger.repeats().count()).as("doubled").isZero();
                for (int shelf = 0; shelf < shelves; shelf++) {
                    assertThat(ledger.missing(ledger.paidOf(shelf))).isEmpty();
                }
                assertThat(program.all("/api/v1/runs"))
                        .allSatisfy(
                                run -> assertThat(run.path("status").asText()).isEqualTo("succeeded"));
            }
        }
    }

    private static void swap(Program program, Path home, String flow, String text, int version) throws Exception {
        Shop.put(home.resolve("routes/" + flow + ".flow.yaml"), text);
        Awaitility.await("version " + version + " of " + flow)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> program.get("/api/v1/flows/" + flow)
                        .path("name")
                        .asText()
                        .equals("Version " + version));
    }
}
