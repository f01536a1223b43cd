package io.patchbay.ops.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.util.HtmlUtils;

/** One small page of ours outside of the console. Whatever is put into it is text, but for what {@link #html} says. */
public final class HtmlPage {

    private static final String STYLE =
            "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}"
                    + "dt{color:#555}dd{margin:0 0 .6rem}.said{border-left:.3rem solid #37c;padding-left:.8rem}"
                    + "form{display:inline-block;margin-right:.6rem}button{font:inherit;padding:.3rem .9rem}"
                    + "label{display:block;margin:0 0 .8rem}label input{display:block;font:inherit;padding:.3rem;width:20rem;max-width:90vw}";

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private String scripts = "";

    /** An empty page. */
    public HtmlPage(String title) {
        head.append("<title>").append(escaped(title)).append(" - Patchbay</title>");
        body.append("<h1>").append(escaped(title)).append("</h1>");
    }

    /** Text as it stands in a page or in an attribute. */
    public static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    /** A paragraph. */
    public HtmlPage text(String text) {
        return html("<p>" + escaped(text) + "</p>");
    }

    /** What came of what the person did; null for nothing. */
    public HtmlPage said(@Nullable String text) {
        return text == null ? this : html("<p class=\"said\" role=\"status\">" + escaped(text) + "</p>");
    }

    /** A link in a line of its own. */
    public HtmlPage link(String address, String text) {
        return html("<p><a href=\"" + escaped(address) + "\">" + escaped(text) + "</a></p>");
    }

    /** Leads on at once. The page that is led to is asked for by a page of ours, so that the session's cookie is sent. */
    public HtmlPage onTo(String address) {
        head.append("<meta http-equiv=\"refresh\" content=\"0;url=")
                .append(escaped(address))
                .append("\">");
        return link(address, "Go on");
    }

    /** The field that shows that a form is ours. */
    public static String field(CsrfToken csrf) {
        return hidden(csrf.getParameterName(), csrf.getToken());
    }

    /** A field of a form that is not seen. */
    public static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + escaped(name) + "\" value=\"" + escaped(value) + "\">";
    }

    /** Adds HTML of ours, in which what came from outside is {@link #escaped}. */
    public HtmlPage html(String html) {
        body.append(html);
        return this;
    }

    /** Runs a script of ours, one for a page: nothing that came from outside is in it. */
    public HtmlPage script(String script) {
        scripts = "; script-src 'sha256-" + hash(script) + "'";
        return html("<script>" + script + "</script>");
    }

    /** Answers with the page, and with a policy that allows its own style and script and nothing else. */
    public ResponseEntity<String> answer(HttpStatus status) {
        return ResponseEntity.status(status)
                .header("Content-Security-Policy", policy())
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(toString());
    }

    /** Answers with the page where no handler does. */
    public void write(HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", policy());
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write(toString());
    }

    /** What a browser may do with it. */
    private String policy() {
        return "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'" + scripts
                + "; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                + " content=\"width=device-width\">" + head + "<style>" + STYLE + "</style></head><body>" + body
                + "</body></html>";
    }
}
