package io.patchbay.connector.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Connector;
import io.patchbay.connector.Inputs;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.PartialResult;
import io.patchbay.connector.Place;
import io.patchbay.connector.Request;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.Standing;
import io.patchbay.connector.Validity;
import io.patchbay.connector.definition.CheckConfig;
import io.patchbay.connector.limit.Governor;
import io.patchbay.expression.Values;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.RequestLog;
import io.patchbay.payload.StepException;
import io.patchbay.payload.WireLog;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Calls an instance's endpoints outside of any run, for a person who looks whether and how it works. A call counts against the
 * instance's limits like any other, is made once, and waits for no limit; of what goes on in pages the first page is asked for.
 */
public final class InstanceCalls {

    /** More than a person looks at: a list is not read on beyond them. */
    private static final int MOST_RECORDS = 10_000;

    private final ConnectorComponent component;

    /** Calls by the connections of a component, which must be part of a Camel context when the first call is made. */
    public InstanceCalls(ConnectorComponent component) {
        this.component = component;
    }

    /**
     * What came of a call.
     *
     * @param requests that were made, without secrets
     * @param answer what came back; null when no answer came that may be used, and when a list had no page
     * @param failure why it failed, or null; also where the answer says that records failed
     * @param warnings what was told about the call beside, without secrets
     * @param took until the answer was read
     */
    public record Outcome(
            List<RequestLog> requests,
            @Nullable Payload answer,
            @Nullable StepException failure,
            List<String> warnings,
            Duration took) {
        public Outcome {
            requests = List.copyOf(requests);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * How far a list is read.
     *
     * @param pages most pages
     * @param cursor where the run before came, or null
     * @param asInFlow whether pages are followed at all; else the first is asked for, as it is without a cursor
     */
    public record Reading(int pages, @Nullable String cursor, boolean asInFlow) {
        /** The first page. */
        public static final Reading FIRST = new Reading(1, null, false);
    }

    /**
     * A call with what went over the wire.
     *
     * @param outcome of the call
     * @param now the time that the call was made with
     * @param exchanges in their order
     * @param ended whether a list was read to its end
     */
    public record Recorded(Outcome outcome, Instant now, List<WireLog> exchanges, boolean ended) {
        public Recorded {
            exchanges = List.copyOf(exchanges);
        }
    }

    /** The instances there are now. */
    public Catalog catalog() {
        return component.connections().catalog();
    }

    /** How an instance stands, as the calls of flows and of people in this runtime saw it. */
    public Standing.View standing(Instance instance) {
        return component.connections().standing(instance);
    }

    /** How long the certificate is good that an instance shows; null when it shows none, or was not called in this life of the program. */
    public @Nullable Validity certificate(Instance instance) {
        return component.connections().certificate(instance);
    }

    /** The certificates that servers of an instance showed in this life of the program. */
    public List<ServerCertificates.Seen> serverCertificates(Instance instance) {
        return component.connections().serverCertificates(instance);
    }

    /** An endpoint of an instance as it is called. @throws StepException when there is none, or a setting is wrong */
    public Operation operation(String instance, String endpoint) throws StepException {
        return component.connections().operation(instance, endpoint, null);
    }

    /** Takes known secrets out of a text. */
    public String redacted(String text) {
        return component.connections().services().secrets().redactor().redact(text);
    }

    /**
     * Calls an endpoint. An answer that is too large for memory is not kept: its body only says how large it was. Blocks until the answer is here or the connector's timeout has passed.
     *
     * @param with values for the endpoint's inputs
     * @param id tells this call from any other: an idempotency key is made from it
     * @param body what is sent, or null
     */
    public Outcome call(
            String instance, String endpoint, Map<String, JsonNode> with, String id, @Nullable JsonNode body) {
        return withoutFile(made(instance, endpoint, with, id, body));
    }

    /**
     * Calls an endpoint and keeps what went over the wire.
     *
     * @param how how far a list is read
     * @param bodies whether requests and answers are kept with their bodies; else there are no exchanges
     */
    public Recorded recorded(
            String instance,
            String endpoint,
            Map<String, JsonNode> with,
            String id,
            @Nullable JsonNode body,
            Reading how,
            boolean bodies) {
        List<WireLog> exchanges = new CopyOnWriteArrayList<>();
        Instant now = component.connections().services().clock().instant();
        CallTrace trace = new CallTrace(bodies ? exchanges : null);
        Outcome outcome = withoutFile(made(instance, endpoint, with, id, body, trace, now, how));
        return new Recorded(outcome, now, exchanges, trace.ended());
    }

    private Outcome made(
            String instance, String endpoint, Map<String, JsonNode> with, String id, @Nullable JsonNode body) {
        Instant now = component.connections().services().clock().instant();
        return made(instance, endpoint, with, id, body, new CallTrace(null), now, Reading.FIRST);
    }

    private Outcome made(
            String instance,
            String endpoint,
            Map<String, JsonNode> with,
            String id,
            @Nullable JsonNode body,
            CallTrace trace,
            Instant now,
            Reading how) {
        long begin = System.nanoTime();
        Payload answer = null;
        StepException failure = null;
        try {
            Operation operation = component.connections().operation(instance, endpoint, null);
            Lineage lineage = Lineage.ofRun(id);
            Payload payload = body == null ? Payload.empty(lineage) : Payload.of(lineage, body);
            Request request = new Request(payload, operation.inputs().complete(with, now), now, lineage.text(), trace);
            answer = how.asInFlow() ? pages(operation, request, how, trace) : made(operation, request);
            failure = refused(operation, payload, answer);
        } catch (StepException e) {
            failure = e;
        }
        return new Outcome(
                trace.requests(), answer, failure, trace.warnings(), Duration.ofNanos(System.nanoTime() - begin));
    }

    /** The pages of a list, as one answer. */
    private static @Nullable Payload pages(Operation operation, Request request, Reading how, CallTrace trace)
            throws StepException {
        if (!operation.endpoint().many()) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_LIST",
                    "'" + operation.endpoint().id() + "' is no list: neither pages nor a cursor make sense for it");
        }
        Begin begin = new Begin("call", null, 0, how.cursor(), Inputs.text(request.with()));
        List<JsonNode> records = new ArrayList<>();
        try (Pull pull = operation.pull(request, begin)) {
            Pull.Element element = pull.next();
            for (int page = 1; element instanceof Pull.Page one; element = pull.next()) {
                records.addAll(one.payload().parsed().records());
                if (page++ >= how.pages() || records.size() >= MOST_RECORDS) {
                    trace.goesOn();
                    break;
                }
            }
            if (element instanceof Pull.Failed failed) {
                throw failed.why();
            }
        }
        return request.payload().withBody(new Body.Tree(Json.NODES.arrayNode().addAll(records)), RecordPath.ROOT_LIST);
    }

