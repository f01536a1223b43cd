package io.patchbay.connector.http;

import io.patchbay.connector.Begin;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Endpoint.HttpCall;
import io.patchbay.connector.ErrorRules.Verdict;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Judge.Judgement;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Requester;
import io.patchbay.connector.Spill;
import io.patchbay.connector.StandIn;
import io.patchbay.connector.auth.Authorizer;
import io.patchbay.connector.auth.Authorizers;
import io.patchbay.connector.auth.Outgoing;
import io.patchbay.connector.auth.Proof;
import io.patchbay.connector.content.BrokenRecords;
import io.patchbay.connector.content.ContentReader;
import io.patchbay.connector.definition.ContentConfig;
import io.patchbay.connector.definition.ErrorHandlerConfig.Action;
import io.patchbay.connector.limit.Breaker;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.limit.RateReport;
import io.patchbay.connector.paging.Pager;
import io.patchbay.connector.paging.Pagers;
import io.patchbay.connector.paging.Turn;
import io.patchbay.expression.ExpressionException;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import io.patchbay.script.Script;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** An HTTP endpoint of an instance, with everything put together that does not change from call to call. */
public final class HttpOperation implements Operation {

    private static final int SLOWEST = 10;
    private static final Authorizer NOBODY = Authorizers.fixed(Proof.NONE);

    private final Endpoint endpoint;
    private final HttpCall call;
    private final HttpConnection connection;
    private final Governor governor;
    private final Authorizer authorizer;
    private final Inputs inputs;
    private final HttpRequests requests;
    private final SchemaGuard guard;
    private final ReplyReader reader;
    private final Answers answers;
    private final HttpFailures failures;
    private final RequestLogs logs;
    private final @Nullable Breaker breaker;
    private final HttpPulls pulls;
    private final @Nullable ResponseScript judges;
    private final @Nullable AnswerContent formed;

    /** Binds an endpoint. @throws StepException when a setting does not fit where it stands */
    public HttpOperation(Endpoint endpoint, HttpCall call, HttpConnection connection) throws StepException {
        this(endpoint, call, connection, connection.authorizer());
    }

    /** Binds an endpoint with another proof than that of the connection. */
    HttpOperation(Endpoint endpoint, HttpCall call, HttpConnection connection, Authorizer authorizer)
            throws StepException {
        this.authorizer = authorizer;
        this.endpoint = endpoint;
        this.call = call;
        this.connection = connection;
        this.governor = connection.governor(endpoint);
        this.inputs = new Inputs(endpoint.id(), endpoint.config().inputs());
        Requester requester = connection.instance().connector().requester();
        this.requests = new HttpRequests(endpoint, call, connection, authorizer, this::checked);
        Duration own = endpoint.config().timeout();
        Duration timeout = own == null ? connection.timeout() : own;
        long most = requester.config().maxResponse().toBytes();
        this.reader = new ReplyReader(
                call.response(),
                most,
                timeout.multipliedBy(SLOWEST),
                connection.services().spill(),
                call.selection().chunk() != null || call.response().content() != null);
        this.failures = new HttpFailures(
                connection.base().getHost(), timeout, requester.config().connectTimeout(), most);
        this.guard = new SchemaGuard(endpoint, connection);
        this.answers = new Answers(endpoint, call, connection, failures, guard);
        this.logs = new RequestLogs(
                connection.instance().name(),
                endpoint.id(),
                connection.services().secrets().redactor());
        this.breaker = connection.breaker(endpoint);
        this.pulls = new HttpPulls(this, connection, answers, call.paging() == null ? null : pager(call.paging()));
        Script judge = call.code().response();
        this.judges = judge == null ? null : new ResponseScript(judge, connection.code());
        ContentConfig content = call.response().content();
        this.formed = content == null
                ? null
                : new AnswerContent(
                        call.response(), content, connection.services().spill());
    }

    /** Goes on in pages. */
    Pager pager(Endpoint.Paging paging) {
        return Pagers.of(paging, this::checked, connection.code());
    }

