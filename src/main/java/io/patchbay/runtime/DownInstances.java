package io.patchbay.runtime;

import io.patchbay.canvas.Durations;
import io.patchbay.connector.InstanceStatus;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.InstanceCheck;
import io.patchbay.route.Pauses.By;
import io.patchbay.route.Pauses.Kind;
import io.patchbay.route.Pauses.Paused;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Instances that this runtime paused by itself, because their calls get no answer. Each is asked from time to time by the check of
 * its connector whether it answers again; where there is no check, flows try it, and the first call that gets no answer pauses it
 * again, for longer.
 */
final class DownInstances {

    private static final System.Logger LOG = System.getLogger(DownInstances.class.getName());
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final PausesProperties settings;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final Supplier<InstanceCalls> calls;
    private final Runnable changed;
    private final Map<String, Paused> down = new ConcurrentHashMap<>();
    /** How often an instance was paused with no call between that was answered. */
    private final Map<String, Integer> again = new ConcurrentHashMap<>();

    /** @param changed is told, on a thread that may work, when other instances are paused */
    DownInstances(
            PausesProperties settings,
            Clock clock,
            ScheduledExecutorService timer,
            Executor workers,
            Supplier<InstanceCalls> calls,
            Runnable changed) {
        this.settings = settings;
        this.clock = clock;
        this.timer = timer;
        this.workers = workers;
        this.calls = calls;
        this.changed = changed;
    }

    @Nullable
    Paused of(String instance) {
        return down.get(instance);
    }

    Collection<Paused> all() {
        return List.copyOf(down.values());
    }

    void unreachable(String instance, int inARow, String sentence) {
        int most = again.containsKey(instance) ? 1 : settings.unreachable();
        if (settings.unreachable() == 0 || inARow < most || down.containsKey(instance)) {
            return;
        }
        Paused pause = new Paused(Kind.INSTANCE, instance, clock.instant(), By.UNREACHABLE, sentence);
        if (down.putIfAbsent(instance, pause) != null) {
            return;
        }
        int times = again.merge(instance, 1, Integer::sum);
        LOG.log(
                times == 1 ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                "instance {0} is paused, and with it the flows that call it, until it answers: {1}",
                instance,
                sentence);
        work(changed);
        look(pause, times);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it looks again by itself
    private void look(Paused pause, int times) {
        Duration wait = settings.lookAgain().multipliedBy(Math.min(times, 100));
        Duration next = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        timer.schedule(() -> work(() -> ask(pause, times)), next.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ask(Paused pause, int times) {
        if (!pause.equals(down.get(pause.name()))) {
            return; // ended meanwhile; another one looks for itself
        }
        boolean over;
        try {
            over = calls.get()
                    .check(pause.name(), "pause-" + pause.since().toEpochMilli() + "-" + times)
                    .map(DownInstances::answers)
                    .orElse(true);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "instance " + pause.name() + " could not be checked; tried again", e);
            over = false;
        }
        if (over) {
            end(pause.name());
        } else {
            look(pause, times + 1);
        }
    }

    /** A check that could not be made, because our own limits are used up, is no answer; where there is none, flows try. */
    private static boolean answers(InstanceCheck check) {
        return "NO_CHECK".equals(check.code())
                || (check.status() != InstanceStatus.UNREACHABLE && !"LIMITED".equals(check.code()));
    }

    void answered(String instance) {
        again.remove(instance);
        end(instance);
    }

    /** Answers whether it was paused. */
    boolean end(String instance) {
        Paused pause = down.remove(instance);
        if (pause == null) {
            return false;
        }
        LOG.log(
                System.Logger.Level.INFO,
                "instance {0} is not paused any more, after {1}",
                instance,
                Durations.format(Duration.ofSeconds(Math.max(
                        1, Duration.between(pause.since(), clock.instant()).toSeconds()))));
        work(changed);
        return true;
    }

    private void work(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            var unused = timer.schedule(() -> work(task), 1, TimeUnit.SECONDS);
        }
    }
}
