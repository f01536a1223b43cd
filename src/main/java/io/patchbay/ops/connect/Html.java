package io.patchbay.ops.connect;

import io.patchbay.connector.camel.InstanceConnect.Standing;
import io.patchbay.ops.http.HtmlPage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.UriUtils;

/** What the pages of connections show, each on a page of its own. */
final class Html {

    private Html() {}

    /** Names of instances with their pages. */
    static HtmlPage list(List<String> names, String base) {
        HtmlPage page = new HtmlPage("Instances to connect");
        if (names.isEmpty()) {
            return page.text("No instance needs a person.");
        }
        names.forEach(name -> page.link(base + "/instances/" + UriUtils.encode(name, StandardCharsets.UTF_8), name));
        return page;
    }

    /** Where an answer is taken, with what came in it. */
    static String onward(
            String address,
            @Nullable String state,
            @Nullable String code,
            @Nullable String iss,
            @Nullable String error) {
        return address + "?"
                + Stream.of(pair("state", state), pair("code", code), pair("iss", iss), pair("error", error))
                        .filter(one -> !one.isEmpty())
                        .collect(Collectors.joining("&"));
    }

    private static String pair(String name, @Nullable String value) {
        return value == null ? "" : name + "=" + UriUtils.encode(value, StandardCharsets.UTF_8);
    }

    /** How an instance stands, and what can be done. */
    static HtmlPage standing(HtmlPage page, Standing one, String redirect, CsrfToken csrf) {
        page.html("<dl>");
        fact(page, "Connector", one.title());
        if (!one.needed()) {
            fact(page, "State", "needs no person: it proves itself by its settings");
            return page.html("</dl>");
        }
        boolean connected = one.connectedAt() != null;
        fact(page, "State", connected ? "connected since " + time(one.connectedAt()) : "not connected");
        if (connected) {
            fact(
                    page,
                    "Access token",
                    "ends " + time(one.accessEndsAt())
                            + (one.renews() ? ", is renewed before" : ", is not renewed: connect again by then"));
            fact(page, "Scopes", one.scope() == null ? "as asked for" : one.scope());
        }
        if (one.missing() != null) {
            fact(page, "Not given", one.missing());
        }
        fact(page, "Redirect address to register at the other system", redirect);
        page.html("</dl>");
        String path = URI.create(String.valueOf(one.page())).getRawPath();
        button(page, path, connected ? "Connect again" : "Connect", csrf);
        if (connected) {
            button(page, path + "/disconnect", "Disconnect", csrf);
        }
        return page;
    }

    private static void fact(HtmlPage page, String name, String value) {
        page.html("<dt>" + HtmlPage.escaped(name) + "</dt><dd>" + HtmlPage.escaped(value) + "</dd>");
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void button(HtmlPage page, String action, String text, CsrfToken csrf) {
        page.html("<form method=\"post\" action=\"" + HtmlPage.escaped(action) + "\">" + HtmlPage.field(csrf)
                + "<button>" + HtmlPage.escaped(text) + "</button></form>");
    }
}
