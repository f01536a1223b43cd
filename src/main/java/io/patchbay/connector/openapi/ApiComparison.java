package io.patchbay.connector.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a newer description has otherwise than a connector and the description that it was made from.
 *
 * @param added operations that are new; without an older description those that no endpoint asks for
 * @param removed operations that are gone
 * @param moved operations that have another method or path, by the name that they kept
 * @param endpoints what the newer description says against endpoints, by their ids
 */
public record ApiComparison(
        List<ApiOperation> added,
        List<ApiOperation> removed,
        List<Moved> moved,
        Map<String, List<ApiFinding>> endpoints) {

    /** An operation that has another method or path. */
    public record Moved(ApiOperation from, ApiOperation to) {}

    /**
     * Compares.
     *
     * @param older null where the connector keeps none
     * @param calls what the connector asks
     */
    public static ApiComparison of(ApiOperations newer, @Nullable ApiOperations older, List<ApiCall> calls) {
        List<ApiOperation> added = new ArrayList<>();
        List<ApiOperation> removed = new ArrayList<>();
        List<Moved> moved = new ArrayList<>();
        if (older == null) {
            newer.all().stream()
                    .filter(one -> calls.stream().noneMatch(call -> one.takes(call.method()) && one.isAt(call)))
                    .forEach(added::add);
        } else {
            added.addAll(without(newer, older));
            removed.addAll(without(older, newer));
            move(added, removed, moved);
        }
        Map<String, List<ApiFinding>> endpoints = new TreeMap<>();
        for (ApiCall call : calls) {
            List<ApiFinding> found = ApiFinding.of(newer, call);
            if (!found.isEmpty()) {
                endpoints.put(call.endpoint(), found);
            }
        }
        return new ApiComparison(added, removed, moved, endpoints);
    }

    /** Operations of one that the other has not. */
    private static List<ApiOperation> without(ApiOperations of, ApiOperations other) {
        Map<String, ApiOperation> there = new LinkedHashMap<>();
        other.all().forEach(one -> there.put(key(one), one));
        return of.all().stream().filter(one -> !there.containsKey(key(one))).toList();
    }

    private static String key(ApiOperation one) {
        return one.method() + " " + one.parts().parts();
    }

    private static void move(List<ApiOperation> added, List<ApiOperation> removed, List<Moved> moved) {
        Map<String, ApiOperation> byId = new LinkedHashMap<>();
        added.stream().filter(one -> !one.id().isEmpty()).forEach(one -> byId.put(one.id(), one));
        for (ApiOperation gone : List.copyOf(removed)) {
            ApiOperation now = byId.remove(gone.id());
            if (now != null) {
                moved.add(new Moved(gone, now));
                added.remove(now);
                removed.remove(gone);
            }
        }
    }
}
