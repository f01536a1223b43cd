package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.route.Flows;
import io.patchbay.route.Pauses;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is paused: seen, begun and ended. */
@RestController
@RequestMapping("/api/v1/pauses")
@Doc("Pauses of flows, instances and the intake: what is paused is held, and goes on when the pause ends")
final class PausesResource {

    private static final int LONGEST = 500;

    private final Pauses pauses;
    private final Flows flows;
    private final InstanceCalls instances;

    PausesResource(Pauses pauses, Flows flows, InstanceCalls instances) {
        this.pauses = pauses;
        this.flows = flows;
        this.instances = instances;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.VIEW)
    @Doc("All that is paused, by kind and name")
    @Answers
    Page<PauseView> list() {
        return new Page<>(pauses.all().stream().map(PauseView::of).toList(), null);
    }

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.OPERATE)
    @Doc(
            "Pauses a flow, an instance with all flows that call it, or the intake; what is paused already gets the new reason")
    @Answers(problems = 404)
    PauseView pause(
            @RequestParam @Doc("flow, instance or intake") String kind,
            @RequestParam(defaultValue = "") @Doc("Id of the flow or name of the instance; none for the intake")
                    String name,
            @RequestParam(required = false) @Doc("Why, for those who meet it; at most 500 characters") @Nullable
                    String reason) {
        Pauses.Kind which = kind(kind, name);
        if (reason != null && reason.length() > LONGEST) {
            throw Refusal.badRequest("reason has at most " + LONGEST + " characters.");
        }
        if (which == Pauses.Kind.FLOW && flows.flow(name).isEmpty()) {
            throw Refusal.notFound("flow", name);
        }
        if (which == Pauses.Kind.INSTANCE && instances.catalog().instance(name) == null) {
            throw Refusal.notFound("instance", name, instances.catalog().instanceNames());
        }
        pauses.pause(which, name, reason);
        return PauseView.of(pauses.all().stream()
                .filter(pause -> pause.kind() == which && pause.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.conflict("Somebody else ended the pause at this moment.")));
    }

    @PostMapping(path = "/end", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.OPERATE)
    @Doc("Ends a pause, also one that the runtime began because an instance gave no answer; what was held goes on")
    @Answers(problems = 404)
    Page<PauseView> end(
            @RequestParam @Doc("flow, instance or intake") String kind,
            @RequestParam(defaultValue = "") @Doc("Id of the flow or name of the instance; none for the intake")
                    String name) {
        Pauses.Kind which = kind(kind, name);
        if (!pauses.resume(which, name)) {
            List<String> paused = pauses.all().stream()
                    .filter(pause -> pause.kind() == which)
                    .map(Pauses.Paused::name)
                    .toList();
            throw Refusal.notFound("paused " + kind.toLowerCase(Locale.ROOT), name, paused);
        }
        return list();
    }

    private static Pauses.Kind kind(String kind, String name) {
        Pauses.Kind which = Refusal.constant(Pauses.Kind.class, "kind", kind);
        if (which == null) {
            throw Refusal.badRequest("kind must be flow, instance or intake.");
        }
        if ((which == Pauses.Kind.INTAKE) != name.isEmpty()) {
            throw Refusal.badRequest(
                    name.isEmpty() ? "Name the " + kind + " that is meant." : "The intake has no name.");
        }
        return which;
    }
}
