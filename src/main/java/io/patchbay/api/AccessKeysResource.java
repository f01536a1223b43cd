package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.audit.AuditTrail;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The keys of this API. */
@RestController
@RequestMapping(path = "/api/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Keys of this API: each has a role, may hold for some flows only, and ends by itself")
final class AccessKeysResource {

    private static final DataSize MOST = DataSize.ofKilobytes(64);

    private final AccessKeys keys;

    AccessKeysResource(AccessKeys keys) {
        this.keys = keys;
    }

    @GetMapping
    @Needs(Permission.ADMINISTER)
    @Doc("All keys, by name; those that have expired too")
    @Answers
    Page<AccessKeyView> list(
            @RequestParam(required = false) @Doc("The 'next' of the page before") @Nullable String after,
            @RequestParam(required = false) @Doc("Most items, 1 to 500") @Nullable Integer limit) {
        List<AccessKeyView> all = keys.list().stream().map(AccessKeyView::of).toList();
        return Page.of(all, AccessKeyView::name, after, Page.limit(limit));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Permission.ADMINISTER)
    @Doc("Makes a key. The answer shows it, this once: only a hash is kept.")
    @Answers(value = 201, problems = 413)
    NewAccessKeyView add(HttpServletRequest request, Principal who) throws IOException {
        AccessKeyRequest.Asked asked = AccessKeyRequest.read(JsonRequest.bytes(request, MOST));
        AuditTrail.about(
                request,
                asked.name() + " as " + asked.role().word()
                        + (asked.flows().isEmpty() ? "" : " for " + String.join(" ", asked.flows())));
        try {
            AccessKeys.Made made = keys.add(asked.name(), asked.role(), asked.flows(), asked.life(), who.getName());
            return new NewAccessKeyView(
                    made.key().name(),
                    made.text(),
                    made.key().role().word(),
                    made.key().flows(),
                    made.key().expiresAt());
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{name}")
    @Needs(Permission.ADMINISTER)
    @Doc("Ends a key: here at once, on other replicas within five seconds")
    @Answers(problems = 404)
    RemovedKeyView remove(@PathVariable String name) {
        if (!keys.remove(name)) {
            throw Refusal.notFound("key", name);
        }
        return new RemovedKeyView(name);
    }
}
