package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.openapi.ApiCall;
import io.patchbay.connector.openapi.ApiFinding;
import io.patchbay.connector.openapi.ApiOperation;
import io.patchbay.connector.openapi.ApiOperations;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Holds a connector against the OpenAPI document beside it. What it finds are warnings: the system itself has the last word. */
final class ApiCheck {

    private final Connector connector;
    private final Node root;
    private final Problems problems;

    /** @param root the connector's file */
    ApiCheck(Connector connector, Node root, Problems problems) {
        this.connector = connector;
        this.root = root;
        this.problems = problems;
    }

    /**
     * Looks at all endpoints with a path.
     *
     * @param folder of the connector
     * @param shown the folder as people know it
     */
    void check(ApiFiles files, Path folder, String shown) {
        files.read(
                        folder,
                        shown,
                        connector.config().openapi(),
                        connector.config().overlay(),
                        (key, code, what, hint) -> problems.warning(at(key), code, what, hint))
                .ifPresent(this::check);
    }

    private void check(ApiOperations operations) {
        List<ApiCall> calls = ApiCalls.of(connector);
        for (ApiCall call : calls) {
            for (ApiFinding finding : ApiFinding.of(operations, call)) {
                String part = finding.part().name().toLowerCase(java.util.Locale.ROOT);
                problems.warning(
                        at("endpoints", call.endpoint(), part), finding.code(), finding.what(), finding.hint());
            }
        }
        checkProof(operations, calls);
    }

    /** A connector without any secret cannot prove who calls, whatever its endpoints look like. */
    private void checkProof(ApiOperations operations, List<ApiCall> calls) {
        boolean none = connector.config().settings().secrets().isEmpty()
                && connector.config().auth().values().stream()
                        .allMatch(auth -> auth.type() == AuthConfig.Type.NONE && auth.hmac() == null);
        List<ApiOperation> secured = !none
                ? List.of()
                : calls.stream()
                        .flatMap(call -> {
                            List<ApiOperation> there = operations.at(call).stream()
                                    .filter(one -> one.takes(call.method()))
                                    .toList();
                            return there.stream().allMatch(ApiOperation::secured)
                                    ? there.stream().limit(1)
                                    : Stream.empty();
                        })
                        .toList();
        if (!secured.isEmpty()) {
            problems.warning(
                    at("auth"),
                    "NO_PROOF",
                    "the API document says that callers must prove who they are, of " + secured.size()
                            + (secured.size() == 1 ? " endpoint (" : " endpoints (the first is ") + secured.get(0)
                            + "), and this connector has no way to",
                    "declare it under 'auth', with a secret under 'settings'");
        }
    }

    /** Place of a key, or of the deepest key above it that is there. */
    private Location at(String... keys) {
        Node node = root;
        for (String key : keys) {
            Node below = node instanceof MapNode map ? map.get(key) : null;
            if (below == null) {
                break;
            }
            node = below;
        }
        return node.at();
    }
}
