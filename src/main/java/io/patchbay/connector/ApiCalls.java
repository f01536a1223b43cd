package io.patchbay.connector;

import io.patchbay.connector.Endpoint.Content;
import io.patchbay.connector.Endpoint.HttpCall;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.definition.HmacConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.PaginatorConfig;
import io.patchbay.connector.definition.ValueType;
import io.patchbay.connector.openapi.ApiCall;
import io.patchbay.connector.openapi.PathParts;
import io.patchbay.expression.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a connector asks, as far as it can be held against a description of the interface. */
public final class ApiCalls {

    private final Connector connector;
    private final @Nullable PathParts base;
    private final Set<String> always;

    private ApiCalls(Connector connector) {
        this.connector = connector;
        this.base = base(connector.requester().baseUrl().toString());
        this.always = always();
    }

    /** The calls of a connector's endpoints that have a path, by their ids. */
    public static List<ApiCall> of(Connector connector) {
        return new ApiCalls(connector).all();
    }

    private List<ApiCall> all() {
        List<ApiCall> all = new ArrayList<>();
        for (Map.Entry<String, Endpoint> entry : new TreeMap<>(connector.endpoints()).entrySet()) {
            Endpoint endpoint = entry.getValue();
            if (endpoint.call() instanceof HttpCall http && http.url() == null) {
                PathParts path = path(http, endpoint.config().inputs());
                if (path != null) {
                    boolean none = http.content() instanceof Content.NoContent;
                    all.add(new ApiCall(endpoint.id(), http.method(), path, base, query(endpoint, http), !none));
                }
            }
        }
        return all;
    }

    /** The path of baseUrl; null where a setting says a part of it, which may be several parts. */
    private static @Nullable PathParts base(String url) {
        String path = url.replaceFirst("^[^/]*//[^/]*", "");
        return path.contains("${") || !url.contains("//") ? null : PathParts.parse(path);
    }

    /** Null where an input may be several parts. */
    private static @Nullable PathParts path(HttpCall http, Map<String, InputConfig> inputs) {
        List<String> parts = new ArrayList<>();
        for (Template part : http.path()) {
            boolean several = part.reads().stream()
                    .filter(ref -> ref.root().equals("with"))
                    .map(ref -> inputs.get(ref.name()))
                    .anyMatch(input -> input != null && input.type() == ValueType.PATH);
            if (several) {
                return null;
            }
            String text = part.constant() ? Percent.decoded(part.constantValue().asText(), false) : PathParts.ANY;
            if (!text.isEmpty()) {
                parts.add(text);
            }
        }
        return new PathParts(parts);
    }

    /** Names of query parameters; null when any may be sent. */
    private @Nullable Set<String> query(Endpoint endpoint, HttpCall http) {
        if (http.query().stream().anyMatch(Parameter::each)) {
            return null;
        }
        Set<String> names = new HashSet<>(always);
        http.query().forEach(parameter -> names.add(parameter.name()));
        PaginatorConfig paginator = endpoint.config().paginator();
        if (paginator != null) {
            if (paginator.type() == PaginatorConfig.Type.SCRIPT) {
                return null;
            }
            add(paginator.inject(), names);
            if (paginator.pageSizeParam() != null && paginator.sizeInto() == PaginatorConfig.SizeInto.QUERY) {
                names.add(paginator.pageSizeParam());
            }
        }
        if (http.incremental() != null) {
            add(http.incremental().config().lower(), names);
            add(http.incremental().config().upper(), names);
        }
        return names;
    }

    /** Names that any call may have: of the requester, and of proofs. */
    private Set<String> always() {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : connector.requester().query()) {
            names.add(parameter.name());
        }
        for (AuthConfig auth : connector.config().auth().values()) {
            add(auth.inject(), names);
            names.addAll(auth.query());
            HmacConfig hmac = auth.hmac();
            if (hmac != null) {
                add(hmac.into(), names);
                Stream.of(
                                hmac.timestamp() == null
                                        ? null
                                        : hmac.timestamp().name(),
                                hmac.nonce() == null ? null : hmac.nonce().name())
                        .filter(Objects::nonNull)
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static void add(@Nullable InjectConfig inject, Set<String> names) {
        if (inject != null && inject.into() == InjectConfig.Into.QUERY && inject.name() != null) {
            names.add(inject.name());
        }
    }
}
