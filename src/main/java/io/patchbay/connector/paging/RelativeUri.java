package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.expression.Values;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer's body names the next page by a path or a query, relative to the URL that was asked (RFC 3986, section 5.2). One
 * that names a scheme or a host of its own is refused, even if it is the same: such a list is paged by {@code nextUrl}.
 */
record RelativeUri(Paging paging, Pagers.LinkGuard guard) implements LinkedPager {

    /** A scheme, or the authority of a network-path reference (section 4.2), also as browsers read it. */
    private static final Pattern NAMES_A_HOST =
            Pattern.compile("\\s*([A-Za-z][A-Za-z0-9+.-]*:|[/\\\\]{2}).*", Pattern.DOTALL);

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        JsonNode named = Objects.requireNonNull(paging.cursor()).find(answer.tree());
        boolean more = paging.hasMore() == null || Pagers.truth(paging.hasMore().find(answer.tree()));
        if (!more || Values.empty(named)) {
            return null;
        }
        String relative = Values.text(named);
        if (NAMES_A_HOST.matcher(relative).matches()) {
            throw new StepException(
                    Owner.REMOTE,
                    "FOREIGN_LINK",
                    "the link to the next page names a scheme or host, where paginator relativeUri takes a path or query only");
        }
        return Links.state(relative, answer.uri(), guard);
    }
}
