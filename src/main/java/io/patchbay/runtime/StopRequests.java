package io.patchbay.runtime;

import io.patchbay.queue.Claim;
import io.patchbay.queue.StartQueue;
import io.patchbay.run.Run;
import io.patchbay.run.RunStatus;
import io.patchbay.run.Runner;
import io.patchbay.store.Store;
import io.patchbay.store.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Stops runs, wherever they are: in this process, in the queue, or in another replica, which looks for what is asked of it. */
final class StopRequests {

    private static final System.Logger LOG = System.getLogger(StopRequests.class.getName());

    static final String BY = "an operator stopped the run";

    /** How long another replica is asked; when its run does not end in this time, it has most probably ended before. */
    private static final Duration ASKED = Duration.ofHours(1);

    private static final String ASK =
            "insert into run_stop (run_id, asked_at) values (?, ?) on conflict (run_id) do update"
                    + " set asked_at = excluded.asked_at";

    /** It runs in another replica, or its content lies with one. */
    private static final String WITH_ANOTHER = "select 1 from start where id = ? and (status = 'C'"
            + " or status = 'Q' and body_folder is not null and body_folder <> ?)";

    private final Store store;
    private final StartQueue queue;
    private final Runner runner;
    private final Executor workers;
    private final Clock clock;

    /** @param workers do what must not be done on the thread that commits: they read the store */
    StopRequests(Store store, StartQueue queue, Runner runner, Executor workers, Clock clock) {
        this.store = store;
        this.queue = queue;
        this.runner = runner;
        this.workers = workers;
        this.clock = clock;
    }

    /** Completes with false when the run is nowhere, or cannot be ended. */
    CompletableFuture<Boolean> stop(String id) {
        if (stopHere(id)) {
            return CompletableFuture.completedFuture(true);
        }
        return endWaiting(id)
                .thenCompose(ended -> ended || stopHere(id) // it began meanwhile
                        ? CompletableFuture.completedFuture(true)
                        : askOthers(id))
                .thenApplyAsync(told -> told, this::onWorker); // who asked reads the store
    }

    private CompletableFuture<Boolean> endWaiting(String id) {
        return queue.claim(id)
                .thenCompose(
                        claim -> claim.map(this::endSoon).orElseGet(() -> CompletableFuture.completedFuture(false)));
    }

    private CompletableFuture<Boolean> endSoon(Claim claim) {
        return CompletableFuture.completedFuture(claim).thenComposeAsync(this::end, this::onWorker);
    }

    /** What was claimed must be ended or given back, also where all workers are busy. */
    private void onWorker(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            Thread thread = new Thread(task, "patchbay-stop");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private boolean stopHere(String id) {
        Run run = runner.running(id);
        if (run != null) {
            run.stop(RunStatus.STOPPED, BY);
        }
        return run != null;
    }

    private CompletableFuture<Boolean> end(Claim claim) {
        return runner.stop(claim, BY)
                .thenCompose(ended -> ended
                        ? CompletableFuture.completedFuture(true)
                        : queue.release(claim).thenApply(back -> false));
    }

    private CompletableFuture<Boolean> askOthers(String id) {
        if (!store.database().dialect().shared()) {
            return CompletableFuture.completedFuture(false);
        }
        return store.commits()
                .call(
                        tx -> {
                            boolean runs = withAnother(tx, id);
                            if (runs) {
                                tx.add(ASK, row -> {
                                    row.setString(1, id);
                                    row.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
                                });
                            }
                            return runs;
                        },
                        0);
    }

    private boolean withAnother(Transaction tx, String id) throws SQLException {
        PreparedStatement query = tx.query(WITH_ANOTHER);
        query.setString(1, id);
        query.setString(2, store.folder().id());
        try (ResultSet rows = query.executeQuery()) {
            return rows.next();
        }
    }

    /** Stops what others want stopped and runs here. */
    void look() {
        List<String> asked = asked();
        if (asked.isEmpty()) {
            return;
        }
        List<String> stopped = asked.stream().filter(this::stopOrEnd).toList();
        store.commits()
                .write(tx -> {
                    tx.add(
                            "delete from run_stop where asked_at < ?",
                            row -> row.setObject(1, clock.instant().minus(ASKED).atOffset(ZoneOffset.UTC)));
                    tx.add("delete from run_stop where run_id not in (select id from start)", row -> {});
                    for (String id : stopped) {
                        tx.add("delete from run_stop where run_id = ?", row -> row.setString(1, id));
                    }
                })
                .join();
    }

    /** One that cannot be stopped now keeps no other one. */
    private boolean stopOrEnd(String id) {
        try {
            return stopHere(id) || endWaiting(id).join();
        } catch (CompletionException e) {
            LOG.log(System.Logger.Level.WARNING, "run " + id + " cannot be stopped now; tried again", e.getCause());
            return false;
        }
    }

    private List<String> asked() {
        List<String> asked = new ArrayList<>();
        try (Connection connection = store.database().dataSource().getConnection();
                PreparedStatement query = connection.prepareStatement("select run_id from run_stop");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                asked.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new CompletionException("the runs that are to stop cannot be read", e);
        }
        return asked;
    }
}
