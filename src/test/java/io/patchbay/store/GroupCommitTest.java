package io.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

    private static final String ADD = "insert into note (id, text) values (?, ?)";

    @TempDir
    Path data;

    Store store;

    @BeforeEach
    void open() throws Exception {
        store = open(data);
        sql("create table note (id int primary key, text varchar(20))");
    }

    Store open(Path folder) throws Exception {
        return Store.open(StoreProperties.embedded(), folder, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
    }

    @Test
    void aFailingPieceFailsAloneInWhateverPlaceOfTheGroupItStands() throws Exception {
        CountDownLatch gate = hold();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            // 13, 26, … come twice
            int id = i % 13 == 0 && i > 0 ? i - 1 : i;
            all.add(add(id));
        }
        gate.countDown();
        int failed = 0;
        for (int i = 0; i < 100; i++) {
            if (i % 13 == 0 && i > 0) {
                CompletableFuture<Void> twice = all.get(i);
                assertThatThrownBy(() -> get(twice)).hasCauseInstanceOf(SQLException.class);
                failed++;
            } else {
                get(all.get(i));
            }
        }
        assertThat(failed).isEqualTo(7);
        assertThat(count()).isEqualTo(93);
    }

    @Test
    void whatTheWorkThrowsIsWhatItsCallerGetsAndNothingOfItIsWritten() throws Exception {
        CountDownLatch gate = hold();
        CompletableFuture<Void> before = add(1);
        CompletableFuture<Void> refused = store.commits().write(tx -> {
            tx.add(ADD, row(2));
            throw new IllegalStateException("stale");
        });
        CompletableFuture<Void> rows = store.commits().write(tx -> {
            tx.add(ADD, row(3));
            tx.add("update note set text = 'x' where id = ?", s -> s.setInt(1, 77), changed -> {
                if (changed != 1) {
                    throw new SQLException("changed " + changed);
                }
            });
        });
        CompletableFuture<Void> after = add(4);
        gate.countDown();
        get(before);
        get(after);
        assertThatThrownBy(() -> get(refused)).hasRootCauseMessage("stale");
        assertThatThrownBy(() -> get(rows)).hasRootCauseMessage("changed 0");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void keepsTheOrderOfOnePiecesStatements() throws Exception {
        CountDownLatch gate = hold();
        CompletableFuture<Void> one = store.commits().write(tx -> {
            tx.add(ADD, row(1));
            tx.add("delete from note where id = ?", s -> s.setInt(1, 1));
        });
        CompletableFuture<Void> other = store.commits().write(tx -> {
            tx.add("delete from note where id = ?", s -> s.setInt(1, 2));
            tx.add(ADD, row(2));
        });
        gate.countDown();
        get(one);
        get(other);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void anUpdateNeverOvertakesTheInsertOfItsRowThatOtherWorkOfTheSameRunHandedIn() throws Exception {
        String rename = "update note set text = 'moved on' where id = ?";
        CountDownLatch gate = hold();
        CompletableFuture<Void> another = store.commits().write(tx -> tx.add(rename, s -> s.setInt(1, 77)));
        CompletableFuture<Void> begun = store.commits().writeWhenRoom(tx -> tx.add(ADD, row(1)), 0, "run");
        CompletableFuture<Void> movedOn =
                store.commits().writeWhenRoom(tx -> tx.add(rename, s -> s.setInt(1, 1)), 0, "run");
        gate.countDown();
        get(CompletableFuture.allOf(another, begun, movedOn));
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select text from note where id = 1")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("moved on");
        }
    }

    @Test
    void readsWhatItWroteAndYieldsAValue() throws Exception {
        int found = store.commits()
                .call(
                        tx -> {
                            tx.add(ADD, row(5));
                            try (ResultSet rows =
                                    tx.query("select count(*) from note").executeQuery()) {
                                rows.next();
                                return rows.getInt(1);
                            }
                        },
                        0)
                .get(10, TimeUnit.SECONDS);
        assertThat(found).isEqualTo(1);
    }

    @Test
    void doesWhatFollowsOnlyForWorkThatIsOnDisk() throws Exception {
        AtomicInteger followed = new AtomicInteger();
        CountDownLatch gate = hold();
        CompletableFuture<Void> good = store.commits().write(tx -> {
            tx.add(ADD, row(1));
            tx.afterCommit(followed::incrementAndGet);
        });
        CompletableFuture<Void> bad = store.commits().write(tx -> {
            tx.afterCommit(() -> followed.addAndGet(100));
            throw new IllegalStateException("no");
        });
        gate.countDown();
        get(good);
        assertThatThrownBy(() -> get(bad)).hasRootCauseMessage("no");
        assertThat(followed.get()).isEqualTo(1);
    }

    @Test
    void refusesRatherThanHoldsMoreThanItsBoundOfBytes() throws Exception {
        CountDownLatch gate = hold();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int id = i;
            all.add(store.commits().write(tx -> tx.add(ADD, row(id)), 8_000_000));
        }
        assertThat(all.get(8)).isCompletedExceptionally();
        assertThatThrownBy(() -> get(all.get(8))).hasCauseInstanceOf(StoreBusyException.class);
        gate.countDown();
        for (int i = 0; i < 8; i++) {
            get(all.get(i));
        }
        get(add(50));
    }

    @Test
    void whoCanWaitLeavesRoomForThoseWhoWouldBeTurnedAway() throws Exception {
        CountDownLatch gate = hold();
        int many = 10_000;
        List<CompletableFuture<Void>> patient = new CopyOnWriteArrayList<>();
        Thread run = new Thread(() -> {
            for (int i = 0; i < many; i++) {
                int id = i;
                patient.add(store.commits().writeWhenRoom(tx -> tx.add(ADD, row(id)), 100, "run"));
            }
        });
        run.start();
        await().until(() -> run.getState() == Thread.State.TIMED_WAITING);
        CompletableFuture<Void> turnedAwayElse = add(many);
        assertThat(patient).hasSizeLessThan(many);
        assertThat(turnedAwayElse).isNotCompletedExceptionally();

        gate.countDown();
        get(turnedAwayElse);
        run.join(20_000);
        for (CompletableFuture<Void> write : patient) {
            get(write);
        }
        assertThat(count()).isEqualTo(many + 1);
    }

    @Test
    void whatCompletedIsThereAfterReopening() throws Exception {
        for (int i = 0; i < 20; i++) {
            get(add(i));
        }
        store.close();
        store = open(data);
        assertThat(count()).isEqualTo(20);
    }

    @Test
    void anInterruptedReaderDoesNotCloseTheDatabaseForTheOthers() throws Exception {
        for (int i = 0; i < 500; i++) {
            add(i);
        }
        get(add(1_000));
        // So that the reader finds nothing in memory.
        store.close();
        store = open(data);
        for (int round = 0; round < 20; round++) {
            Thread reader = new Thread(() -> {
                try (Connection connection = store.database().dataSource().getConnection();
                        Statement statement = connection.createStatement()) {
                    Thread.currentThread().interrupt();
                    statement.executeQuery("select count(*) from note where text like '%x'");
                } catch (SQLException e) {
                    // An interrupted reader may fail; the others must not.
                    assertThat(e.getMessage()).isNotEmpty();
                }
            });
            reader.start();
            reader.join();
            get(add(2_000 + round));
        }
        assertThat(count()).isEqualTo(521);
    }

    /** Keeps the writer busy until the latch goes, so that what is handed in meanwhile becomes one group. */
    private CountDownLatch hold() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        store.commits().write(tx -> {
            entered.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
        });
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        return gate;
    }

    private CompletableFuture<Void> add(int id) {
        return store.commits().write(tx -> tx.add(ADD, row(id)));
    }

    private static Transaction.Bind row(int id) {
        return statement -> {
            statement.setInt(1, id);
            statement.setString(2, "note");
        };
    }

    private static void get(CompletableFuture<?> future) throws Exception {
        future.get(20, TimeUnit.SECONDS);
    }

    private int count() throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from note")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
