package io.patchbay.trigger.schedule;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.impl.jdbcjobstore.StdJDBCDelegate;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Makes Quartz's scheduler on the store's database. Quartz's own {@code JobStoreTX} and not Spring's job store: that leaves
 * transactions to Spring, and without one around every call adding a job is not atomic.
 */
public final class StoreScheduler {

    /** The same on all replicas: they share schedules by it. */
    private static final String NAME = "patchbay";

    private StoreScheduler() {}

    /**
     * A scheduler that was not started.
     *
     * @param shared whether replicas share the database: PostgreSQL, where each time fires on one of them; else H2
     * @throws SchedulerException if Quartz cannot be set up
     */
    public static Scheduler open(DataSource store, boolean shared) throws SchedulerException {
        // Quartz finds connections by name in a map of the JVM; the name is for this scheduler alone.
        String connections = "patchbay-" + UUID.randomUUID();
        DBConnectionManager.getInstance().addConnectionProvider(connections, new StoreConnections(store));
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", NAME);
        // A lone one finds what it was doing before a crash by its id; replicas look after each other.
        settings.setProperty("org.quartz.scheduler.instanceId", shared ? "AUTO" : "alone");
        settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
        settings.setProperty("org.quartz.scheduler.jmx.export", "true");
        settings.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "20");
        settings.setProperty("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
        settings.setProperty("org.quartz.threadPool.threadCount", "4");
        settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
        settings.setProperty("org.quartz.jobStore.class", JobStoreTX.class.getName());
        settings.setProperty("org.quartz.jobStore.dataSource", connections);
        settings.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        // Job data as properties: nothing is serialised.
        settings.setProperty("org.quartz.jobStore.useProperties", "true");
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateInitString",
                "triggerPersistenceDelegateClasses=" + ScheduleTriggerTable.class.getName());
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateClass",
                (shared ? PostgreSQLDelegate.class : StdJDBCDelegate.class).getName());
        if (shared) {
            settings.setProperty("org.quartz.jobStore.isClustered", "true");
            settings.setProperty("org.quartz.jobStore.clusterCheckinInterval", "5000");
            settings.setProperty("org.quartz.scheduler.idleWaitTime", "5000");
        }
        return new StdSchedulerFactory(settings).getScheduler();
    }

    private record StoreConnections(DataSource store) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return store.getConnection();
        }

        @Override
        public void shutdown() {
            // the store closes its pool
        }

        @Override
        public void initialize() {
            // the store is open
        }
    }
}
