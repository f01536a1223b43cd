package io.patchbay.trigger.intake;

import io.patchbay.payload.Body;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request from its head to its answer. Everything runs on the connection's event loop; nothing waits. A body is counted
 * while it comes in and never kept past its bound: small ones on the heap, large ones of webhooks in a file.
 */
final class Reception {

    /** Larger bodies of webhooks go to a file while they come in. */
    static final int INLINE = 64 * 1024;

    private static final int LARGEST_FORM = 1 << 20;
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final String FORM = "application/x-www-form-urlencoded";

    /**
     * What all receptions share.
     *
     * @param load what is going on
     * @param bodies takes over large bodies
     * @param spill folder for large bodies while they come in
     */
    record House(Load load, LargeBodies bodies, Path spill, Clock clock) {}

    private final House house;
    private final HttpServerRequest request;
    private final Context loop;
    private final Peers.Peer peer;
    private final Door door;
    private final Desk desk;
    private final Map<String, String> meta;
    private final long most;
    private final Gate.Check check;

    private @Nullable Buffer heap;
    private @Nullable Spill spill;
    private long size;
    private long held;
    private boolean over;

    /** @param most most bytes of a body */
    Reception(House house, Guest guest, Door door, Desk desk, Map<String, String> meta, long most) {
        this.house = house;
        this.request = guest.request();
        this.loop = guest.loop();
        this.peer = guest.peer();
        this.door = door;
        this.desk = desk;
        this.meta = meta;
        this.most = most;
        this.check = door.gate().begin(new Signatures.Asked(request.method().name(), request.uri(), request.headers()));
    }

    /** Who comes: the request, its event loop and its connection. */
    record Guest(HttpServerRequest request, Context loop, Peers.Peer peer) {}

    /** Begins. The caller has entered the request into the load. */
    void begin() {
        if (check.refused()) {
            refuse(Refusals.unauthorized(door.gate()));
            return;
        }
        String encoding = request.getHeader("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            refuse(Refusals.encoding());
            return;
        }
        if (declared() > limit()) {
            refuse(Refusals.tooLarge(limit()));
            return;
        }
        peer.sends(() -> loop.runOnContext(nothing -> refuse(Refusals.slow())), System.nanoTime());
        request.handler(this::bytes);
        request.endHandler(nothing -> ended());
        request.exceptionHandler(broken -> give());
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    private long declared() {
        String length = request.getHeader("Content-Length");
        return length == null || !LENGTH.matcher(length).matches() ? 0 : Long.parseLong(length);
    }

    private long limit() {
        return isForm() ? Math.min(most, LARGEST_FORM) : most;
    }

    private boolean isForm() {
        String type = request.getHeader("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    private void bytes(Buffer more) {
        if (over) {
            return;
        }
        size += more.length();
        peer.sent(more.length());
        if (size > limit()) {
            refuse(Refusals.tooLarge(limit()));
            return;
        }
        check.update(more);
        Spill file = spill;
        if (file != null) {
            write(file, more);
            return;
        }
        held += more.length();
        heap = heap == null ? more : heap.appendBuffer(more);
        if (!house.load().hold(more.length())) {
            refuse(Refusals.busy());
        } else if (size > INLINE && door.spills() && !isForm()) {
            toFile(heap);
        }
    }

    private void toFile(Buffer before) {
        request.pause();
        Spill.open(loop.owner(), house.spill()).onComplete(opened -> {
            if (opened.failed()) {
                refuse(Refusals.disk());
                return;
            }
            if (over) {
                opened.result().delete();
                return;
            }
            spill = opened.result();
            heap = null;
            house.load().free(held);
            held = 0;
            write(opened.result(), before);
            if (!opened.result().full()) {
                request.resume();
            }
        });
    }

    private void write(Spill file, Buffer bytes) {
        file.write(bytes).onFailure(failed -> refuse(Refusals.disk()));
        if (file.full()) {
            request.pause();
            file.drained(request::resume);
        }
    }

    private void ended() {
        if (over) {
            return;
        }
        if (!check.passes()) {
            refuse(Refusals.unauthorized(door.gate()));
            return;
        }
        peer.is(Peers.Doing.WAITING, System.nanoTime());
        Spill file = spill;
        if (file == null) {
            try {
                hand(small(heap));
            } catch (IllegalArgumentException e) {
                refuse(Refusals.malformed());
            }
            return;
        }
        file.close()
                .compose(closed -> loop.owner()
                        .executeBlocking(() -> house.bodies().adopt(file.path(), contentType(), size), false))
                .onComplete(kept -> {
                    if (kept.failed()) {
                        refuse(Refusals.disk());
                    } else {
                        spill = null;
                        hand(kept.result());
                    }
                });
    }

    /** A body beats query parameters; parameters and forms become a JSON object. */
    private Body small(@Nullable Buffer bytes) {
        if (bytes == null || bytes.length() == 0) {
            String query = request.query();
            return query == null || query.isEmpty() ? Body.EMPTY : new Body.Tree(Fields.json(Fields.read(query)));
        }
        return isForm()
                ? new Body.Tree(Fields.json(Fields.read(bytes.toString(StandardCharsets.UTF_8))))
                : new Body.Bytes(bytes.getBytes(), contentType());
    }

    private String contentType() {
        String type = request.getHeader("Content-Type");
        return type == null || type.length() > 200 ? "application/octet-stream" : type;
    }

    private void hand(Body body) {
        Unwrapping unwrapping = door.unwrapping();
        if (!unwrapping.needed()) {
            hand(new Unwrapping.Found(null, body, null));
        } else if (size <= INLINE || !unwrapping.readsBody()) {
            try {
                hand(unwrapping.find(request.headers(), body));
            } catch (Unwrapping.RefusedException e) {
                refuse(e.reply(), body);
            }
        } else {
            // Parsing takes its time, and the event loop has other connections.
            loop.owner()
                    .executeBlocking(() -> unwrapping.find(request.headers(), body), false)
                    .onSuccess(this::hand)
                    .onFailure(failed -> refuse(
                            failed instanceof Unwrapping.RefusedException refused ? refused.reply() : Refusals.failed(),
                            body));
        }
    }

    private void hand(Unwrapping.Found found) {
        Visit visit = new Visit(door, found, meta, house.clock().instant(), loop);
        desk.take(visit, () -> answer(visit.reply()));
    }

    private void refuse(Reply reply, Body body) {
        if (body instanceof Body.Stored stored) {
            house.bodies().discard(stored);
        }
        refuse(reply);
    }

    private void answer(Reply reply) {
        if (over) {
            return;
        }
        HttpServerResponse response = request.response();
        boolean heard = !response.closed() && !response.ended();
        if (heard) {
            house.load().answers();
        }
        give();
        if (heard) {
            peer.is(Peers.Doing.READING, System.nanoTime());
            Refusals.write(response, reply).onComplete(written -> {
                peer.is(Peers.Doing.RESTING, System.nanoTime());
                house.load().answered();
            });
        }
    }

    /** Answers before the body has been read to its end. */
    private void refuse(Reply reply) {
        if (over) {
            return;
        }
        house.load().answers();
        give();
        Refusals.turnAway(request, peer, reply)
                .onComplete(written -> house.load().answered());
    }

    /** Ends what the request holds; after this nothing of it counts. */
    private void give() {
        if (over) {
            return;
        }
        over = true;
        house.load().leave(held);
        Spill file = spill;
        if (file != null) {
            file.delete();
        }
    }
}
