package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.audit.AuditTrail;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.trigger.inbound.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The callers of the inbound API. */
@RestController
@RequestMapping(path = "/api/v1/callers", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Callers: systems that may call the inbound API, each with a client id and a secret")
final class CallersResource {

    private final Callers callers;

    CallersResource(Callers callers) {
        this.callers = callers;
    }

    @GetMapping
    @Needs(Permission.VIEW)
    @Doc("All callers, by name; those that were revoked too")
    @Answers
    Page<CallerView> list(
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<CallerView> all = callers.list().stream().map(CallerView::of).toList();
        return Page.of(all, CallerView::name, after, Page.limit(limit));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.ADMINISTER)
    @Doc("Makes a caller known. The answer shows its secret, this once: only a hash is kept.")
    @Answers
    NewCallerView create(@RequestBody CallerRequest request, HttpServletRequest http) {
        AuditTrail.about(http, String.valueOf(request.name()));
        return taken(() -> {
            Callers.Created created = callers.create(
                    Objects.requireNonNullElse(request.name(), ""),
                    new CallerLimits(request.perMinute(), request.maxBody()).limits());
            CallerView caller = CallerView.of(created.caller());
            return new NewCallerView(
                    caller.name(), caller.clientId(), created.secret(), caller.perMinute(), caller.maxBodyBytes());
        });
    }

    @PostMapping(path = "/{name}/limits", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Permission.ADMINISTER)
    @Doc(
            "Changes how much a caller may send, both limits at once: here now, on other replicas within five seconds; its secret and tokens stay")
    @Answers(problems = 404)
    CallerView limit(@PathVariable String name, @RequestBody CallerLimits request) {
        return taken(() -> callers.limit(name, request.limits()))
                .map(CallerView::of)
                .orElseThrow(() -> Refusal.notFound("caller", name));
    }

    private static <T> T taken(Supplier<T> change) {
        try {
            return change.get();
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            throw Refusal.badRequest(why.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + why.substring(1) + ".");
        }
    }

    @PostMapping("/{name}/revoke")
    @Needs(Permission.ADMINISTER)
    @Doc("Ends a caller's access with all its tokens: here at once, on other replicas within five seconds")
    @Answers(problems = 404)
    CallerView revoke(@PathVariable String name) {
        return callers.revoke(name).map(CallerView::of).orElseThrow(() -> Refusal.notFound("caller", name));
    }
}
