package io.patchbay.ops.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Where a login leads: the page of ours that somebody had asked for, else the console. Never to another site. */
final class Onward {

    static final String HOME = "/hawtio/";

    /** The parameter that carries it. */
    static final String FIELD = "to";

    private static final int LONGEST = 1_000;

    /** It begins with one of our own paths, so that no text behind it makes another host of it; nothing in it ends an attribute. */
    private static final Pattern PAGE =
            Pattern.compile("/(?:hawtio|connect)(?:[/?#][A-Za-z0-9._~!$&()*+,;=:@%/?#-]*)?");

    /** It ends the session that just began. */
    private static final String LOGOUT = "/hawtio/auth/";

    private Onward() {}

    /** Where a login leads that was asked to lead to this. */
    static String of(@Nullable String asked) {
        return asked != null && isPage(asked) ? asked : HOME;
    }

    /** The page that a request asks for, when a login should come back to it. */
    static Optional<String> asked(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String asked = request.getQueryString() == null ? path : path + "?" + request.getQueryString();
        return request.getMethod().equals("GET") && isPage(asked) ? Optional.of(asked) : Optional.empty();
    }

    /** The login form, from which it leads on to a page. */
    static String login(String query, String to) {
        String more = to.equals(HOME) ? "" : FIELD + "=" + UriUtils.encode(to, StandardCharsets.UTF_8);
        String all = query.isEmpty() || more.isEmpty() ? query + more : query + "&" + more;
        return "/login" + (all.isEmpty() ? "" : "?" + all);
    }

    private static boolean isPage(String asked) {
        return asked.length() <= LONGEST
                && !asked.startsWith(LOGOUT)
                && PAGE.matcher(asked).matches();
    }
}
