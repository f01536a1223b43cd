package io.patchbay.connector.http;

import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Parameter;
import io.patchbay.connector.auth.Outgoing;
import io.patchbay.connector.definition.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** What the requests of an endpoint are put together from. */
final class RequestParts {

    private RequestParts() {}

    static Set<String> paths(Endpoint endpoint) {
        return endpoint.config().inputs().entrySet().stream()
                .filter(input -> input.getValue().type() == ValueType.PATH)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Parameters of both; one of the endpoint takes the place of the requester's of the same name. */
    static List<Parameter> joined(List<Parameter> common, List<Parameter> own) {
        List<Parameter> all = new ArrayList<>();
        for (Parameter parameter : common) {
            if (own.stream().noneMatch(one -> one.name().equalsIgnoreCase(parameter.name()))) {
                all.add(parameter);
            }
        }
        all.addAll(own);
        return all;
    }

    static List<Parameter> withAccept(List<Parameter> headers, @Nullable String accept) {
        if (accept == null || headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("Accept"))) {
            return headers;
        }
        List<Parameter> all = new ArrayList<>(headers);
        all.add(Answers.acceptHeader(accept));
        return all;
    }

    static List<Outgoing.Field> fields(List<Header> headers, @Nullable HttpEntity entity) {
        List<Outgoing.Field> fields = new ArrayList<>(headers.size() + 1);
        String type = entity == null ? null : entity.getContentType();
        for (Header header : headers) {
            type = header.getName().equalsIgnoreCase("Content-Type") ? null : type;
            fields.add(new Outgoing.Field(header.getName(), header.getValue()));
        }
        if (type != null) {
            fields.add(new Outgoing.Field("Content-Type", type));
        }
        return fields;
    }
}
