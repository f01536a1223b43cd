package io.patchbay.ops.connect;

import io.patchbay.connector.camel.InstanceConnect.Standing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriUtils;

/** One small page. Whatever is put into it is text. */
final class Html {

    private static final String STYLE =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}"
                    + "dt{color:#555}dd{margin:0 0 .6rem}.said{border-left:.3rem solid #37c;padding-left:.8rem}"
                    + "form{display:inline-block;margin-right:.6rem}button{font:inherit;padding:.3rem .9rem}";

    /** The page's own style, and nothing else. */
    static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + hash() + "'; base-uri 'none'; frame-ancestors 'none'";

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder body = new StringBuilder();

    Html(String title) {
        head.append("<title>").append(escaped(title)).append(" - Patchbay</title>");
        body.append("<h1>").append(escaped(title)).append("</h1>");
    }

    private static String hash() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    Html text(String text) {
        body.append("<p>").append(escaped(text)).append("</p>");
        return this;
    }

    /** What came of what the person did; null for nothing. */
    Html said(@Nullable String text) {
        if (text != null) {
            body.append("<p class=\"said\" role=\"status\">")
                    .append(escaped(text))
                    .append("</p>");
        }
        return this;
    }

    Html link(String address, String text) {
        body.append("<p><a href=\"")
                .append(escaped(address))
                .append("\">")
                .append(escaped(text))
                .append("</a></p>");
        return this;
    }

    Html list(List<String> names, String base) {
        if (names.isEmpty()) {
            return text("No instance needs a person.");
        }
        names.forEach(name -> link(base + "/instances/" + UriUtils.encode(name, StandardCharsets.UTF_8), name));
        return this;
    }

    /** Leads on at once, with these parameters. */
    Html onTo(
            String address,
            @Nullable String state,
            @Nullable String code,
            @Nullable String iss,
            @Nullable String error) {
        String query = Stream.of(pair("state", state), pair("code", code), pair("iss", iss), pair("error", error))
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining("&"));
        String all = escaped(address + "?" + query);
        head.append("<meta http-equiv=\"refresh\" content=\"0;url=").append(all).append("\">");
        body.append("<p><a href=\"").append(all).append("\">Go on</a></p>");
        return this;
    }

    private static String pair(String name, @Nullable String value) {
        return value == null ? "" : name + "=" + UriUtils.encode(value, StandardCharsets.UTF_8);
    }

    /** How an instance stands, and what can be done. */
    Html standing(Standing one, String redirect, CsrfToken csrf) {
        body.append("<dl>");
        fact("Connector", one.title());
        if (!one.needed()) {
            fact("State", "needs no person: it proves itself by its settings");
            body.append("</dl>");
            return this;
        }
        boolean connected = one.connectedAt() != null;
        fact("State", connected ? "connected since " + time(one.connectedAt()) : "not connected");
        if (connected) {
            fact(
                    "Access token",
                    "ends " + time(one.accessEndsAt())
                            + (one.renews() ? ", is renewed before" : ", is not renewed: connect again by then"));
            fact("Scopes", one.scope() == null ? "as asked for" : one.scope());
        }
        if (one.missing() != null) {
            fact("Not given", one.missing());
        }
        fact("Redirect address to register at the other system", redirect);
        body.append("</dl>");
        String path = URI.create(String.valueOf(one.page())).getRawPath();
        button(path, connected ? "Connect again" : "Connect", csrf);
        if (connected) {
            button(path + "/disconnect", "Disconnect", csrf);
        }
        return this;
    }

    private void fact(String name, String value) {
        body.append("<dt>")
                .append(escaped(name))
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd>");
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void button(String action, String text, CsrfToken csrf) {
        body.append("<form method=\"post\" action=\"")
                .append(escaped(action))
                .append("\"><input type=\"hidden\" name=\"")
                .append(escaped(csrf.getParameterName()))
                .append("\" value=\"")
                .append(escaped(csrf.getToken()))
                .append("\"><button>")
                .append(escaped(text))
                .append("</button></form>");
    }

    @Override
    public String toString() {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                + " content=\"width=device-width\">" + head + "<style>" + STYLE + "</style></head><body>" + body
                + "</body></html>";
    }
}
