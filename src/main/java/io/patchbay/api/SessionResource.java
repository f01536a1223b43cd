package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.ops.audit.Actions;
import io.patchbay.ops.security.AccessKey;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.ops.security.Actor;
import io.patchbay.ops.security.Needs;
import io.patchbay.ops.security.Permission;
import io.patchbay.ops.security.Role;
import io.patchbay.ops.security.SessionOfUser;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Tells who asks what they may do, from what the handlers say and the guard in front of them reads. */
@RestController
@RequestMapping(path = "/api/v1/session", produces = MediaType.APPLICATION_JSON_VALUE)
@Doc("Who asks, and what they may do")
final class SessionResource {

    private final RequestMappingHandlerMapping handlers;
    private final AccessKeys keys;

    SessionResource(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers, AccessKeys keys) {
        this.handlers = handlers;
        this.keys = keys;
    }

    @GetMapping
    @Needs(Permission.VIEW)
    @Doc("Who asks, their role, when that ends, and which operations the role may do")
    @Answers
    SessionView show(HttpServletRequest request, @AuthenticationPrincipal Actor who) {
        List<String> permissions = Arrays.stream(Permission.values())
                .filter(who.role()::may)
                .map(Permission::word)
                .toList();
        return new SessionView(
                who.name(), who.kind(), who.role().word(), endsAt(request, who), permissions, operations(who.role()));
    }

    private @Nullable Instant endsAt(HttpServletRequest request, Actor who) {
        if (who.kind() != Actor.Kind.KEY) {
            return SessionOfUser.endsAt(request);
        }
        return keys.list().stream()
                .filter(key -> key.name().equals(who.name()))
                .map(AccessKey::expiresAt)
                .findFirst()
                .orElse(null);
    }

    private List<String> operations(Role role) {
        return handlers.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getKey().getPatternValues().stream().allMatch(path -> path.startsWith("/api/")))
                .filter(entry -> may(role, entry.getValue()))
                .map(entry -> Actions.of(entry.getValue()))
                .sorted()
                .toList();
    }

    private static boolean may(Role role, HandlerMethod handler) {
        Needs needs = handler.getMethodAnnotation(Needs.class);
        return needs != null && role.may(needs.value());
    }
}
