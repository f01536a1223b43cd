package io.patchbay.trigger.intake;

import io.patchbay.payload.Body;
import io.vertx.core.Context;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One admitted request on its way through the Camel route, where it travels as an exchange property. */
final class Visit {

    /** Name of the exchange property. */
    static final String PROPERTY = "patchbay.visit";

    private static final Reply NO_REPLY = Reply.problem(
            500, "Internal Server Error", "INTERNAL_SERVER_ERROR", "The request was not answered; see the log.");

    private final Door door;
    private final Unwrapping.Found found;
    private final Map<String, String> meta;
    private final Instant at;
    private final Context loop;
    private volatile Reply reply = NO_REPLY;

    /** @param found what was taken out of its body */
    Visit(Door door, Unwrapping.Found found, Map<String, String> meta, Instant at, Context loop) {
        this.door = door;
        this.found = found;
        this.meta = meta;
        this.at = at;
        this.loop = loop;
    }

    Door door() {
        return door;
    }

    Body body() {
        return found.body();
    }

    Map<String, String> meta() {
        return meta;
    }

    /** When the request came. */
    Instant at() {
        return at;
    }

    /** What tells its event from others; null where deliveries are not compared. */
    @Nullable
    String key() {
        return found.key();
    }

    /** What was refused of its records; null where it is taken as a whole. */
    @Nullable
    Sifted sifted() {
        return found.sifted();
    }

    /** Sets the answer, then goes on on the connection's event loop: other threads have better things to do. */
    void reply(Reply answer, Runnable then) {
        reply = answer;
        loop.runOnContext(nothing -> then.run());
    }

    /** Sets the answer. */
    void reply(Reply answer) {
        reply = answer;
    }

    Reply reply() {
        return reply;
    }
}
