package io.patchbay.trigger.intake;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Bounds of the intake listener.
 *
 * @param host address it listens on
 * @param port port it listens on; 0 for any free one
 * @param loops threads that read and write; none of them ever waits
 * @param connections most open connections; one more is closed at once
 * @param requests most requests that are read or worked on at once; one more is answered 503
 * @param memory most bytes of request bodies on the heap at once; a request that would pass it is answered 503
 * @param headTimeout time in which a new connection has to send its first request's head
 * @param idleTimeout longest rest of a connection between two requests, and longest wait for a client that does not read
 * @param slowest bytes a second that a body has to come at, on average, after its first ten seconds
 * @param spill folder for bodies too large for the heap while they come in; on the file system of the data folder
 */
public record IntakeSettings(
        String host,
        int port,
        int loops,
        int connections,
        int requests,
        long memory,
        Duration headTimeout,
        Duration idleTimeout,
        int slowest,
        Path spill) {

    /** Settings for a machine, with defaults for all but these. */
    public static IntakeSettings of(String host, int port, Path spill) {
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors());
        return new IntakeSettings(
                host,
                port,
                loops,
                10_000,
                4_000,
                64L << 20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                1_000,
                spill);
    }
}
