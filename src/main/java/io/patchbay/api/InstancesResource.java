package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Instances;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.contract.Contracts;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Validated;
import io.patchbay.route.Flows;
import io.patchbay.route.Pauses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The instances of connectors: seen, checked, called. */
@RestController
@RequestMapping("/api/v1/instances")
@Doc("Instances: accesses to systems, whether they work, and calling them by hand")
final class InstancesResource {

    /** The revision of no instance. */
    private static final String NOWHERE = "none";

    private static final int SHOWN = 5;

    private final InstanceCalls calls;
    private final Instances stored;
    private final Flows flows;
    private final Contracts contracts;
    private final Pauses pauses;

    InstancesResource(InstanceCalls calls, Instances stored, Flows flows, Contracts contracts, Pauses pauses) {
        this.pauses = pauses;
        this.contracts = contracts;
        this.calls = calls;
        this.stored = stored;
        this.flows = flows;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("All instances, by name")
    @Answers
    Page<InstanceView> list(
            @RequestParam(required = false) @Doc("Only instances of this connector") @Nullable String connector,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<InstanceView> all = calls.catalog().instances().stream()
                .map(this::view)
                .filter(view -> connector == null || view.connector().equals(connector))
                .toList();
        return Page.of(all, InstanceView::name, after, Page.limit(limit));
    }

    @GetMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("One instance")
    @Answers(problems = 404)
    InstanceView one(@PathVariable String name) {
        return view(instance(name));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Permission.CONNECT)
    @Doc("Makes an instance, which is kept encrypted in the database; the body is what an instance file holds")
    @Answers(value = 201, problems = 409)
    InstanceView create(@RequestBody String document) {
        try {
            return good(stored.create(document));
        } catch (Instances.NameTakenException e) {
            throw Refusal.conflict(String.valueOf(e.getMessage()));
        }
    }

    @PutMapping(
            path = "/{name}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.CONNECT)
    @Doc("Puts a whole new document in the place of a stored instance's: secrets that are not in it are gone")
    @Answers(problems = {404, 409})
    InstanceView replace(@PathVariable String name, Precondition before, @RequestBody String document) {
        return changed(name, () -> stored.replace(name, seen(name, before), document));
    }

    @PatchMapping(
            path = "/{name}",
            consumes = "application/merge-patch+json",
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.CONNECT)
    @Doc("Changes what is named in a stored instance (RFC 7396): null takes away, what is not named stays, secrets too")
    @Answers(problems = {404, 409})
    InstanceView change(@PathVariable String name, Precondition before, @RequestBody JsonNode part) {
        return changed(name, () -> stored.change(name, seen(name, before), part));
    }

    private InstanceView changed(String name, Supplier<Optional<Validated<Instance>>> change) {
        try {
            return good(change.get().orElseThrow(() -> Refusal.notFound("stored instance", name)));
        } catch (Instances.ChangedException e) {
            throw Precondition.failed();
        } catch (Instances.NameTakenException e) {
            throw Refusal.conflict(String.valueOf(e.getMessage()));
        }
    }

    /** The revision that a caller who minds saw; null for one who does not. An instance that is not there is told by the store. */
    private @Nullable String seen(String name, Precondition before) {
        Instance now = calls.catalog().instance(name);
        if (!before.given()) {
            return null;
        }
        if (now == null) {
            return NOWHERE; // it may be stored and not be readable, and was not seen as it is then
        }
        before.check(view(now));
        return now.revision();
    }

    private InstanceView good(Validated<Instance> written) {
        return written.value().map(this::view).orElseThrow(() -> {
            List<Problem> problems = written.problems();
            String sentences = problems.stream()
                    .limit(SHOWN)
                    .map(problem -> problem.what() + (problem.hint() == null ? "" : " (" + problem.hint() + ")"))
                    .collect(Collectors.joining("; "));
            ErrorResponseException refusal = Refusal.badRequest(
                    "Nothing was changed: " + sentences + (problems.size() > SHOWN ? "; and more." : "."));
            refusal.getBody()
                    .setProperty(
                            "problems", problems.stream().map(ProblemView::of).toList());
            return refusal;
        });
    }

    @DeleteMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.CONNECT)
    @Doc(
            "Deletes a stored instance. Flows that use it stay as they are, with a problem, and their calls fail; the answer names their files.")
    @Answers(problems = {404, 409})
    DeletedInstanceView delete(@PathVariable String name, Precondition before) {
        try {
            if (!stored.delete(name, seen(name, before))) {
                throw Refusal.notFound("stored instance", name);
            }
        } catch (Instances.ChangedException e) {
            throw Precondition.failed();
        } catch (Instances.NameTakenException e) {
            throw Refusal.conflict(String.valueOf(e.getMessage()));
        }
        return new DeletedInstanceView(
                name,
                flows.problems().stream()
                        .filter(problem -> problem.code().equals("UNKNOWN_INSTANCE")
                                && problem.what().contains("'" + name + "'"))
                        .map(problem -> problem.at().file())
                        .distinct()
                        .toList());
    }

    @PostMapping(path = "/{name}/check", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.CONNECT)
    @Doc(
            "Makes the call by which the connector tells whether the instance works. Answers 200 also when it does not: `status`"
                    + " tells.")
    @Answers(problems = 404)
    CheckView check(@PathVariable String name) {
        return calls.check(name, newId())
                .map(check -> CheckView.of(name, check))
                .orElseThrow(
                        () -> Refusal.notFound("instance", name, calls.catalog().instanceNames()));
    }

    @PostMapping(path = "/{name}/contract", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.CONNECT)
    @Doc(
            "Reads the endpoint that the connector's contract names, now. Answers 200 also when the system answers otherwise than"
                    + " before: `findings` tells.")
    @Answers(problems = {404, 409})
    ContractView contract(
            @PathVariable String name,
            @RequestParam(required = false)
                    @Doc("Whether how the system answers now is what it is held against from now on")
                    @Nullable
                    Boolean accept) {
        Instance instance = instance(name);
        try {
            return contracts
                    .look(instance, Boolean.TRUE.equals(accept))
                    .map(ContractView::of)
                    .orElseThrow(() -> Refusal.conflict("Connector '"
                            + instance.connector().id()
                            + "' declares no contract: add 'tests: {contract: {endpoint: …}}' to "
                            + instance.connector().file() + "."));
        } catch (Contracts.BusyException e) {
            throw Refusal.conflict(String.valueOf(e.getMessage()));
        }
    }

    @PostMapping(
            path = "/{name}/endpoints/{endpoint}/call",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.CONNECT)
    @Doc(
            "Calls an endpoint once, really: a write writes. Of a list the first page is asked for, or as many as 'pages' says."
                    + " Answers 200 also when the system refused: `good` tells.")
    @Answers(problems = 404)
    CallView call(@PathVariable String name, @PathVariable String endpoint, @RequestBody CallRequest request) {
        if (instance(name).connector().endpoint(endpoint) == null) {
            throw Refusal.notFound(
                    "endpoint of instance " + Refusal.quoted(name),
                    endpoint,
                    instance(name).connector().endpoints().keySet());
        }
        Map<String, JsonNode> with = Objects.requireNonNullElse(request.with(), Map.of());
        boolean record = Boolean.TRUE.equals(request.record());
        InstanceCalls.Recorded call =
                calls.recorded(name, endpoint, with, newId(), request.payload(), request.reading(), record);
        CallView view = CallView.of(call.outcome(), calls::redacted);
        return record ? view.with(RecordedView.of(call, instance(name), calls::redacted)) : view;
    }

    private InstanceView view(Instance instance) {
        return InstanceView.of(
                instance,
                calls.standing(instance),
                paused(instance.name()),
                pinned(instance),
                contracts.state(instance).map(ContractView::of).orElse(null));
    }

    private @Nullable PauseView paused(String name) {
        return pauses.all().stream()
                .filter(pause ->
                        pause.kind() == Pauses.Kind.INSTANCE && pause.name().equals(name))
                .map(PauseView::of)
                .findFirst()
                .orElse(null);
    }

    private List<InstanceView.PinnedView> pinned(Instance instance) {
        List<InstanceView.PinnedView> pinned = new ArrayList<>();
        flows.callersOf(instance.name()).forEach((definition, callers) -> {
            Instance other = calls.catalog().instance(instance.name(), definition);
            if (other != null
                    && !other.connector().version().equals(instance.connector().version())) {
                String version = other.connector().version().toString();
                callers.forEach(flow -> pinned.add(new InstanceView.PinnedView(flow, version)));
            }
        });
        pinned.sort(Comparator.comparing(InstanceView.PinnedView::flow));
        return List.copyOf(pinned);
    }

    private Instance instance(String name) {
        Instance instance = calls.catalog().instance(name);
        if (instance == null) {
            throw Refusal.notFound("instance", name, calls.catalog().instanceNames());
        }
        return instance;
    }

    private static String newId() {
        return UuidCreator.getTimeOrderedEpochPlus1().toString();
    }
}
