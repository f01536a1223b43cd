package io.patchbay.trigger.intake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.util.UUID;

/** A body that comes in, as a file that nobody owns yet. Used by one event loop. */
final class Spill {

    private final Vertx vertx;
    private final Path path;
    private final AsyncFile file;

    private Spill(Vertx vertx, Path path, AsyncFile file) {
        this.vertx = vertx;
        this.path = path;
        this.file = file;
    }

    static Future<Spill> open(Vertx vertx, Path folder) {
        Path path = folder.resolve(UUID.randomUUID().toString());
        OpenOptions fresh = new OpenOptions().setRead(false).setCreateNew(true);
        return vertx.fileSystem().open(path.toString(), fresh).map(file -> new Spill(vertx, path, file));
    }

    Path path() {
        return path;
    }

    /** Writes; the future fails when the disk does. */
    Future<Void> write(Buffer bytes) {
        return file.write(bytes);
    }

    /** Whether the disk is behind. */
    boolean full() {
        return file.writeQueueFull();
    }

    /** Runs when the disk has caught up. */
    void drained(Runnable then) {
        file.drainHandler(nothing -> then.run());
    }

    /** Ends the file. */
    Future<Void> close() {
        return file.close();
    }

    /** Ends and deletes the file. */
    void delete() {
        file.close().onComplete(closed -> vertx.fileSystem().delete(path.toString()));
    }
}
