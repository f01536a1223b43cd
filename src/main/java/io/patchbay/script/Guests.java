package io.patchbay.script;

import io.patchbay.script.ScriptException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Guests for the calls of scripts: those that are free wait to be used again, and no more than allowed work at one time. Their threads have
 * a stack that holds a guest which calls itself as deep as its own allows.
 */
final class Guests implements AutoCloseable {

    private static final int STACK = 16 << 20;
    private static final long LOOK_MILLIS = 50;

    private final ScriptsProperties limits;
    private final Semaphore places;
    private final Deque<Guest> idle = new ArrayDeque<>();
    private final ExecutorService threads;

    Guests(ScriptsProperties limits) {
        this.limits = limits;
        this.places = new Semaphore(limits.parallel());
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "patchbay-script", STACK);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Has something done on a thread of its own. */
    <T extends @Nullable Object> Future<T> submit(Callable<T> work) {
        return threads.submit(work);
    }

    /** What a guest is used for. */
    interface Use<T> {
        /** Uses it. @throws ScriptException when the script fails */
        T of(Guest guest) throws ScriptException;
    }

    /** Uses a guest that is free, or another one. */
    <T> T in(Script script, Call call, Use<T> use) throws ScriptException {
        place(script, call);
        Guest guest = null;
        try {
            guest = taken(script);
            T result = use.of(guest);
            if (guest.small()) {
                guest.forget();
                synchronized (idle) {
                    idle.push(guest);
                }
                guest = null;
            }
            return result;
        } catch (ScriptException e) {
            throw guest == null ? e : e.having(guest.lines());
        } finally {
            if (guest != null) {
                guest.close();
            }
            places.release();
        }
    }

    /** Waits for a place, unless the call is given up. */
    private void place(Script script, Call call) throws ScriptException {
        try {
            while (!places.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (call.givenUp()) {
                    throw Failures.givenUp(script);
                }
                if (call.late()) {
                    throw new ScriptException(
                            Kind.BUSY,
                            script.file(),
                            0,
                            null,
                            "the script found no free place in time: others took all " + limits.parallel()
                                    + " (patchbay.scripts.parallel); try again later");
                }
            }
        } catch (InterruptedException e) {
            throw Failures.interrupted(script);
        }
    }

    private Guest taken(Script script) throws ScriptException {
        synchronized (idle) {
            for (Iterator<Guest> all = idle.iterator(); all.hasNext(); ) {
                Guest guest = all.next();
                if (guest.speaks(script)) {
                    all.remove();
                    return guest;
                }
            }
        }
        // On a thread that is not interrupted when the caller is: the engine would break while it begins.
        Future<Guest> made = submit(() -> Guest.of(script, limits.memory().toBytes()));
        try {
            return made.get();
        } catch (InterruptedException e) {
            throw Failures.interrupted(script);
        } catch (ExecutionException e) {
            throw new ScriptException(
                    Kind.BROKEN, script.file(), 0, null, "the engine for scripts cannot be started: " + e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (idle) {
            idle.forEach(Guest::close);
            idle.clear();
        }
    }
}