    private URI checked(URI link) throws StepException {
        return new NextLinks(connection.home(), connection.hosts(), connection.proofInQuery()).checked(link);
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public boolean fresh() {
        return !connection.suspect();
    }

    @Override
    public Inputs inputs() {
        return inputs;
    }

    @Override
    public CallScope scope(Request request) {
        return connection.scope(request);
    }

    @Override
    public Governor governor() {
        return governor;
    }

    @Override
    public Map<Integer, String> misfits(Request request) throws StepException {
        return guard.misfits(request, () -> requests.described(request));
    }

    @Override
    public Payload call(Request request) throws StepException {
        guard.refuse(request, () -> requests.described(request));
        Exchanged exchanged = exchange(request, Turn.PLAIN);
        Payload answer = answers.payload(exchanged, request.payload());
        if (formed != null) {
            return answers.taken(formed.whole(answer, HttpPulls.broken("call", false), ""), request);
        }
        BrokenRecords broken = HttpPulls.broken(request.trace().shape(), request.skips());
        Payload taken = answers.taken(WrongRecords.told(exchanged.reply(), answer, broken, ""), request);
        List<Pull.Aside> asides = broken.hand("");
        for (int i = 0; i < asides.size(); i++) {
            request.trace().aside(asides.get(i), i);
        }
        return taken;
    }

    @Override
    public Pull pull(Request request, Begin begin) throws StepException {
        guard.refuse(request, () -> requests.described(request));
        return pulls.pull(request, begin);
    }

    @Override
    public @Nullable Payload alone(Payload payload, String shape) throws StepException {
        ContentConfig content = call.response().rows();
        return content == null
                ? null
                : ContentReader.alone(
                        payload, shape, content, connection.services().spill());
    }

    @Override
    public @Nullable Payload first(Request request) throws StepException {
        guard.refuse(request, () -> requests.described(request));
        return pulls.first(request);
    }

    /**
     * An answer that may be used, and where it came from.
     *
     * @param judged what code of an author made of it, or null
     */
    record Exchanged(URI uri, Reply reply, @Nullable Judgement judged) {}

    HttpCall call() {
        return call;
    }

    /** How answers in a format of files are read; null for others. */
    @Nullable
    AnswerContent formed() {
        return formed;
    }

    /** What a failure to read an answer means. */
    StepException unreadable(Exception thrown) {
        return failures.of(thrown, false);
    }

    /** Sends a request and judges the answer; a proof that was refused is renewed and the request repeated once. */
    Exchanged exchange(Request request, Turn turn) throws StepException {
        if (request.judge() != null) {
            request.judge().ready(request.payload());
        }
        try {
            Exchanged first = round(request, turn, true);
            Exchanged good = first != null ? first : again(request, turn);
            connection.standing().answered();
            return good;
        } catch (StepException e) {
            if (!e.code().startsWith("HTTP_")) { // what a status means is told where it is judged
                connection.standing().failed(e);
            }
            throw e;
        }
    }

    private Exchanged again(Request request, Turn turn) throws StepException {
        governor.again(request.trace()::onCancel);
        return Objects.requireNonNull(round(request, turn, false));
    }

    /** Sends once; null when the proof was refused and another one can be had. */
    private @Nullable Exchanged round(Request request, Turn plain, boolean mayRenew) throws StepException {
        try (HttpRequests.Made made = requests.of(request, plain)) {
            return round(request, made, made.away() ? NOBODY : authorizer, mayRenew);
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
    }

    /** Sends a request once. */
    private @Nullable Exchanged round(Request request, HttpRequests.Made made, Authorizer by, boolean mayRenew)
            throws StepException {
        URI plain = made.uri();
        List<Header> plainHeaders = made.headers();
        HttpEntity entity = made.entity();
        Proof ahead = made.ahead();
        Outgoing plainly = new Outgoing(
                call.method(), plain, RequestParts.fields(plainHeaders, entity), () -> RequestBody.bytes(entity));
        // The one that is known by now, so that what stands in the body and in a header is of one session.
        Proof proof = by.signs() || ahead.parts().isEmpty() ? by.proof(plainly) : ahead;
        URI uri = plainly.with(proof).uri();
        List<Header> all = new ArrayList<>(plainHeaders);
        for (Proof.Part part : proof.parts()) {
            if (part.into() == Proof.Into.HEADER) {
                requests.refuseGiven(part.name(), plainHeaders);
                all.add(HeaderSet.header(part.name(), part.value()));
            }
        }
        Map<String, String> followed = made.away()
                ? Map.of()
                : request.trace().headers(connection.instance().name());
        // Not among what is signed: what stands in front of a system may add spans of its own.
        for (Map.Entry<String, String> header : followed.entrySet()) {
            all.add(HeaderSet.header(header.getKey(), header.getValue()));
        }
        WireCall one = new WireCall(
                        call.method(), uri, all, entity, reader, () -> governor.again(request.trace()::onCancel))
                .keeping(RequestLogs.read(request.trace().bodies()))
                .proving(proof)
                .skipping(request.skips())
                .by(new StandIn.Call(
                        request.trace().run(),
                        request.trace().shape(),
                        connection.instance().name(),
                        endpoint.id(),
                        endpoint.acts()));
        request.trace().onCancel(one::cancel);
        RequestLogs.Round round = request.trace().wanted()
                ? new RequestLogs.Round(
                        logs.shown(plain, proof),
                        call.method(),
                        entity,
                        with(logs.shown(requests.shown(plainHeaders), proof), followed),
                        proof,
                        Instant.now(connection.services().clock()),
                        System.nanoTime())
                : null;
        if (breaker != null) {
            breaker.enter();
        }
        Reply reply;
        try {
            reply = connection.send(one);
        } catch (Exception e) {
            StepException failure = failures.at(uri.getHost()).of(e, one.cancelled());
            Breakers.tell(breaker, failure, one.cancelled());
            tell(request, round, one, null, failure);
            throw failure;
        }
        Exchanged good = null;
        try {
            good = judged(request, plain, by, proof, mayRenew, one, round, reply);
            return good;
        } finally {
            // Content that nobody will read must not stay in its file.
            if (good == null
                    || !good.reply().body().equals(reply.body())
                    || (good.judged() != null && good.judged().content() != null)) {
                Spill.delete(reply.body());
            }
        }
    }

    private static Map<String, String> with(Map<String, String> headers, Map<String, String> more) {
        if (more.isEmpty()) {
            return headers;
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return all;
    }

    /** Judges an answer; null when its proof was refused and another one can be had. */
    private @Nullable Exchanged judged(
            Request request,
            URI plain,
            Authorizer by,
            Proof proof,
            boolean mayRenew,
            WireCall one,
            RequestLogs.@Nullable Round round,
            Reply reply)
            throws StepException {
        RateReport told = governor.reader()
                .read(reply::limit, reply::tree, connection.services().clock().instant());
        if (told != null) {
            governor.told(told);
        }
        Verdict verdict = endpoint.errors().judge(reply.status(), reply);
        boolean refused =
                verdict.action() == Action.REFRESH_TOKEN_THEN_RETRY || (reply.status() == 401 && by.challenged());
        boolean another = refused && by.refused(proof, reply);
        boolean renews = another && mayRenew;
        Judgement judged = renews ? null : judged(reply, plain, request);
        StepException failure =
                renews ? null : judged != null && judged.decides() ? judged.failure() : answers.failure(reply, verdict);
        // What a flow makes of an answer that is a good one otherwise must not close the instance to other flows.
        boolean ours = request.judge() != null && judged != null && judged.decides() && reply.success();
        Breakers.tell(breaker, ours || verdict.action() == Action.RATE_LIMITED ? null : failure, false);
        if (failure != null && verdict.action() == Action.REFRESH_TOKEN_THEN_RETRY && by.equals(authorizer)) {
            connection.refused();
        }
        if (failure == null && !renews) {
            by.accepted(proof);
        }
        tell(request, round, one, reply, failure);
        if (failure != null) {
            connection.standing().failed(failure, verdict.type());
            throw failure;
        }
        return renews
                ? null
                : new Exchanged(
                        plain,
                        judged != null && judged.decides() ? answers.parsed(reply) : answers.accepted(reply, verdict),
                        judged);
    }

    /** What code makes of an answer: that of the flow for this use of the endpoint, else that of the endpoint; null for none. */
    private @Nullable Judgement judged(Reply reply, URI uri, Request request) {
        if (request.judge() != null) {
            return request.judge()
                    .of(
                            ResponseScript.answer(reply, call.method(), uri, request),
                            request.payload(),
                            request.trace()::onCancel);
        }
        return judges == null ? null : judges.of(reply, call.method(), uri, request);
    }

    private void tell(
            Request request,
            RequestLogs.@Nullable Round round,
            WireCall one,
            @Nullable Reply reply,
            @Nullable StepException failure) {
        if (round != null) {
            logs.tell(request.trace(), round, one, reply, failure == null ? null : failure.getMessage());
        }
    }
}
