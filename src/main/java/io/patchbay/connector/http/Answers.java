package io.patchbay.connector.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Durations;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.Deletes;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.ErrorRules.Verdict;
import io.patchbay.connector.Judge.Judgement;
import io.patchbay.connector.Parameter;
import io.patchbay.connector.Request;
import io.patchbay.connector.Waits;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.definition.ErrorHandlerConfig.Action;
import io.patchbay.connector.definition.ErrorHandlerConfig.Backoff;
import io.patchbay.connector.definition.ErrorHandlerConfig.FailureType;
import io.patchbay.expression.Template;
import io.patchbay.payload.Body;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.SourceRecords;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What becomes of the answers of one endpoint: a payload, or a failure with a sentence. */
final class Answers {

    private static final int LONGEST_REASON = 300;
    private static final List<String> REASONS =
            List.of("detail", "message", "error_description", "error", "errors", "title");

    private static final String LACKS_SCOPE = "insufficient_scope";
    private static final Pattern SCOPE = Pattern.compile("\\bscope=\"([^\"]*)\"");

    private final Endpoint endpoint;
    private final Endpoint.HttpCall call;
    private final HttpConnection connection;
    private final HttpFailures failures;
    private final SchemaGuard guard;

    Answers(
            Endpoint endpoint,
            Endpoint.HttpCall call,
            HttpConnection connection,
            HttpFailures failures,
            SchemaGuard guard) {
        this.guard = guard;
        this.endpoint = endpoint;
        this.call = call;
        this.connection = connection;
        this.failures = failures;
    }

    /** What a caller that wants this form of an answer says it takes; null when it takes anything. */
    static @Nullable String accept(ResponseConfig response) {
        if (response.content() != null) {
            return AnswerContent.accept(response.content());
        }
        return switch (response.format()) {
            case JSON -> "application/json";
            case XML -> "application/xml, text/xml";
            case CSV -> "text/csv";
            case FORM -> "application/x-www-form-urlencoded";
            default -> null;
        };
    }

    static Parameter acceptHeader(String types) {
        ScalarNode node = new ScalarNode(Location.of("default"), types, types, true);
        return Parameter.of("Accept", Objects.requireNonNull(Template.parse(node, Set.of(), new Problems())));
    }

    /** The answer as {@link #payload} gives it, with the records that are taken. */
    Payload taken(Payload answer, Request request) throws StepException {
        Payload taken = call.selection().taken(answer, connection.scope(request));
        guard.look(taken, request);
        return taken;
    }

    /** A page of a list, with the records taken out that say that they are deleted. */
    Deletes.Parted parted(Payload page) throws StepException {
        Deletes deletes = endpoint.deletes();
        return deletes == null ? new Deletes.Parted(page, null) : deletes.parted(page);
    }

    /** Keys of records, where what is missing is told. */
    List<String> keys(List<JsonNode> records) throws StepException {
        Deletes deletes = endpoint.deletes();
        return deletes == null ? List.of() : deletes.keys(records);
    }

    boolean emitEmpty() {
        return call.selection().emitsEmpty();
    }

    /** The answer as a payload that follows what was sent. */
    Payload payload(HttpOperation.Exchanged exchanged, Payload sent) throws StepException {
        Reply reply = exchanged.reply();
        Judgement judged = exchanged.judged();
        Body content = judged == null ? null : judged.content();
        Payload answer = content == null
                ? call.selection().named(records(sent.withBody(reply.body(), path(reply.body()))))
                : sent.withBody(
                        content, content instanceof Body.Tree json ? RecordPath.of(json.tree()) : RecordPath.ROOT);
        if (judged != null && judged.meta() != null) {
            answer = new Payload(
                    answer.lineage(), answer.body(), answer.recordPath(), SourceRecords.without(judged.meta()));
        }
        for (String name : call.response().keepHeaders()) {
            String value = reply.header(name);
            if (value != null) {
                answer = answer.withMeta("header." + name, value);
            }
        }
        return answer;
    }

