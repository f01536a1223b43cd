package io.patchbay.ops.security;

import io.patchbay.ops.http.HtmlPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/**
 * Leads a browser to the login form, and tells it where to lead on to. Who follows a link in another site's page, like a mail's,
 * is not known though they may be logged in: the session's cookie is not sent then. So a page of ours asks once more.
 */
final class LoginEntry implements AuthenticationEntryPoint {

    /** Another address each time, as the same one with something behind '#' would not be asked for; what stands there is kept. */
    private static final String ASK_AGAIN =
            "location.replace(location.pathname+location.search+(location.search?'&':'?')+location.hash)";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        Optional<String> asked = Onward.asked(request);
        String base = request.getContextPath();
        if (asked.isPresent() && "cross-site".equals(request.getHeader("Sec-Fetch-Site"))) {
            new HtmlPage("Patchbay")
                    .link(base + asked.get(), "Go on")
                    .script(ASK_AGAIN)
                    .write(response);
            return;
        }
        response.sendRedirect(base + Onward.login("", asked.orElse(Onward.HOME)));
    }
}
