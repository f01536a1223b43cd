package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Durations;
import io.patchbay.ops.security.AccessKeys;
import io.patchbay.ops.security.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A key that is to be made. */
@Doc("A key that is to be made")
record AccessKeyRequest(
        @Doc("Its name: small letters, digits and '-'") String name,

        @Doc("administrator, manager, user or read-only") String role,

        @Doc("Ids of the flows that it holds for, in which * stands for any characters; everything where there is none")
        @Nullable
        List<String> flows,

        @Doc("How long it is good, like 30d, at most 730d; 90d when not given") @Nullable
        String keep) {

    private static final int LONGEST = 100;

    /** What a request's body asks for. */
    record Asked(String name, Role role, List<String> flows, Duration life) {}

    /** Reads a request's body. */
    static Asked read(byte[] body) {
        JsonNode given = JsonRequest.object(body, List.of("name", "role", "flows", "keep"));
        return new Asked(
                JsonRequest.needed(given, "name", LONGEST, "say what the key is called"),
                role(JsonRequest.needed(given, "role", LONGEST, "say what the key may do: " + roles())),
                patterns(given.path("flows")),
                life(JsonRequest.text(given, "keep", LONGEST)));
    }

    static Role role(String word) {
        return Role.of(word)
                .orElseThrow(() -> Refusal.badRequest(
                        "role " + Refusal.quoted(word) + " is not known; there are " + roles() + "."));
    }

    private static String roles() {
        return Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));
    }

    private static List<String> patterns(JsonNode given) {
        List<String> flows = new ArrayList<>();
        if (!given.isMissingNode() && !given.isNull()) {
            if (!given.isArray() || given.isEmpty()) {
                throw Refusal.badRequest(
                        "flows must be a list of ids of flows, like [\"orders-*\"]; leave it out for everything.");
            }
            for (JsonNode flow : given) {
                if (!flow.isTextual()) {
                    throw Refusal.badRequest("flows must hold texts, like \"orders-*\".");
                }
                flows.add(flow.textValue());
            }
        }
        return flows;
    }

    private static Duration life(@Nullable String keep) {
        if (keep == null) {
            return AccessKeys.USUAL_LIFE;
        }
        try {
            return Durations.parse(keep);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("keep must be a time like 30d, found " + Refusal.quoted(keep) + ".");
        }
    }
}
