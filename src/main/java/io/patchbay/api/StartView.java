package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.queue.Priority;
import io.patchbay.queue.QueuedStart;
import java.time.Instant;

/** A start that no run has ended yet. */
@Doc("A start that no run has ended yet")
record StartView(
        @Doc("Is the run's id, too") String id,
        String flow,
        @Doc("What started it") String trigger,
        Priority priority,
        @Doc("When it was accepted") Instant queuedAt,
        @Doc("Bytes of its payload") long size,
        @Doc("How often the program ended while it ran") int crashes,
        QueuedStart.State state) {

    static StartView of(QueuedStart start) {
        return new StartView(
                start.id(),
                start.flow(),
                start.trigger(),
                start.priority(),
                start.queuedAt(),
                start.size(),
                start.crashes(),
                start.state());
    }
}
