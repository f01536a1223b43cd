package io.patchbay.connector;

import io.patchbay.connector.auth.Connecting;
import io.patchbay.outbound.Outbound;
import io.patchbay.script.Scripts;
import io.patchbay.script.ScriptsProperties;
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
 * @param connecting what instances need that a person connects in a browser
 * @param names finds the addresses of hosts
 * @param scripts runs code of authors
 * @param drivers of databases, beside those that the runtime has
 * @param standIn what stands in the place of systems
 * @param pausing which instances are called by no flow for a while
 * @param outbound how HTTP calls leave the machine
 */
public record ConnectorServices(
        Secrets secrets,
        Clock clock,
        ScheduledExecutorService timer,
        Executor workers,
        Path home,
        Path spill,
        Connecting connecting,
        Names names,
        Scripts scripts,
        DriverFolder drivers,
        StandIn standIn,
        Pausing pausing,
        Outbound outbound) {

    /** With every system in its own place. */
    public ConnectorServices(
            Secrets secrets,
            Clock clock,
            ScheduledExecutorService timer,
            Executor workers,
            Path home,
            Path spill,
            Connecting connecting,
            Names names,
            Scripts scripts,
            DriverFolder drivers) {
        this(
                secrets,
                clock,
                timer,
                workers,
                home,
                spill,
                connecting,
                names,
                scripts,
                drivers,
                StandIn.NONE,
                Pausing.NONE,
                Outbound.STRAIGHT);
    }

    /** The same with what stands in the place of systems. */
    public ConnectorServices with(StandIn other) {
        return with(other, pausing, outbound);
    }

    /** The same, where instances may be paused. */
    public ConnectorServices with(Pausing other) {
        return with(standIn, other, outbound);
    }

    /** The same, whose HTTP calls leave the machine another way. */
    public ConnectorServices with(Outbound other) {
        return with(standIn, pausing, other);
    }

    private ConnectorServices with(StandIn place, Pausing pauses, Outbound way) {
        return new ConnectorServices(
                secrets, clock, timer, workers, home, spill, connecting, names, scripts, drivers, place, pauses, way);
    }

    /** With the drivers that lie in {@code drivers} of the home. */
    public ConnectorServices(
            Secrets secrets,
            Clock clock,
            ScheduledExecutorService timer,
            Executor workers,
            Path home,
            Path spill,
            Connecting connecting,
            Names names,
            Scripts scripts) {
        this(
                secrets,
                clock,
                timer,
                workers,
                home,
                spill,
                connecting,
                names,
                scripts,
                new DriverFolder(home.resolve("drivers")));
    }

    /** With the usual limits of scripts. */
    public ConnectorServices(
            Secrets secrets,
            Clock clock,
            ScheduledExecutorService timer,
            Executor workers,
            Path home,
            Path spill,
            Connecting connecting,
            Names names) {
        this(secrets, clock, timer, workers, home, spill, connecting, names, new Scripts(ScriptsProperties.DEFAULT));
    }

    /** For hosts that are found as the machine is set up. */
    public ConnectorServices(
            Secrets secrets,
            Clock clock,
            ScheduledExecutorService timer,
            Executor workers,
            Path home,
            Path spill,
            Connecting connecting) {
        this(secrets, clock, timer, workers, home, spill, connecting, Names.SYSTEM);
    }

    /** For what no person connects. */
    public ConnectorServices(
            Secrets secrets, Clock clock, ScheduledExecutorService timer, Executor workers, Path home, Path spill) {
        this(secrets, clock, timer, workers, home, spill, Connecting.NONE);
    }
}
