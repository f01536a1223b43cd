/**
 * Runs in the database: {@link io.patchbay.run.jdbc.JdbcCheckpoints} keeps the promise in synced groups, {@link
 * io.patchbay.run.jdbc.JdbcHistory} tells the story, which {@link io.patchbay.run.jdbc.Telemetry} writes beside the path.
 */
@NullMarked
package io.patchbay.run.jdbc;

import org.jspecify.annotations.NullMarked;
