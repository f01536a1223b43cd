package io.patchbay.connector.paging;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** URLs of next pages. */
final class Links {

    static final JsonNode FIRST = Json.NODES.objectNode();

    private static final String URL = "url";
    private static final int LONGEST = 8_000;
    private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^,;\"]+(?:\"[^\"]*\")?)*)");
    private static final Pattern REL = Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^;,\\s]+))");

    private Links() {}

    static Turn turn(JsonNode state, Paging paging, Pagers.LinkGuard guard) throws StepException {
        if (state.isEmpty()) {
            return Pagers.sized(paging.config(), null);
        }
        if (!state.path(URL).isTextual()) {
            throw Pagers.lostPlace();
        }
        return Pagers.sized(
                paging.config(), guard.checked(URI.create(state.path(URL).textValue())));
    }

    /** The state for a URL that an answer named. */
    static JsonNode state(String text, URI from, Pagers.LinkGuard guard) throws StepException {
        if (text.length() > LONGEST) {
            throw new StepException(
                    Owner.REMOTE, "BAD_LINK", "the link to the next page has more than " + LONGEST + " characters");
        }
        try {
            URI link = guard.checked(resolved(text.strip().replace(" ", "%20"), from));
            return Json.NODES.objectNode().put(URL, link.toString());
        } catch (URISyntaxException e) {
            throw new StepException(Owner.REMOTE, "BAD_LINK", "the link to the next page is not a URL");
        }
    }

    /** RFC 3986 section 5.3; Java's own way of resolving drops the last part of the path before a query alone. */
    private static URI resolved(String link, URI from) throws URISyntaxException {
        if (!link.startsWith("?")) {
            return from.resolve(new URI(link));
        }
        String base = from.toString();
        int query = base.indexOf('?');
        return new URI((query < 0 ? base : base.substring(0, query)) + link);
    }

    /** The target of relation next in a Link header, or null. */
    static @Nullable String next(String header) {
        Matcher link = LINK.matcher(header.length() > LONGEST ? header.substring(0, LONGEST) : header);
        while (link.find()) {
            Matcher rel = REL.matcher(link.group(2));
            while (rel.find()) {
                String names = rel.group(1) != null ? rel.group(1) : rel.group(2);
                if (java.util.Arrays.asList(names.toLowerCase(Locale.ROOT).split("\\s+", -1))
                        .contains("next")) {
                    return link.group(1);
                }
            }
        }
        return null;
    }
}
