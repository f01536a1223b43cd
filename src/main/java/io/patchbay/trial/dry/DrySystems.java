package io.patchbay.trial.dry;

import io.patchbay.connector.Catalog;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.StandIn;
import io.patchbay.connector.Standing;
import io.patchbay.connector.limit.Governor;
import io.patchbay.connector.limit.Governors;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.RecordPath;
import io.patchbay.payload.StepException;
import io.patchbay.secret.Redactor;
import io.patchbay.trial.Delegating;
import io.patchbay.trial.dry.Captured.Kind;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands before all systems in dry runs: what reads goes to its system, as do logins; what would change something is taken down and
 * answered. A request that belongs to no dry run that goes on is refused.
 */
public final class DrySystems implements StandIn {

    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization", "cookie");
    private static final String HIDDEN = "***";
    /** A shorter value may be an ordinary word. */
    private static final int SHORTEST = 6;

    private final Supplier<Catalog> catalog;
    private final Path home;
    private final Clock clock;
    private final Redactor redactor;
    private final int most;
    private final Governors free;
    private final Map<String, Going> going = new ConcurrentHashMap<>();

    /** A dry run that goes on. */
    private record Going(Notes notes, Set<String> jobs, Samples samples) {}

    /**
     * Before the systems of a catalog.
     *
     * @param home root of the home folder, where connectors have their fixtures
     */
    public DrySystems(
            Supplier<Catalog> catalog,
            Path home,
            Clock clock,
            Redactor redactor,
            ScheduledExecutorService timer,
            DryRunsProperties bounds) {
        this.catalog = catalog;
        this.home = home;
        this.clock = clock;
        this.redactor = redactor;
        this.most = Notes.most(bounds);
        this.free = new Governors(timer, null, false);
    }

    /**
     * A dry run begins.
     *
     * @param jobs shapes that have a system do a job
     */
    void begin(String run, Notes notes, Set<String> jobs) {
        going.put(run, new Going(notes, jobs, new Samples(catalog, home, clock)));
    }

    /** A dry run is over. */
    void end(String run) {
        going.remove(run);
    }

    /** Whether calling an endpoint changes something; also one that is not there any more. */
    boolean acts(String instance, String id) {
        Instance found = catalog.get().instance(instance);
        Endpoint endpoint = found == null ? null : found.endpoint(id);
        return endpoint == null || endpoint.acts();
    }

    @Override
    public long mostBody() {
        return most;
    }

    @Override
    public boolean asks(Call call) {
        return call.acts() || job(call);
    }

    private boolean job(Call call) {
        Going run = going.get(call.run());
        return run != null && run.jobs().contains(call.shape());
    }

    @Override
    public Answer answer(Asked asked) throws StepException {
        Call call = asked.call();
        Going run = run(call.run());
        if (run.jobs().contains(call.shape())) {
            run.notes().add(note(asked, run.notes(), "none: a job is something outside, also where it reads"));
            throw new StepException(
                    Owner.LIMIT,
                    "DRY_RUN_JOB",
                    "a dry run has no system do a job, so nothing comes of '" + call.endpoint()
                            + "'; a test of the flow can say what would");
        }
        Samples.Sample sample = run.samples().of(call.instance(), call.endpoint(), asked.method());
        run.notes().add(note(asked, run.notes(), sample.told()));
        return sample.answer();
    }

    private Going run(String id) throws StepException {
        Going run = going.get(id);
        if (run == null) {
            throw new StepException(Owner.LIMIT, "DRY_RUN_OVER", "the dry run is over; this was not sent");
        }
        return run;
    }

    private Notes.Note note(Asked asked, Notes notes, String answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        String type = "";
        boolean packed = false;
        for (Map.Entry<String, String> header : asked.headers().entrySet()) {
            String name = header.getKey();
            boolean secret = SECRET.contains(name.toLowerCase(Locale.ROOT))
                    || asked.proofs().headers().stream().anyMatch(name::equalsIgnoreCase);
            headers.put(name, secret ? HIDDEN : hidden(header.getValue(), asked.proofs()));
            type = name.equalsIgnoreCase("Content-Type") ? header.getValue() : type;
            packed |= name.equalsIgnoreCase("Content-Encoding")
                    && header.getValue().equalsIgnoreCase("gzip");
        }
        Content content = new Content(asked.body(), asked.size(), type);
        Content plain = packed ? content.unpacked(notes.most()) : content;
        return new Notes.Note(
                asked.call().shape(),
                Kind.REQUEST,
                asked.method(),
                address(asked),
                headers,
                null,
                hidden(plain, asked.proofs()),
                answer);
    }

    private String address(Asked asked) {
        String address = asked.target();
        for (String name : asked.proofs().query()) {
            address = address.replaceAll("([?&]" + java.util.regex.Pattern.quote(name) + "=)[^&#]*", "$1" + HIDDEN);
        }
        return hidden(address, asked.proofs());
    }

    private static String hidden(String text, Proofs proofs) {
        String hidden = text;
        for (String value : proofs.values()) {
            hidden = value.length() >= SHORTEST ? hidden.replace(value, HIDDEN) : hidden;
        }
        return hidden;
    }

    private static Content hidden(Content content, Proofs proofs) {
        return proofs.values().isEmpty()
                ? content
                : new Content(
                        io.patchbay.payload.Redacting.redacted(content.bytes(), text -> hidden(text, proofs)),
                        content.size(),
                        content.type());
    }

    @Override
    public Operation operation(String instance, Operation operation) {
        if (!operation.endpoint().acts()) {
            return operation;
        }
        Endpoint endpoint = operation.endpoint().unjudged();
        Governor governor = free(instance);
        return new Delegating(operation) {
            @Override
            public Endpoint endpoint() {
                return endpoint;
            }

            /** What is not sent spares nobody's limit. */
            @Override
            public Governor governor() {
                return governor == null ? super.governor() : governor;
            }

            @Override
            public Payload call(Request request) throws StepException {
                return endpoint.call() instanceof Endpoint.HttpCall
                        ? super.call(request)
                        : captured(instance, this, request);
            }
        };
    }

    private @Nullable Governor free(String name) {
        Instance instance = catalog.get().instance(name);
        return instance == null
                ? null
                : free.of(instance, Json.NODES.objectNode(), new Standing(name, clock, redactor))
                        .of(null);
    }

    private Payload captured(String instance, Operation operation, Request request) throws StepException {
        Going run = run(request.trace().run());
        Samples.Sample sample = run.samples().of(instance, operation.endpoint().id(), "");
        run.notes().add(Described.of(operation, request, run.notes().most(), sample.told()));
        byte[] bytes = sample.answer().body();
        if (bytes.length == 0) {
            return request.payload().withBody(Body.EMPTY, RecordPath.ROOT);
        }
        String type = sample.answer().headers().getOrDefault("Content-Type", "application/json");
        Payload answer = request.payload().withBody(new Body.Bytes(bytes, type), RecordPath.ROOT);
        return Json.isType(type) ? answer.parsed() : answer;
    }
}
