package io.patchbay.connector;

import io.patchbay.secret.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What calls of connectors use.
 *
 * @param secrets finds secrets
 * @param clock the time
 * @param timer wakes what waits; nothing works on its thread
 * @param workers carry what goes on after a wait, and the prefetch of pages; bounded, and refuses what it cannot take
 * @param home what relative folders hang on
 * @param spill where answers go that are too large for memory
 */
public record ConnectorServices(
        Secrets secrets, Clock clock, ScheduledExecutorService timer, Executor workers, Path home, Path spill) {}
