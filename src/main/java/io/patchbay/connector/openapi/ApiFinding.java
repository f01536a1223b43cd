package io.patchbay.connector.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a connector asks otherwise than a description says. Only what is certain: what a placeholder, a setting or another file
 * could make right is no finding.
 *
 * @param code stable name of the problem
 * @param part which part of the endpoint it is about
 * @param what the finding in one sentence
 * @param hint how to mend it, or null
 */
public record ApiFinding(
        String code, Part part, String what, @Nullable String hint) {

    private static final int SHOWN = 5;

    /** Parts of an endpoint. */
    public enum Part {
        /** Its method. */
        METHOD,
        /** Its path. */
        PATH,
        /** What it sends. */
        REQUEST
    }

    /** What a description says against a call. */
    public static List<ApiFinding> of(ApiOperations operations, ApiCall call) {
        List<ApiOperation> there = operations.at(call);
        if (there.isEmpty()) {
            return operations.more() ? List.of() : List.of(noPath());
        }
        List<ApiOperation> taking =
                there.stream().filter(one -> one.takes(call.method())).toList();
        if (taking.isEmpty()) {
            return operations.more() ? List.of() : List.of(noMethod(call, there));
        }
        List<ApiFinding> found = new ArrayList<>();
        needed(taking).stream()
                .filter(name -> !call.maySend(name))
                .forEach(name -> found.add(new ApiFinding(
                        "QUERY_MISSING",
                        Part.REQUEST,
                        "the API document says that " + taking.get(0) + " needs the query parameter '" + name
                                + "', which is never sent",
                        "request: { query: { " + name + ": … } }")));
        if (!call.sendsBody() && taking.stream().allMatch(ApiOperation::needsBody)) {
            found.add(new ApiFinding(
                    "BODY_MISSING",
                    Part.REQUEST,
                    "the API document says that " + taking.get(0) + " needs a body, and none is sent",
                    "leave 'body' out to send the payload as it is, or give it a template"));
        }
        if (taking.stream().allMatch(ApiOperation::deprecated)) {
            found.add(new ApiFinding(
                    "DEPRECATED_OPERATION",
                    Part.PATH,
                    "the API document says that " + taking.get(0) + " is deprecated",
                    null));
        }
        return found;
    }

    private static ApiFinding noPath() {
        return new ApiFinding(
                "NOT_IN_OPENAPI",
                Part.PATH,
                "the path stands in no operation of the API document",
                "paths are case-sensitive; if the document is older than the system, put the newer one in its place, or mend it"
                        + " with an overlay");
    }

    private static ApiFinding noMethod(ApiCall call, List<ApiOperation> there) {
        String methods =
                there.stream().map(ApiOperation::method).distinct().limit(SHOWN).collect(Collectors.joining(", "));
        return new ApiFinding(
                "NOT_IN_OPENAPI",
                Part.METHOD,
                "the API document has no " + call.method() + " on "
                        + there.get(0).path() + ", it has " + methods,
                null);
    }

    /** What each of them needs: which of several it is that a call asks for is not certain. */
    private static TreeSet<String> needed(List<ApiOperation> taking) {
        TreeSet<String> names = new TreeSet<>(taking.get(0).neededQuery());
        taking.forEach(one -> names.retainAll(one.neededQuery()));
        return names;
    }
}