    private Payload records(Payload answer) throws StepException {
        try {
            return TextRecords.read(answer, call.selection());
        } catch (IOException e) {
            throw failures.of(e, false);
        }
    }

    private RecordPath path(Body body) {
        if (!(body instanceof Body.Tree json)) {
            return RecordPath.ROOT;
        }
        RecordPath declared = call.selection().path();
        return declared != null ? declared : RecordPath.of(json.tree());
    }

    /** The reply that a good verdict leaves: the body parsed, or nothing where the answer is to be ignored. */
    Reply accepted(Reply reply, Verdict verdict) throws StepException {
        return verdict.action() == Action.IGNORE ? emptied(reply) : parsed(reply);
    }

    private static Reply emptied(Reply reply) {
        return new Reply(reply.status(), reply.headers(), Body.EMPTY, reply.received());
    }

    /** The reply, of which so much was read as could be used. */
    Reply parsed(Reply reply) throws StepException {
        if (reply.success()) {
            return reply;
        }
        if (call.response().content() != null || call.selection().chunk() != null) {
            return emptied(reply); // its error text is no record of a list
        }
        JsonNode tree = reply.tree(); // a rule calls a status good that is none by itself: only an excerpt was read
        Body body = tree.isMissingNode() ? reply.body() : new Body.Tree(tree);
        return new Reply(reply.status(), reply.headers(), body, reply.received());
    }

    /** The failure that an answer means, or null when it is a success. */
    @Nullable
    StepException failure(Reply reply, Verdict verdict) {
        Action action = verdict.action();
        if (action == Action.IGNORE) {
            return null;
        }
        SoapFault fault =
                verdict.byRule() ? null : SoapFault.in(reply, call.response().format());
        if (fault != null && (action == Action.SUCCESS || fault.ours())) {
            return new StepException(
                    fault.ours() ? Owner.AUTHOR : Owner.REMOTE,
                    "SOAP_FAULT",
                    redacted("instance '" + connection.instance().name() + "' refused '" + endpoint.id() + "': "
                            + line(fault.reason())));
        }
        if (action == Action.SUCCESS) {
            return null;
        }
        if (action == Action.SKIP_RECORD) {
            return StepException.skipped(sentence(reply, verdict));
        }
        if (action == Action.RESET_PAGINATION || action == Action.SPLIT_WINDOW) {
            return new StepException(owner(verdict.type()), action.name(), sentence(reply, verdict));
        }
        boolean retryable = action == Action.RETRY || action == Action.RATE_LIMITED;
        Duration asked = retryable ? asked(reply) : null;
        Duration longest = connection.governor().longestWait();
        boolean tooLong = asked != null && asked.compareTo(longest) > 0;
        if (action == Action.RATE_LIMITED) {
            Duration pause = tooLong
                    ? longest
                    : asked != null ? asked : endpoint.errors().backoff().initial();
            if (!connection.services().standIn().reachesNothing()) {
                connection.governor().pause(pause);
            }
        }
        // Nothing was done; where that counts, a status would say that nobody knows.
        boolean surely = action == Action.RATE_LIMITED && endpoint.writing().once();
        String code = surely ? "RATE_LIMITED" : "HTTP_" + reply.status();
        if (asked != null && tooLong) {
            String wait = "; it asks to wait " + Durations.format(asked) + ", longer than the "
                    + Durations.format(longest) + " that a run waits: replay the payload later";
            return new StepException(owner(verdict.type()), code, sentence(reply, verdict) + wait);
        }
        return new StepException(owner(verdict.type()), code, sentence(reply, verdict), null, retryable, asked);
    }

    /** A point in time is of the clock that also made the answer's Date. */
    private @Nullable Duration asked(Reply reply) {
        Backoff backoff = endpoint.errors().backoff();
        Instant theirs = Waits.httpDate(reply.header("Date"));
        Instant now = theirs == null ? connection.services().clock().instant() : theirs;
        Duration asked = Waits.asked(reply.header(backoff.header()), backoff.type(), now);
        return asked != null || backoff.header().equals("Retry-After")
                ? asked
                : Waits.asked(reply.header("Retry-After"), backoff.type(), now);
    }

