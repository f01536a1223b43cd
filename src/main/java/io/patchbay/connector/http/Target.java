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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where requests of an endpoint go. What is the same for all calls is put together once. */
final class Target {

    private final String base;
    private final List<Template> path;
    private final List<Parameter> query;
    private final Set<String> names;
    private final Set<Template> several;
    private final @Nullable String fixed;
    private final @Nullable URI fixedUri;

    /**
     * A target.
     *
     * @param base scheme, host and base path without a slash at the end
     * @param path parts of the path
     * @param query parameters in order
     * @param paths names of inputs that hold several parts of a path
     * @param settings reads settings only
     */
    Target(String base, List<Template> path, List<Parameter> query, Set<String> paths, CallScope settings)
            throws StepException {
        this.base = base;
        this.names = query.stream().map(Parameter::name).collect(Collectors.toUnmodifiableSet());
        this.several = path.stream()
                .filter(part ->
                        part.reads().stream().anyMatch(ref -> ref.root().equals("with") && paths.contains(ref.name())))
                .collect(Collectors.toUnmodifiableSet());
        this.path = path;
        this.query = query;
        boolean same = path.stream().allMatch(part -> onlySettings(part))
                && query.stream().allMatch(parameter -> onlySettings(parameter.value()));
        this.fixed = same ? build(settings, Map.of()) : null;
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
        String text = fixed != null ? fixed : build(scope, more);
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

    private String build(CallScope scope, Map<String, String> more) throws StepException {
        StringBuilder text = new StringBuilder(base);
        for (Template part : path) {
            if (readsPage(part) && Values.absent(part.find(scope))) {
                continue; // the first page of a list has no cursor yet
            }
            text.append('/');
            if (part.constant()) {
                Percent.literal(part.constantValue().asText(), text);
            } else if (several.contains(part)) {
                parts(part, part.text(scope), text);
            } else {
                part(part, scope, text);
            }
        }
        return query(text, scope, more);
    }

    /** An address that was given whole, with the parameters of the endpoint; what it has of its own stays. */
    URI onto(URI given, CallScope scope, Map<String, String> more) throws StepException {
        if (query.isEmpty() && more.isEmpty()) {
            return given;
        }
        return URI.create(with(query(new StringBuilder(given.toString()), scope, more), more));
    }

    private String query(StringBuilder text, CallScope scope, Map<String, String> more) throws StepException {
        char separator = text.indexOf("?") < 0 ? '?' : '&';
        for (Parameter parameter : query) {
            for (Map.Entry<String, String> one : sent(parameter, scope, more)) {
                text.append(separator);
                Percent.component(one.getKey(), text);
                text.append('=');
                Percent.component(one.getValue(), text);
                separator = '&';
            }
        }
        return text.toString();
    }

    private List<Map.Entry<String, String>> sent(Parameter parameter, CallScope scope, Map<String, String> more)
            throws StepException {
        if (parameter.each()) {
            return parameter.members(scope, name -> names.contains(name) || more.containsKey(name));
        }
        if (parameter.repeated()) {
            return parameter.items(scope).stream()
                    .map(item -> Map.entry(parameter.name(), item))
                    .toList();
        }
        String value = parameter.text(scope);
        return value == null ? List.of() : List.of(Map.entry(parameter.name(), value));
    }

    /** A path of several parts; a slash at its end stays. */
    private static void parts(Template path, String value, StringBuilder into) throws StepException {
        String plain = value.startsWith("/") ? value.substring(1) : value;
        if (plain.indexOf('?') >= 0 || plain.indexOf('#') >= 0) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_PATH",
                    "'" + path + "' yields '" + value
                            + "', which is more than a path: query parameters are given apart");
        }
        refuseUpwards(path, value);
        String[] parts = plain.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean end = i == parts.length - 1 && i > 0 && parts[i].isEmpty();
            if (!end && parts[i].isEmpty()) {
                throw new StepException(
                        Owner.AUTHOR,
                        "BAD_PATH",
                        "'" + path + "' yields '" + value + "', which is no path: a part of it is empty");
            }
            into.append(i == 0 ? "" : "/");
            Percent.component(parts[i], into);
        }
    }

    private static void part(Template part, CallScope scope, StringBuilder into) throws StepException {
        String value = part.text(scope);
        if (value.isEmpty()) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_PATH", "'" + part + "' yields nothing, which cannot be part of a path");
        }
        refuseUpwards(part, value);
        Percent.part(part.text(scope, Percent::encoded), into);
    }

    /**
     * An address without dot segments (RFC 3986, section 5.2.4), which nobody can mean but as steps.
     *
     * @return null when it leads above its root, or has such steps encoded: some servers decode before they look
     */
    static @Nullable URI withoutSteps(URI uri) {
        URI plain = uri.normalize();
        return leadsElsewhere(String.valueOf(plain.getRawPath())) ? null : plain;
    }

    /**
     * What is encoded as one part stays one (RFC 3986, section 3.3), but some servers decode first and look for {@code ..} then,
     * and some decode twice.
     */
    private static void refuseUpwards(Template path, String value) throws StepException {
        if (leadsElsewhere(value)) {
            throw new StepException(
                    Owner.AUTHOR,
                    "BAD_PATH",
                    "'" + path + "' yields '" + value + "', which leads to another place of the system ('.' or '..')");
        }
    }

    private static boolean leadsElsewhere(String path) {
        String plain = Percent.decoded(Percent.decoded(path, false), false);
        return Stream.of((path + "/" + plain).split("[/\\\\]", -1))
                .anyMatch(step -> step.equals(".") || step.equals(".."));
    }
}
