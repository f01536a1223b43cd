package io.patchbay.trigger.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Collection;

/** The answers of the listener itself, and how an answer is written. */
final class Refusals {

    /** How long a client that is turned away may take to read why, in milliseconds. */
    private static final long LINGER = 500;

    /** A body up to this many bytes is read to its end, so that the connection can be used again. */
    private static final int SMALL = 64 * 1024;

    private Refusals() {}

    static Reply notFound() {
        return Reply.problem(404, "Not Found", "NO_SUCH_PATH", "Nothing is deployed at this path.");
    }

    static Reply method(Collection<String> allowed) {
        String list = String.join(", ", allowed);
        return Reply.problem(405, "Method Not Allowed", "METHOD_NOT_ALLOWED", "This path answers " + list + ".")
                .with("Allow", list);
    }

    static Reply unauthorized(Gate gate) {
        return Reply.problem(
                        401, "Unauthorized", "UNAUTHORIZED", "The credentials or the signature are missing or wrong.")
                .with("WWW-Authenticate", gate.challenge());
    }

    static Reply tooLarge(long limit) {
        return Reply.problem(
                413, "Content Too Large", "PAYLOAD_TOO_LARGE", "At most " + limit + " bytes are taken here.");
    }

    static Reply encoding() {
        return Reply.problem(415, "Unsupported Media Type", "UNSUPPORTED_MEDIA_TYPE", "A compressed body is not taken.")
                .with("Accept-Encoding", "identity");
    }

    static Reply slow() {
        return Reply.problem(408, "Request Timeout", "REQUEST_TIMEOUT", "The body came too slowly.");
    }

    static Reply noKey() {
        return Reply.problem(400, "Bad Request", "NO_KEY", "What tells this event from others is missing.");
    }

    static Reply keyTwice() {
        return Reply.problem(400, "Bad Request", "KEY_TWICE", "The header Idempotency-Key is there more than once.");
    }

    static Reply longKey(int longest) {
        return Reply.problem(
                400,
                "Bad Request",
                "KEY_TOO_LONG",
                "What tells this event from others (an Idempotency-Key, or the key of a webhook's event) has more than "
                        + longest + " characters.");
    }

    static Reply noEvent(String what) {
        return Reply.problem(422, "Unprocessable Content", "NO_EVENT", what);
    }

    static Reply notJson(String what) {
        return Reply.problem(422, "Unprocessable Content", "NOT_JSON", what);
    }

    static Reply noRecords() {
        return Reply.problem(422, "Unprocessable Content", "NO_RECORDS", "The list has no records.");
    }

    /** @param errors each violation */
    static Reply notInSchema(ArrayNode errors) {
        return Reply.problem(
                422, "Unprocessable Content", "NOT_IN_SCHEMA", "The body is not what is expected here.", errors);
    }

    static Reply malformed() {
        return Reply.problem(
                400,
                "Bad Request",
                "BAD_FIELDS",
                "A percent escape is wrong or no UTF-8, or there are more than 1000 fields.");
    }

    static Reply busy() {
        return Reply.problem(503, "Service Unavailable", "BUSY", "Too many requests are going on.")
                .with("Retry-After", "1");
    }

    static Reply closed() {
        return Reply.problem(503, "Service Unavailable", "NOT_OPEN", "The intake is not open.")
                .with("Retry-After", "5");
    }

    static Reply disk() {
        return Reply.problem(503, "Service Unavailable", "NOTHING_ACCEPTED", "The request cannot be kept on disk.")
                .with("Retry-After", "30");
    }

    static Reply failed() {
        return Reply.problem(500, "Internal Server Error", "FLOW_FAILED", "The flow failed before it answered.");
    }

    /** Writes an answer and ends it. The future completes when the client's system has taken it. */
    static Future<Void> write(HttpServerResponse response, Reply reply) {
        response.setStatusCode(reply.status());
        if (reply.contentType() != null) {
            response.putHeader("Content-Type", reply.contentType());
        }
        reply.headers().forEach(response::putHeader);
        return reply.body().length == 0 ? response.end() : response.end(Buffer.buffer(reply.body()));
    }

    /**
     * Answers a request whose body has not been read. A small body is read to its end; else nothing more is read and the
     * connection is closed, after a moment in which the client can read the answer. The future completes when the client's system
     * has taken it.
     */
    static Future<Void> turnAway(HttpServerRequest request, Peers.Peer peer, Reply reply) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return Future.succeededFuture();
        }
        peer.is(Peers.Doing.READING, System.nanoTime());
        if (endsSoon(request)) {
            request.handler(null).resume();
            return write(response, reply).onComplete(written -> peer.is(Peers.Doing.RESTING, System.nanoTime()));
        }
        request.pause();
        response.putHeader("Connection", "close");
        return write(response, reply)
                .onComplete(written -> io.vertx.core.Vertx.currentContext()
                        .owner()
                        .setTimer(LINGER, timer -> request.connection().close()));
    }

    private static boolean endsSoon(HttpServerRequest request) {
        if (request.isEnded()) {
            return true;
        }
        String length = request.getHeader("Content-Length");
        boolean chunked = request.headers().contains("Transfer-Encoding");
        boolean asks = request.headers().contains("Expect");
        return !chunked
                && !asks
                && (length == null || (length.matches("[0-9]{1,5}") && Integer.parseInt(length) <= SMALL));
    }
}
