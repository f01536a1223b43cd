package io.patchbay.connector.sql;

import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connects by a driver that may wait for ever: a thread of its own does it, which is left alone when the time is over. */
final class BoundedConnect {

    private BoundedConnect() {}

    static Connection connect(Driver driver, String url, Properties properties, long millis) throws SQLException {
        CompletableFuture<Connection> made = new CompletableFuture<>();
        Thread thread = new Thread(() -> connect(driver, url, properties, made), "connect to " + url);
        thread.setDaemon(true);
        thread.setContextClassLoader(driver.getClass().getClassLoader());
        thread.start();
        try {
            return made.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException thrown) {
                throw thrown;
            }
            throw new SQLException(String.valueOf(e.getCause()), "08001", e.getCause());
        } catch (TimeoutException e) {
            thread.interrupt();
            giveUp(made);
            throw new SQLTimeoutException("no answer within " + millis + " ms", "08001");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(made);
            throw new SQLException("it was given up", "08001", new InterruptedIOException());
        }
    }

    /** Whoever comes later closes what came. */
    private static void giveUp(CompletableFuture<Connection> made) throws SQLException {
        if (!made.cancel(false) && !made.isCompletedExceptionally()) {
            Connection connection = made.join();
            if (connection != null) {
                connection.close();
            }
        }
    }

    private static void connect(Driver driver, String url, Properties properties, CompletableFuture<Connection> made) {
        try {
            Connection connection = driver.connect(url, properties);
            if (!made.complete(connection) && connection != null) {
                connection.close(); // too late
            }
        } catch (SQLException | RuntimeException | LinkageError e) {
            made.completeExceptionally(e);
        }
    }
}
