package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.Place;
import io.patchbay.connector.WebAddress;
import io.patchbay.expression.Values;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Paging that an OData service drives: each answer but the last names the URL of the next one. The page size is a wish in
 * header Prefer (OData Protocol 4.01, section 8.2.8.6), sent with every page, and the service may give fewer; a {@code $top}
 * would cut the whole list instead.
 */
record ODataNextLink(Paging paging, Pagers.LinkGuard guard) implements LinkedPager {

    /** Version 4.0, 4.01 without prefix, 3.0 in its light form, and 2.0 and 3.0 in the verbose form. */
    private static final List<Place> LINKS =
            places("$['@odata.nextLink']", "$['@nextLink']", "$['odata.nextLink']", "$.d.__next");

    /** What relative links hang on, where the answer has it: OData JSON Format 4.01, section 4.3. */
    private static final List<Place> CONTEXTS = places("$['@odata.context']", "$['@context']", "$['odata.metadata']");

    private static List<Place> places(String... texts) {
        return java.util.Arrays.stream(texts).map(Place::parse).toList();
    }

    @Override
    public Turn turn(JsonNode state) throws StepException {
        Turn turn = LinkedPager.super.turn(state);
        Integer size = paging.config().pageSize();
        return size == null
                ? turn
                : new Turn(turn.url(), turn.query(), Map.of("Prefer", "odata.maxpagesize=" + size), turn.body());
    }

    @Override
    public @Nullable JsonNode next(JsonNode state, PageAnswer answer) throws StepException {
        Place own = paging.cursor();
        JsonNode link = first(own == null ? LINKS : List.of(own), answer.tree());
        return link == null ? null : Links.state(Values.text(link), context(answer), guard);
    }

    private static URI context(PageAnswer answer) throws StepException {
        JsonNode context = first(CONTEXTS, answer.tree());
        if (context == null || !context.isTextual()) {
            return answer.uri();
        }
        String text = context.textValue();
        int fragment = text.indexOf('#');
        try {
            return answer.uri().resolve(WebAddress.parsed(fragment < 0 ? text : text.substring(0, fragment)));
        } catch (URISyntaxException e) {
            throw new StepException(Owner.REMOTE, "BAD_LINK", "the context of the answer is not a URL", e);
        }
    }

    private static @Nullable JsonNode first(List<Place> places, JsonNode tree) {
        for (Place place : places) {
            JsonNode found = place.find(tree);
            if (!Values.empty(found) && found.isValueNode()) {
                return found;
            }
        }
        return null;
    }
}
