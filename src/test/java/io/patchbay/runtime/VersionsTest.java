package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.patchbay.payload.Body;
import io.patchbay.problem.Problem;
import io.patchbay.route.Flows;
import io.patchbay.route.Held;
import io.patchbay.route.Holds;
import io.patchbay.route.Versions;
import io.patchbay.route.Versions.FileState;
import io.patchbay.route.version.Change;
import io.patchbay.run.RunRecord;
import io.patchbay.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of flows on the whole program: files that change, going back, deploying, restarts. */
class VersionsTest {

    @TempDir
    Path home;

    private Program program;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(home.resolve("routes"));
        begin();
    }

    @AfterEach
    void stop() {
        program.context().close();
    }

    private void begin(String... more) {
        program = new Program(home, Program.start(home, more));
    }

    private void restart(String... more) {
        program.context().close();
        begin(more);
    }

    private Versions versions() {
        return program.context().getBean(Versions.class);
    }

    private Versions.State state(String flow) {
        return versions().state(flow).orElseThrow();
    }

    private static String flow(String id, String text) {
        return """
                flow: %s
                shapes:
                  - { id: told, notify: { per: run, log: info, text: "%s" } }
                """.formatted(id, text);
    }

    /** Writes a file and waits until it was looked at. */
    private void write(String file, String text) throws IOException {
        long before = program.flows().generation();
        Path target = home.resolve(file);
        Files.createDirectories(target.getParent());
        Path written = Files.writeString(home.resolve("written.new"), text);
        Files.move(written, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        await().until(() -> program.flows().generation() > before);
    }

    private List<String> told(String flow) throws Exception {
        return program.run(flow, "{}").logs().stream()
                .map(RunRecord.LogLine::text)
                .toList();
    }

    @Test
    void numbersVersionsAndGoesBackUntilTheFlowIsDeployedAgain() throws Exception {
        write("routes/a.flow.yaml", flow("a", "one"));
        write("routes/a.flow.yaml", flow("a", "two"));
        assertThat(told("a")).containsExactly("two");

        Versions.Done back = versions().rollback("a", null, "ada", "two is wrong");

        assertThat(back.before()).isEqualTo(2);
        assertThat(back.today()).isEmpty();
        assertThat(told("a")).containsExactly("one");
        assertThat(state("a").runningNumber()).isEqualTo(1);
        assertThat(state("a").fileState()).isEqualTo(FileState.DRAFT);
        assertThat(state("a").held().why()).isEqualTo(Held.Why.ROLLBACK);
        assertThat(state("a").held().by()).isEqualTo("ada");
        assertThat(versions().all()).containsExactly(state("a"));
        assertThat(versions().list("a", 10))
                .extracting(version -> version.kept().number())
                .containsExactly(2, 1);
        assertThat(versions().list("a", 10))
                .allSatisfy(version -> assertThat(version.lastRunAt()).isNotNull());
        assertThat(versions().diff("a", Versions.RUNNING, Versions.FILE).changes())
                .extracting(
                        Change::path,
                        change -> change.before().asText(),
                        change -> change.after().asText())
                .containsExactly(org.assertj.core.groups.Tuple.tuple("notify.text", "one", "two"));

        write("routes/a.flow.yaml", flow("a", "three"));
        assertThat(told("a")).as("a file does not end it").containsExactly("one");
        restart();
        assertThat(told("a")).as("a restart does not end it").containsExactly("one");

        versions().deploy("a", "bob", "three is right");

        assertThat(told("a")).containsExactly("three");
        assertThat(state("a").held()).isNull();
        assertThat(state("a").fileState()).isEqualTo(FileState.RUNS);
        assertThat(versions().list("a", 1).get(0).kept())
                .satisfies(kept -> assertThat(kept.number()).isEqualTo(3))
                .satisfies(kept -> assertThat(kept.note()).isEqualTo("three is right"));
        write("routes/a.flow.yaml", flow("a", "four"));
        assertThat(told("a")).as("files count again").containsExactly("four");
    }

    @Test
    void aRunThatGoesOnEndsUnderTheVersionThatItBeganWith() throws Exception {
        write("routes/a.flow.yaml", flow("a", "one"));
        write("routes/a.flow.yaml", """
                flow: a
                shapes:
                  - { id: later, delay: { for: 3s } }
                  - { id: told, notify: { per: run, log: info, text: "two" } }
                """);
        String second = state("a").running();
        String goes = program.flows().start("a", "manual", Body.EMPTY, Map.of()).get(20, TimeUnit.SECONDS);
        await().until(() -> program.history().run(goes).isPresent());

        versions().rollback("a", "1", "ada", null);

        RunRecord ended = program.ended(goes);
        assertThat(ended.revision()).isEqualTo(second);
        assertThat(ended.logs()).extracting(RunRecord.LogLine::text).containsExactly("two");
        assertThat(told("a")).containsExactly("one");
    }

    @Test
    void aFileThatIsBrokenAfterARollbackIsToldAndChangesNothing() throws Exception {
        write("routes/a.flow.yaml", flow("a", "one"));
        write("routes/a.flow.yaml", flow("a", "two"));
        versions().rollback("a", "1", "ada", null);

        write("routes/a.flow.yaml", "flow: a\nshapes: [ { id: x, nothing: {} } ]\n");

        assertThat(told("a")).containsExactly("one");
        assertThat(state("a").fileState()).isEqualTo(FileState.ERRORS);
        assertThat(program.flows().problems()).extracting(Problem::code).contains("UNKNOWN_SHAPE");
        assertThatThrownBy(() -> versions().deploy("a", "ada", null))
                .isInstanceOf(Versions.Refused.class)
                .hasMessageStartingWith(
                        "The file of flow 'a' has errors, so what runs goes on: routes/a.flow.yaml:2:20:");
        assertThat(versions().diff("a", "running", "file").complete()).isFalse();
        restart();
        assertThat(told("a")).containsExactly("one");
    }

    @Test
    void refusesWhatCannotBeGoneBackTo() throws Exception {
        write("routes/tables/carriers.csv", "from,to\nA,B\n");
        write("routes/a.flow.yaml", flow("a", "${table.carriers['A']}"));
        write("routes/b.flow.yaml", flow("b", "b"));
        assertThatThrownBy(() -> versions().rollback("a", null, "ada", null))
                .hasMessage("There is no version of flow 'a' before 1 to go back to.");
        write("routes/a.flow.yaml", flow("a", "two"));
        String ofB = state("b").running();

        assertThatThrownBy(() -> versions().rollback("none", null, "ada", null))
                .hasMessage("There is no flow 'none'.")
                .matches(refused -> ((Versions.Refused) refused).unknown());
        assertThatThrownBy(() -> versions().rollback("a", "7", "ada", null))
                .hasMessage("There is no version '7' of flow 'a'. Newest first there are: 2, 1.");
        assertThatThrownBy(() -> versions().rollback("a", ofB, "ada", null))
                .as("a version of another flow")
                .hasMessage("There is no version '" + ofB + "' of flow 'a'. Newest first there are: 2, 1.");

        write("routes/tables/carriers.csv", "from,to\nA,C\n");
        Versions.Done back = versions().rollback("a", "1", "ada", null);
        assertThat(back.today()).extracting(Change::path).containsExactly("carriers");
        assertThat(back.state().heldNumber()).isEqualTo(1);
        assertThat(back.state().runningNumber())
                .as("the same text with another table")
                .isEqualTo(3);
        assertThat(told("a")).containsExactly("C");
        versions().deploy("a", "ada", null);

        long before = program.flows().generation();
        Files.delete(home.resolve("routes/tables/carriers.csv"));
        await().until(() -> program.flows().generation() > before);
        assertThatThrownBy(() -> versions().rollback("a", "1", "ada", null))
                .hasMessageStartingWith("Version 1 of flow 'a' cannot run with what there is now: line 3: ")
                .hasMessageEndingWith("Nothing was changed: bring back what it names, or name another version.");
        assertThat(told("a")).containsExactly("two");
        assertThat(state("a").held()).isNull();
    }

    @Test
    void whatIsWrittenWaitsToBeDeployedWhereTheHomeSaysSo() throws Exception {
        write("routes/a.flow.yaml", flow("a", "one"));
        restart("--patchbay.versions.deploy=manual");
        assertThat(told("a")).as("what ran goes on").containsExactly("one");
        write("routes/a.flow.yaml", flow("a", "two"));
        write("routes/b.flow.yaml", flow("b", "new"));
        write("routes/c.flow.yaml", "deploy: auto\n" + flow("c", "at once"));

        assertThat(told("a")).containsExactly("one");
        assertThat(state("a").held().why()).isEqualTo(Held.Why.PINNED);
        assertThat(program.flows().flow("b").map(Flows.View::revision)).isEmpty();
        assertThat(program.flows().flow("b")).isPresent();
        assertThat(state("b").fileState()).isEqualTo(FileState.DRAFT);
        assertThat(told("c")).containsExactly("at once");

        versions().deploy("a", "ada", "second");
        versions().deploy("b", "ada", null);
        assertThat(told("a")).containsExactly("two");
        assertThat(told("b")).containsExactly("new");
        assertThat(versions().list("b", 1).get(0).kept().by()).isEqualTo("ada");

        restart("--patchbay.versions.deploy=manual");
        assertThat(told("a")).containsExactly("two");
        write("routes/a.flow.yaml", flow("a", "three"));
        assertThat(told("a")).containsExactly("two");
        assertThat(versions().rollback("a", null, "ada", null).state().runningNumber())
                .isEqualTo(1);
        restart();
        assertThat(told("a")).as("a rollback holds whatever the home says").containsExactly("one");
        assertThat(told("b")).containsExactly("new");
    }

    @Test
    void aFlowThatWaitsCannotSayOtherwiseInTheSameBreath() throws Exception {
        write("routes/a.flow.yaml", "deploy: manual\n" + flow("a", "one"));
        assertThat(program.flows().flow("a").map(Flows.View::revision)).isEmpty();
        versions().deploy("a", "ada", null);
        write("routes/a.flow.yaml", flow("a", "two"));
        assertThat(told("a")).containsExactly("one");

        versions().deploy("a", "ada", null);
        write("routes/a.flow.yaml", flow("a", "three"));

        assertThat(told("a")).as("now its file counts").containsExactly("three");
    }

    /** What a replica does that deploys a file which does not wait any more: it lets the flow go. */
    @Test
    void aFileThatAnotherReplicaDeployedAndLetGoCountsHere() throws Exception {
        write("routes/a.flow.yaml", "deploy: manual\n" + flow("a", "one"));
        versions().deploy("a", "ada", null);
        write("routes/a.flow.yaml", flow("a", "two"));
        assertThat(told("a")).containsExactly("one");

        program.context().getBean(Holds.class).release("a");
        program.context().getBean(Generations.class).takeAgain();

        assertThat(told("a")).containsExactly("two");
        assertThat(state("a").held()).isNull();
    }

    @Test
    void aNodeOnWhichAFlowNeverRanTakesTheVersionThatIsHeldAndNotTheDraft() throws Exception {
        write("routes/a.flow.yaml", "deploy: manual\n" + flow("a", "one"));
        versions().deploy("a", "ada", null);
        write("routes/a.flow.yaml", flow("a", "two"));
        try (Connection connection = program.context()
                        .getBean(Store.class)
                        .database()
                        .dataSource()
                        .getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update flow_active set node = 'another'");
        }

        restart();

        assertThat(told("a")).containsExactly("one");
        assertThat(state("a").fileState()).isEqualTo(FileState.DRAFT);
        assertThat(state("a").held()).isNotNull();
    }

    @Test
    void aFileThatIsRenamedKeepsItsGuard() throws Exception {
        write("routes/a.flow.yaml", "deploy: manual\n" + flow("a", "one"));
        versions().deploy("a", "ada", null);
        program.context().close();
        Files.delete(home.resolve("routes/a.flow.yaml"));
        Files.writeString(home.resolve("routes/b.flow.yaml"), flow("a", "two"));

        begin();

        assertThat(told("a")).containsExactly("one");
        assertThat(state("a").file()).isEqualTo("routes/b.flow.yaml");
    }
}
