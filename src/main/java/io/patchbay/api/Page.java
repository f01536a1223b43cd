package io.patchbay.api;

import io.patchbay.canvas.Doc;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A part of a list.
 *
 * @param data the items
 * @param next what to give as {@code after} to get the part behind this one; null at the end
 */
record Page<T>(
        List<T> data,

        @Doc("Give it as 'after' to get what follows; null at the end") @Nullable
        String next) {

    /** What a list may hold at most, whatever the caller asks for. */
    static final int MOST = 500;

    static final int USUAL = 50;

    /** How ids are written, of runs, starts, alerts and all else that comes up in time. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    Page {
        data = List.copyOf(data);
    }

    /** A whole list. */
    static <T> Page<T> all(List<T> data) {
        return new Page<>(data, null);
    }

    /** The part of a sorted list behind a key. */
    static <T> Page<T> of(List<T> sorted, Function<T, String> key, @Nullable String after, int limit) {
        List<T> rest = sorted.stream()
                .filter(item -> after == null || key.apply(item).compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        return rest.size() <= limit ? all(rest) : new Page<>(rest.subList(0, limit), key.apply(rest.get(limit - 1)));
    }

    /**
     * The id behind which a list goes on that is ordered by ids.
     *
     * @throws org.springframework.web.ErrorResponseException when it is none, which would begin anywhere
     */
    static @Nullable String behind(@Nullable String after) {
        if (after != null && !ID.matcher(after).matches()) {
            throw Refusal.after(after);
        }
        return after;
    }

    /** The caller's limit, or the usual one. @throws org.springframework.web.ErrorResponseException when out of bounds */
    static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return USUAL;
        }
        if (asked < 1 || asked > MOST) {
            throw Refusal.of(
                    HttpStatus.BAD_REQUEST,
                    Refusal.BAD_PARAMETER,
                    "limit must be 1 to " + MOST + ", found " + asked + ".");
        }
        return asked;
    }
}
