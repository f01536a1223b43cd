package io.patchbay.ops.security;

import io.patchbay.ops.http.HtmlPage;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** The page on which people log in: with a password, and at the provider where there is one. */
@RestController
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
class LoginPages {

    /**
     * What stands behind '#' in the address of the page that somebody had asked for, its filter, is known to the browser alone; it
     * kept it on its way here.
     */
    private static final String KEEP_FRAGMENT =
            "const hash=location.hash;if(hash){const to=document.querySelector('input[name=to]');to.value+=hash;"
                    + "const at=document.querySelector('a[data-at]');if(at){at.href+=encodeURIComponent(hash)}}";

    private final ProviderLogin provider;

    LoginPages(ProviderLogin provider) {
        this.provider = provider;
    }

    @GetMapping("/login")
    @Open("whoever logs in is nobody yet")
    ResponseEntity<String> login(
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(required = false) @Nullable String refused,
            @RequestParam(required = false) @Nullable String logout,
            HttpServletRequest request) {
        CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        String onward = Onward.of(to);
        HtmlPage page = new HtmlPage("Patchbay").said(said(error, refused, logout));
        page.html("<form method=\"post\" action=\"login\">" + HtmlPage.field(csrf)
                + HtmlPage.hidden(Onward.FIELD, onward)
                + "<label>Username<input name=\"username\" autocomplete=\"username\" autofocus required></label>"
                + "<label>Password<input name=\"password\" type=\"password\" autocomplete=\"current-password\" required></label>"
                + "<button type=\"submit\">Log in</button></form>");
        provider.title()
                .ifPresent(title -> page.html("<p><a data-at href=\"login/oidc?" + Onward.FIELD + "="
                        + HtmlPage.escaped(UriUtils.encode(onward, StandardCharsets.UTF_8)) + "\">Log in at "
                        + HtmlPage.escaped(title) + "</a></p>"));
        return page.script(KEEP_FRAGMENT).answer(HttpStatus.OK);
    }

    private static @Nullable String said(@Nullable String error, @Nullable String refused, @Nullable String logout) {
        if (error != null) {
            return "User or password is wrong, or there were too many wrong ones. With a one-time code, its digits stand"
                    + " behind the password.";
        }
        if (logout != null) {
            return "You are logged out.";
        }
        return LoginRefusal.of(refused).map(LoginRefusal::sentence).orElse(null);
    }
}
