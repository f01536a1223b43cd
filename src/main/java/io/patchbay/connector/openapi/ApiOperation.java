package io.patchbay.connector.openapi;

import java.util.List;
import java.util.Set;

/**
 * One thing that an interface can be asked, as far as calls of it can be held against it.
 *
 * @param method in upper case; {@link #ANY_METHOD} where the description leaves it to another file
 * @param path as it is written
 * @param id the description's own name for it; may be empty
 * @param parts of the path
 * @param bases paths of the servers that offer it, as far as they are said
 * @param anyBase whether a server's path has a variable, which may be any number of parts
 * @param neededQuery names of the query parameters that a call cannot do without
 * @param secured whether each caller has to prove who calls
 * @param needsBody whether a call cannot do without a body
 * @param deprecated whether it is to go
 */
public record ApiOperation(
        String method,
        String path,
        String id,
        PathParts parts,
        List<PathParts> bases,
        boolean anyBase,
        Set<String> neededQuery,
        boolean secured,
        boolean needsBody,
        boolean deprecated) {

    /** In place of a method that is not known. */
    public static final String ANY_METHOD = "*";

    public ApiOperation {
        bases = List.copyOf(bases);
        neededQuery = Set.copyOf(neededQuery);
    }

    /** Whether a call by this method asks for it; what answers GET answers HEAD (RFC 9110 section 9.3.2). */
    public boolean takes(String asked) {
        return method.equals(asked) || method.equals(ANY_METHOD) || (asked.equals("HEAD") && method.equals("GET"));
    }

    /**
     * Whether a call's path can be this one's.
     *
     * @param call what is asked
     */
    public boolean isAt(ApiCall call) {
        // The base of a connector stands for a server of the description, whatever that is called there.
        PathParts asked = call.base() == null ? null : call.base().with(call.path());
        if (call.path().fits(parts)
                || (anyBase && (asked == null ? call.path() : asked).endsWith(parts))
                || (anyBase && asked == null && parts.endsWith(call.path()))) {
            return true;
        }
        for (PathParts base : bases) {
            PathParts whole = base.with(parts);
            if (call.path().fits(whole) || (asked == null ? whole.endsWith(call.path()) : asked.fits(whole))) {
                return true;
            }
        }
        return false;
    }

    /** Method and path. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