    private static Owner owner(@Nullable FailureType type) {
        if (type == null) {
            return Owner.REMOTE;
        }
        return switch (type) {
            case CONFIG, DATA -> Owner.AUTHOR;
            case QUOTA -> Owner.LIMIT;
            default -> Owner.REMOTE;
        };
    }

    private String sentence(Reply reply, Verdict verdict) {
        String own = verdict.message();
        String what = "instance '" + connection.instance().name() + "' answered " + reply.status() + " to '"
                + endpoint.id() + "'";
        String reason = reason(reply, verdict);
        String all = own == null ? what + reason + nextStep(reply) : own + " (" + what + reason + ")";
        return redacted(all);
    }

    private String redacted(String sentence) {
        return connection.services().secrets().redactor().redact(sentence);
    }

    /** What its reader may do, where the status alone says it. */
    private String nextStep(Reply reply) {
        String file = connection.instance().file();
        String remedy = connection.authorizer().remedy();
        return switch (reply.status()) {
            case 301, 302, 303, 307, 308 ->
                connection.authorizer().signs()
                        ? "; a redirect of a signed request is not followed: correct requester.baseUrl or the path"
                        : "; a redirect to another host is not followed: correct requester.baseUrl";
            case 401 ->
                lacksScope(reply)
                        ? scope(reply)
                        : "; " + (remedy == null ? "look at the secrets that " + file + " names" : remedy);
            case 403 -> lacksScope(reply) ? scope(reply) : "; the account of " + file + " lacks a right";
            case 429 -> "; a rateLimit in the connector's file keeps calls below the system's limit";
            default -> "";
        };
    }

    /** By RFC 6750, 3.1, in the challenge or, as many do, in the body. */
    private static boolean lacksScope(Reply reply) {
        String challenge = reply.header("WWW-Authenticate");
        return (challenge != null && challenge.contains(LACKS_SCOPE))
                || reply.tree().path("error").asText().equals(LACKS_SCOPE);
    }

    private String scope(Reply reply) {
        String challenge = reply.header("WWW-Authenticate");
        Matcher named = SCOPE.matcher(challenge == null ? "" : challenge);
        String which = named.find()
                ? "the scope '" + line(named.group(1)) + "'"
                : "a scope that '" + endpoint.id() + "' needs";
        return "; the token lacks " + which + ": grant it to the account of "
                + connection.instance().file() + ", and name it under token.scopes where tokens are asked for";
    }

    /** What the system says itself, in a SOAP fault or by RFC 9457 and the usual names. */
    private String reason(Reply reply, Verdict verdict) {
        SoapFault fault = SoapFault.in(reply, call.response().format());
        if (fault != null) {
            return ": " + line(fault.reason());
        }
        JsonNode tree = reply.tree();
        String told = told(tree, verdict);
        if (!told.isBlank()) {
            return ": " + line(told);
        }
        if (reply.isXml() && tree.size() == 1) {
            tree = tree.iterator().next(); // below the root element
        }
        for (String name : REASONS) {
            JsonNode value = tree.path(name);
            JsonNode first = value.path(0).path("message"); // GraphQL, and others who list errors
            value = first.isTextual() ? first : value;
            String text = value.isTextual() ? value.textValue() : value.isContainerNode() ? value.toString() : "";
            if (!text.isBlank()) {
                return ": " + line(text);
            }
        }
        return "";
    }

    /** What stands where the rule that decided has looked: a text, or the message of the first of a list. */
    private String told(JsonNode tree, Verdict verdict) {
        return endpoint.errors().rules().stream()
                .filter(rule -> rule.verdict().equals(verdict) && rule.bodyPath() != null)
                .map(rule -> Objects.requireNonNull(rule.bodyPath()).find(tree))
                .map(value -> value.path(0).path("message").isTextual()
                        ? value.path(0).path("message")
                        : value)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElse("");
    }

    /** Without secrets before it is cut: a piece of one would not be known. */
    private String line(String text) {
        String line = redacted(text).replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }
}
