package io.patchbay.trigger.intake;

import io.patchbay.trigger.inbound.Caller;
import io.patchbay.trigger.inbound.CallerDesk;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls the inbound API: the caller that the bearer token (RFC 6750) was given to. Decided before the body is read; asks the
 * database at most once in five seconds for a token.
 *
 * @param desk knows the callers
 * @param callers who may call; all when empty
 */
record Admission(CallerDesk desk, Set<String> callers) {

    private static final String BEARER = "Bearer ";
    private static final int LONGEST = 200;

    /** Someone who may not come in. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Reply reply;

        RefusedException(Reply reply) {
            super("refused", null, false, false);
            this.reply = reply;
        }

        Reply reply() {
            return reply;
        }
    }

    /** The caller; fails with {@link RefusedException}. The request is to be paused meanwhile. */
    Future<Caller> ask(HttpServerRequest request, Context loop) {
        String given = Gate.single(request.headers(), "Authorization");
        if (given == null || given.length() > LONGEST || !given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return refused(unauthorized(given != null));
        }
        String token = given.substring(BEARER.length()).strip();
        Caller known = desk.known(token);
        return known != null
                ? admitted(known)
                : loop.owner().executeBlocking(() -> desk.ask(token), false).compose(this::admitted);
    }

    private Future<Caller> admitted(Optional<Caller> caller) {
        return caller.map(this::admitted).orElseGet(() -> refused(unauthorized(true)));
    }

    private Future<Caller> admitted(Caller caller) {
        if (!callers.isEmpty() && !callers.contains(caller.name())) {
            return refused(Reply.problem(403, "Forbidden", "FORBIDDEN", "This caller may not call this address."));
        }
        Duration wait = desk.refusedFor(caller);
        return wait == null
                ? Future.succeededFuture(caller)
                : refused(Reply.problem(
                                429,
                                "Too Many Requests",
                                "TOO_MANY_REQUESTS",
                                "This caller may call " + caller.limits().perMinute() + " times a" + " minute.")
                        .with("Retry-After", String.valueOf(wait.toSeconds() + 1)));
    }

    private static Future<Caller> refused(Reply reply) {
        return Future.failedFuture(new RefusedException(reply));
    }

    private static Reply unauthorized(boolean shown) {
        return Reply.problem(
                        401,
                        "Unauthorized",
                        "UNAUTHORIZED",
                        "The token is missing, wrong or older than a day: get one at /inbound/token.")
                .with("WWW-Authenticate", "Bearer realm=\"patchbay\"" + (shown ? ", error=\"invalid_token\"" : ""));
    }

    /** The answer to a failure of {@link #ask}. */
    static Reply reply(@Nullable Throwable failure) {
        return failure instanceof RefusedException refused ? refused.reply() : Refusals.disk();
    }
}
