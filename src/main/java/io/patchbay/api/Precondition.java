package io.patchbay.api;

import java.util.List;
import org.springframework.http.ETag;
import org.springframework.http.HttpStatus;

/**
 * What a caller says of a thing that they are about to change: that it is as they saw it. A call that can be made so takes one as
 * a parameter; see {@link Preconditions}.
 *
 * @param tags {@code If-Match} of the request; empty when the caller does not mind
 */
record Precondition(List<ETag> tags, EntityTags entityTags) {

    Precondition {
        tags = List.copyOf(tags);
    }

    /** Whether the caller said which state they saw; any state is none. */
    boolean given() {
        return !tags.isEmpty() && tags.stream().noneMatch(ETag::isWildcard);
    }

    /**
     * Lets the caller go on when the thing is as they saw it.
     *
     * @param now what a GET answers now
     * @throws org.springframework.web.ErrorResponseException with 412 when it is not
     */
    void check(Object now) {
        if (!holds(now)) {
            throw failed();
        }
    }

    /** Whether the thing is as the caller saw it, or they do not mind. */
    boolean holds(Object now) {
        return !given() || tags.stream().anyMatch(tag -> !tag.weak() && entityTags.stillIs(now, tag.formattedTag()));
    }

    /** The refusal of a change of what was changed in between. */
    static RuntimeException failed() {
        return Refusal.of(
                HttpStatus.PRECONDITION_FAILED,
                "It was changed since the ETag in If-Match was given, so nothing was done. Read it again, and decide anew.");
    }
}
