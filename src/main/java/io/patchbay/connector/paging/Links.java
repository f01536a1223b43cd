package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.WebAddress;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.net.URISyntaxException;

/** URLs of next pages. */
final class Links {

    static final JsonNode FIRST = Json.NODES.objectNode();

    private static final String URL = "url";
    private static final int LONGEST = 8_000;

    private Links() {}

    static Turn turn(JsonNode state, Paging paging, Pagers.LinkGuard guard) throws StepException {
        if (state.isEmpty()) {
            return Pagers.sized(paging.config(), null);
        }
        if (!state.path(URL).isTextual()) {
            throw Pagers.lostPlace();
        }
        return Pagers.sized(paging.config(), guard.checked(kept(state.path(URL))));
    }

    /** The URL that a place keeps. @throws StepException when it is none */
    static URI kept(JsonNode url) throws StepException {
        try {
            return WebAddress.parsed(url.asText());
        } catch (URISyntaxException e) {
            throw Pagers.lostPlace();
        }
    }

    /** The state for a URL that an answer named. */
    static JsonNode state(String text, URI from, Pagers.LinkGuard guard) throws StepException {
        if (text.length() > LONGEST) {
            throw new StepException(
                    Owner.REMOTE, "BAD_LINK", "the link to the next page has more than " + LONGEST + " characters");
        }
        try {
            URI link = guard.checked(resolved(text.strip(), from));
            return Json.NODES.objectNode().put(URL, link.toString());
        } catch (URISyntaxException e) {
            throw new StepException(Owner.REMOTE, "BAD_LINK", "the link to the next page is not a URL");
        }
    }

    /** RFC 3986 section 5.3; Java's own way of resolving drops the last part of the path before a query alone. */
    private static URI resolved(String link, URI from) throws URISyntaxException {
        if (!link.startsWith("?")) {
            return from.resolve(WebAddress.parsed(link));
        }
        String base = from.toString();
        int query = base.indexOf('?');
        return WebAddress.parsed((query < 0 ? base : base.substring(0, query)) + link);
    }
}