    /** What the answer says of the records that were sent, where the endpoint declares how it does. */
    private @Nullable StepException refused(Operation operation, Payload sent, @Nullable Payload answer)
            throws StepException {
        PartialResult partial = operation.endpoint().writing().partial();
        if (partial == null || answer == null) {
            return null;
        }
        List<JsonNode> records = sent.records();
        return new RecordFailures(component.connections().services().secrets().redactor())
                .of(partial.judge(records, answer.tree()), records.size());
    }

    private static @Nullable Payload made(Operation operation, Request request) throws StepException {
        if (operation.endpoint().many()) {
            return operation.first(request);
        }
        Governor.Permit permit = operation.governor().soon();
        if (permit == null) {
            throw operation.governor().usedUp();
        }
        try {
            return operation.call(request);
        } finally {
            permit.release();
        }
    }

    /** What is too large to be shown would lie on disk for nobody. */
    private static Outcome withoutFile(Outcome outcome) {
        if (outcome.answer() != null && outcome.answer().body() instanceof Body.Stored stored) {
            try {
                Files.deleteIfExists(stored.file());
            } catch (IOException e) {
                System.getLogger(InstanceCalls.class.getName())
                        .log(System.Logger.Level.WARNING, "the file of an answer could not be deleted", e);
            }
        }
        return outcome;
    }

    /**
     * Makes the call by which the connector tells whether an instance works.
     *
     * @param id tells this call from any other
     * @return how it stands; empty when there is no such instance
     */
    public Optional<InstanceCheck> check(String instanceName, String id) {
        Instance instance = catalog().instance(instanceName);
        if (instance == null) {
            return Optional.empty();
        }
        Connector connector = instance.connector();
        CheckConfig check = connector.config().check();
        if (check == null) {
            return Optional.of(InstanceCheck.notDeclared(connector));
        }
        Outcome outcome = made(instanceName, check.endpoint(), Map.of(), id, null);
        String unexpected = unexpected(outcome, check);
        return Optional.of(InstanceCheck.of(connector, withoutFile(outcome), unexpected));
    }

    private static @Nullable String unexpected(Outcome outcome, CheckConfig check) {
        CheckConfig.Expect expect = check.expect();
        if (expect == null || outcome.failure() != null) {
            return null;
        }
        int last = outcome.requests().isEmpty()
                ? 0
                : outcome.requests().get(outcome.requests().size() - 1).status();
        if (expect.status() != null && expect.status() != last) {
            return "'" + check.endpoint() + "' answered " + last + ", and " + expect.status() + " was expected";
        }
        return expect.jsonPath() == null || isThere(expect.jsonPath(), outcome.answer())
                ? null
                : "the answer of '" + check.endpoint() + "' has nothing at " + expect.jsonPath()
                        + ": is the base address that of this system?";
    }

    private static boolean isThere(String path, @Nullable Payload answer) {
        try {
            return answer != null && !Values.absent(Place.parse(path).find(answer.tree()));
        } catch (StepException e) {
            return false;
        }
    }
}
