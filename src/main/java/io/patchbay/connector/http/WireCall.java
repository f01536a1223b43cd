package io.patchbay.connector.http;

import io.patchbay.connector.StandIn;
import io.patchbay.connector.auth.Proof;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** One request on its way through Camel's producer, and its answer. */
final class WireCall {

    /** The call that a thread makes: the client's own parts are shared by all. */
    static final ThreadLocal<@Nullable WireCall> CURRENT = new ThreadLocal<>();

    private final String method;
    private final URI uri;
    private final List<Header> headers;
    private final @Nullable HttpEntity entity;
    private final ReplyReader reader;
    private final Further further;
    private final List<Hop> hops = new ArrayList<>();
    private @Nullable HttpUriRequestBase request;
    private @Nullable Reply reply;
    private @Nullable Watch watch;
    private boolean cancelled;
    private int begun;
    private @Nullable KeptBytes kept;
    private StandIn.@Nullable Call by;
    private Proof proof = Proof.NONE;
    private boolean skips;

    /** Has a further request wait for its place. */
    interface Further {
        /** Returns when it may go out. @throws StepException when it may not */
        void again() throws StepException;
    }

    /**
     * A redirect that was followed.
     *
     * @param status of the answer that redirected
     * @param method of the request that followed it
     * @param to where it led
     * @param nanos when it was followed
     */
    record Hop(int status, String method, URI to, long nanos) {}

    /** A further request may not go out. */
    static final class Held extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final StepException why;

        Held(StepException why) {
            super(why.getMessage(), null, false, false);
            this.why = why;
        }

        StepException why() {
            return why;
        }
    }

    WireCall(
            String method,
            URI uri,
            List<Header> headers,
            @Nullable HttpEntity entity,
            ReplyReader reader,
            Further further) {
        this.further = further;
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.entity = entity;
        this.reader = reader;
    }

    /** A redirect is about to be followed. */
    void redirected(int status, String with, URI to) {
        hops.add(new Hop(status, with, to, System.nanoTime()));
    }

    /**
     * A request is about to go out, on the thread of the call, which holds no connection: one that waits long for its place goes
     * by one that the pool has looked at. @throws Held when it may not go out
     */
    void begins() {
        if (begun == hops.size()) {
            return;
        }
        begun = hops.size();
        Watch its = watch;
        if (its != null) {
            its.hold();
        }
        try {
            further.again();
        } catch (StepException e) {
            throw new Held(e);
        } finally {
            if (its != null) {
                its.anew();
            }
        }
    }

    /** The redirects that were followed, in order. */
    List<Hop> hops() {
        return hops;
    }

    /** Says who makes the call. */
    WireCall by(StandIn.Call who) {
        by = who;
        return this;
    }

    /** Who makes the call; null for a login or token. */
    StandIn.@Nullable Call by() {
        return by;
    }

    /** Says what of it proves who makes it. */
    WireCall proving(Proof with) {
        proof = with;
        return this;
    }

    /** Says whether records of the answer that cannot be read are left out of it, and told. */
    WireCall skipping(boolean aside) {
        skips = aside;
        return this;
    }

    boolean skips() {
        return skips;
    }

    Proof proof() {
        return proof;
    }

    URI uri() {
        return uri;
    }

    /** Keeps so many bytes of the answer's body beside; 0 when nobody wants to see it. */
    WireCall keeping(int most) {
        kept = most > 0 ? new KeptBytes(most) : null;
        return this;
    }

    /** What was kept of the answer; empty when nothing was. */
    KeptBytes kept() {
        return kept == null ? new KeptBytes(0) : kept;
    }

    /** The answer's content, which is kept as it is read. */
    InputStream seen(InputStream content) {
        return kept == null ? content : kept.of(content);
    }

    /** The request as the client takes it. */
    synchronized HttpUriRequestBase request() {
        HttpUriRequestBase made = new HttpUriRequestBase(method, uri);
        for (int i = 0; i < headers.size(); i++) {
            made.addHeader(headers.get(i));
        }
        made.setEntity(entity == null || watch == null ? entity : watch.watched(entity));
        if (cancelled) {
            made.cancel();
        }
        request = made;
        return made;
    }

    /** Has the call end when it has no end by itself. */
    synchronized Watch watched(ScheduledExecutorService timer) {
        long longest = reader.longest().toNanos();
        Watch made = new Watch(timer, longest + longest / 2, this::drop);
        watch = made;
        return made;
    }

    /** Reads the answer while its connection is held. */
    void answered(ClassicHttpResponse response) throws IOException {
        reply = reader.read(response, this);
    }

    @Nullable
    Reply reply() {
        return reply;
    }

    /** Closes the connection; what waits for the answer ends with an error. */
    synchronized void cancel() {
        cancelled = true;
        if (request != null) {
            request.cancel();
        }
    }

    /** Closes the connection because the rest of the answer is of no use. */
    synchronized void drop() {
        if (request != null) {
            request.cancel();
        }
    }

    synchronized boolean cancelled() {
        return cancelled;
    }
}
