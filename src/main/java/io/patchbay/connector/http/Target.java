package io.patchbay.connector.http;

import io.patchbay.connector.CallScope;
import io.patchbay.connector.Parameter;
import io.patchbay.connector.Percent;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where requests of an endpoint go. What is the same for all calls is put together once. */
final class Target {

    private final String base;
    private final List<Template> path;
    private final List<Parameter> query;
    private final @Nullable String fixed;
    private final @Nullable URI fixedUri;

    /**
     * A target.
     *
     * @param base scheme, host and base path without a slash at the end
     * @param path parts of the path
     * @param query parameters in order
     * @param settings reads settings only
     */
    Target(String base, List<Template> path, List<Parameter> query, CallScope settings) throws StepException {
        this.base = base;
        this.path = path;
        this.query = query;
        boolean same = path.stream().allMatch(part -> onlySettings(part))
                && query.stream().allMatch(parameter -> onlySettings(parameter.value()));
        this.fixed = same ? build(settings) : null;
        this.fixedUri = fixed == null ? null : URI.create(fixed);
    }

    private static boolean onlySettings(Template template) {
        return template.reads().stream().map(Ref::root).allMatch("settings"::equals);
    }

    private static boolean readsPage(Template template) {
        return template.reads().stream().anyMatch(ref -> ref.root().equals("page"));
    }

    /** The URI of a call. @throws StepException when a value cannot be part of a path */
    URI uri(CallScope scope, Map<String, String> more) throws StepException {
        if (fixedUri != null && more.isEmpty()) {
            return fixedUri;
        }
        String text = fixed != null ? fixed : build(scope);
        return URI.create(more.isEmpty() ? text : with(text, more));
    }

    /**
     * An address without a port that is its scheme's own. The client would send it along in the Host header, and a signature
     * is over the host without it (RFC 9110, section 7.2).
     */
    static URI withoutUsualPort(URI uri) {
        if (uri.getPort() != ("https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80)) {
            return uri;
        }
        String text = uri.toString();
        int host = text.indexOf("//") + 2;
        return URI.create(text.substring(0, host)
                + uri.getHost()
                + text.substring(host + uri.getRawAuthority().length()));
    }

    /** A URI with further parameters. */
    static String with(String uri, Map<String, String> more) {
        StringBuilder text = new StringBuilder(uri);
        char separator = uri.indexOf('?') < 0 ? '?' : '&';
        for (Map.Entry<String, String> parameter : more.entrySet()) {
            text.append(separator);
            Percent.component(parameter.getKey(), text);
            text.append('=');
            Percent.component(parameter.getValue(), text);
            separator = '&';
        }
        return text.toString();
    }

    private String build(CallScope scope) throws StepException {
        StringBuilder text = new StringBuilder(base);
        for (Template part : path) {
            if (readsPage(part) && Values.absent(part.find(scope))) {
                continue; // the first page of a list has no cursor yet
            }
            text.append('/');
            if (part.constant()) {
                Percent.literal(part.constantValue().asText(), text);
            } else {
                part(part, scope, text);
            }
        }
        char separator = '?';
        for (Parameter parameter : query) {
            String value = parameter.text(scope);
            if (value != null) {
                text.append(separator);
                Percent.component(parameter.name(), text);
                text.append('=');
                Percent.component(value, text);
                separator = '&';
            }
        }
        return text.toString();
    }

    private static void part(Template part, CallScope scope, StringBuilder into) throws StepException {
        String value = part.text(scope);
        if (value.isEmpty() || value.equals(".") || value.equals("..")) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_PATH", "'" + part + "' yields '" + value + "', which cannot be part of a path");
        }
        Percent.component(value, into);
    }
}
