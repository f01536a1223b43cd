package io.patchbay.api;

import com.github.f4b6a3.uuid.UuidCreator;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.Instance;
import io.patchbay.connector.camel.InstanceCalls;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The instances of connectors: seen, checked, called. */
@RestController
@RequestMapping("/api/v1/instances")
@Doc("Instances: accesses to systems, whether they work, and calling them by hand")
final class InstancesResource {

    private final InstanceCalls calls;

    InstancesResource(InstanceCalls calls) {
        this.calls = calls;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc("All instances, by name")
    @Answers
    Page<InstanceView> list(
            @RequestParam(required = false) @Doc("Only instances of this connector") @Nullable String connector,
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<InstanceView> all = calls.catalog().instances().stream()
                .map(InstanceView::of)
                .filter(view -> connector == null || view.connector().equals(connector))
                .toList();
        return Page.of(all, InstanceView::name, after, Page.limit(limit));
    }

    @GetMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc("One instance")
    @Answers(problems = 404)
    InstanceView one(@PathVariable String name) {
        return InstanceView.of(instance(name));
    }

    @PostMapping(path = "/{name}/check", produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc(
            "Makes the call by which the connector tells whether the instance works. Answers 200 also when it does not: `status`"
                    + " tells.")
    @Answers(problems = 404)
    CheckView check(@PathVariable String name) {
        return calls.check(name, newId())
                .map(check -> CheckView.of(name, check))
                .orElseThrow(() -> Refusal.notFound("instance", name));
    }

    @PostMapping(
            path = "/{name}/endpoints/{endpoint}/call",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Doc(
            "Calls an endpoint once, really: a write writes. Of a list the first page is asked for. Answers 200 also when the"
                    + " system refused: `good` tells.")
    @Answers(problems = 404)
    CallView call(@PathVariable String name, @PathVariable String endpoint, @RequestBody CallRequest request) {
        if (instance(name).connector().endpoint(endpoint) == null) {
            throw Refusal.notFound("endpoint of instance " + Refusal.quoted(name), endpoint);
        }
        return CallView.of(
                calls.call(
                        name,
                        endpoint,
                        Objects.requireNonNullElse(request.with(), Map.of()),
                        newId(),
                        request.payload()),
                calls::redacted);
    }

    private Instance instance(String name) {
        Instance instance = calls.catalog().instance(name);
        if (instance == null) {
            throw Refusal.notFound("instance", name);
        }
        return instance;
    }

    private static String newId() {
        return UuidCreator.getTimeOrderedEpochPlus1().toString();
    }
}
