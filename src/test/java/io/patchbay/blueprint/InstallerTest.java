package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.home.Home;
import io.patchbay.outbound.Outbound;
import io.patchbay.store.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs of a program that goes on: from a catalogue, one at a time, told when they end. */
class InstallerTest {

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final CountDownLatch tested = new CountDownLatch(1);
    private volatile List<String> failing = List.of();
    private volatile boolean breaking;
    private Bench bench;
    private Installer installer;

    @BeforeEach
    void publish() throws Exception {
        bench = new Bench(folder);
        Path published = Files.createDirectory(folder.resolve("published"));
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW, "README.md", "# Orders\n"));
        Files.write(published.resolve("orders.zip"), bench.blueprints().pack("orders"));
        try (Archives archives = new Archives(folder, List.of(), true)) {
            CatalogueMaker.make(published, archives, clock);
        }
        Path index = published.resolve("catalogue.json");
        Files.writeString(
                published.resolve("catalogue.json.minisig"), Signer.signature(Files.readAllBytes(index), "file:x"));
        Bench.write(
                bench.home().resolve("blueprints/catalogues.yaml"),
                "catalogues: { ours: { folder: " + published + " } }\n");
        installer = new Installer(
                new Home(bench.home()),
                List.of(),
                clock,
                (home, wanted) -> {
                    tested.await();
                    if (breaking) {
                        throw new StackOverflowError("broken by the test");
                    }
                    return new Trial.Found(List.of(), 2, failing);
                },
                new Catalogues.Access(name -> Optional.empty(), () -> Outbound.STRAIGHT),
                Map::of);
    }

    @AfterEach
    void close() {
        tested.countDown();
        installer.close();
    }

    private void trust() throws Exception {
        Bench.write(bench.home().resolve("blueprints/keys/ours.pub"), "untrusted comment: x\n" + Signer.key() + "\n");
    }

    private static Installer.Ask ask(Plan.Verb verb, String catalogue) {
        return new Installer.Ask(
                verb, "orders", null, catalogue, new Answers(Map.of(), Map.of(), Map.of()), null, false, null);
    }

    private InstallJobs.Job ended(InstallJobs.Job job) {
        await().atMost(Duration.ofMinutes(5))
                .until(() -> installer.jobs().find(job.id()).orElseThrow().state() != InstallJobs.State.GOING);
        return installer.jobs().find(job.id()).orElseThrow();
    }

    @Test
    void installsWhatATrustedKeySignedAndNothingElse() throws Exception {
        assertThatThrownBy(() -> installer.begin(ask(Plan.Verb.INSTALL, "ours")))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("which is not trusted");
        trust();
        assertThat(installer.list().lines()).extracting(Listing.Line::catalogue).containsExactly("ours");
        assertThat(installer.show("orders", "ours").readme()).isEqualTo("# Orders\n");

        InstallJobs.Job job = installer.begin(ask(Plan.Verb.INSTALL, "ours"));
        assertThat(job.state()).isEqualTo(InstallJobs.State.GOING);
        tested.countDown();

        InstallJobs.Job ended = ended(job);
        assertThat(ended.state()).as(ended.message()).isEqualTo(InstallJobs.State.DONE);
        assertThat(ended.tests()).isEqualTo(2);
        assertThat(bench.home().resolve("routes/orders/orders.flow.yaml"))
                .hasContent(Files.readString(
                        bench.home().resolve("blueprints/installed/orders/base/routes/orders/orders.flow.yaml")));
    }

    @Test
    void oneGoesOnAtATime() throws Exception {
        trust();
        InstallJobs.Job first = installer.begin(ask(Plan.Verb.INSTALL, "ours"));

        assertThatThrownBy(() -> installer.begin(ask(Plan.Verb.INSTALL, "ours")))
                .isInstanceOf(InstallJobs.BusyException.class);
        tested.countDown();
        ended(first);
        assertThat(ended(installer.begin(ask(Plan.Verb.REMOVE, "ours"))).state())
                .isEqualTo(InstallJobs.State.DONE);
        assertThat(installer.jobs().all())
                .extracting(InstallJobs.Job::verb)
                .containsExactly(Plan.Verb.REMOVE, Plan.Verb.INSTALL);
    }

    @Test
    void oneThatBreaksOffLetsOthersBegin() throws Exception {
        trust();
        tested.countDown();
        breaking = true;
        assertThat(ended(installer.begin(ask(Plan.Verb.INSTALL, "ours"))).state())
                .isEqualTo(InstallJobs.State.FAILED);
        breaking = false;
        assertThat(ended(installer.begin(ask(Plan.Verb.INSTALL, "ours"))).state())
                .isEqualTo(InstallJobs.State.DONE);
    }

    @Test
    void oneWhoseTestFailsChangesNothingAndSaysSo() throws Exception {
        trust();
        failing = List.of("orders.test.yaml: no");
        tested.countDown();

        InstallJobs.Job ended = ended(installer.begin(ask(Plan.Verb.INSTALL, "ours")));

        assertThat(ended.state()).isEqualTo(InstallJobs.State.FAILED);
        assertThat(ended.message()).contains("nothing was changed", "a test fails: orders.test.yaml: no");
        assertThat(bench.home().resolve("routes/orders")).doesNotExist();
        assertThat(installer.plan(ask(Plan.Verb.INSTALL, "ours")).possible()).isTrue();
    }

    @Test
    void aCatalogueThatCannotBeFetchedIsAskedForAgainAfterAWhile() throws Exception {
        trust();
        Path index = folder.resolve("published/catalogue.json");
        Files.move(index, folder.resolve("away"));
        assertThat(installer.list().troubles()).singleElement().asString().contains("catalogue 'ours'");

        Files.move(folder.resolve("away"), index);
        assertThat(installer.list().troubles()).as("not asked yet").hasSize(1);
        clock.forward(Duration.ofMinutes(1));

        assertThat(installer.list().troubles()).isEmpty();
        assertThat(installer.list().lines()).extracting(Listing.Line::catalogue).containsExactly("ours");
    }
}
