package io.patchbay.run;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Names the run, its flow and the shape in all that a thread logs while it works for them, whoever logs it. What the thread had
 * before is given back with it: threads go from run to run, and a step may begin inside of another one's.
 */
final class LogNames {

    private static final String RUN = "run";
    private static final String FLOW = "flow";
    private static final String SHAPE = "shape";

    private final @Nullable String runBefore = MDC.get(RUN);
    private final @Nullable String flowBefore = MDC.get(FLOW);
    private final @Nullable String shapeBefore = MDC.get(SHAPE);

    private LogNames(Run.Identity of, @Nullable String shape) {
        set(RUN, of.id());
        set(FLOW, of.flow());
        set(SHAPE, shape);
    }

    /** From now on, until it is given back. */
    static LogNames of(Run.Identity of, @Nullable String shape) {
        return new LogNames(of, shape);
    }

    /** Work that is done under these names, on whichever thread. */
    static Runnable around(Run.Identity of, @Nullable String shape, Runnable work) {
        return () -> {
            LogNames names = of(of, shape);
            try {
                work.run();
            } finally {
                names.giveBack();
            }
        };
    }

    /** The thread has its own names again. */
    void giveBack() {
        set(RUN, runBefore);
        set(FLOW, flowBefore);
        set(SHAPE, shapeBefore);
    }

    private static void set(String name, @Nullable String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }
}
