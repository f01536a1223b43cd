package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.trial.TestConfig.RequestConfig;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether values are what a test file says, in which {@code *} in a text stands for anything. */
final class Alike {

    private Alike() {}

    /** A text. */
    static boolean text(String expected, String found) {
        if (expected.indexOf('*') < 0) {
            return expected.equals(found);
        }
        String pattern = Stream.of(expected.split("\\*+", -1))
                .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(found).matches();
    }

    /** Two values that hold no others. */
    static boolean scalar(JsonNode expected, JsonNode found) {
        if (expected.isTextual()) {
            return found.isTextual()
                    ? text(expected.textValue(), found.textValue())
                    : expected.textValue().equals("*") && !found.isMissingNode();
        }
        if (expected.isNumber() && found.isNumber()) {
            return expected.decimalValue().compareTo(found.decimalValue()) == 0;
        }
        return expected.equals(found);
    }

    /** Two values of any kind. */
    static boolean whole(JsonNode expected, JsonNode found) {
        if (expected.isObject() && found.isObject()) {
            return expected.size() == found.size()
                    && expected.properties().stream().allMatch(one -> whole(one.getValue(), found.path(one.getKey())));
        }
        if (expected.isArray() && found.isArray()) {
            if (expected.size() != found.size()) {
                return false;
            }
            for (int i = 0; i < expected.size(); i++) {
                if (!whole(expected.get(i), found.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return scalar(expected, found);
    }

    /** A request, as far as it is given. */
    static boolean request(RequestConfig expected, JsonNode found) {
        return given(expected.method(), found.path("method"))
                && given(expected.path(), found.path("path"))
                && named(expected.query(), found.path("query"))
                && named(expected.with(), found.path("with"))
                && headers(expected.headers(), found.path("headers"))
                && (expected.body() == null || whole(expected.body(), found.path("body")));
    }

    private static boolean given(@Nullable String expected, JsonNode found) {
        return expected == null || text(expected, found.asText());
    }

    private static boolean named(@Nullable Map<String, JsonNode> expected, JsonNode found) {
        return expected == null
                || expected.entrySet().stream()
                        .allMatch(
                                one -> whole(Json.NODES.textNode(one.getValue().asText()), text(found, one.getKey()))
                                        || whole(one.getValue(), found.path(one.getKey())));
    }

    private static JsonNode text(JsonNode found, String name) {
        JsonNode value = found.path(name);
        return value.isValueNode() && !value.isMissingNode() ? Json.NODES.textNode(value.asText()) : value;
    }

    private static boolean headers(@Nullable Map<String, String> expected, JsonNode found) {
        return expected == null
                || expected.entrySet().stream()
                        .allMatch(one -> text(one.getValue(), Objects.toString(header(found, one.getKey()), "")));
    }

    /** A header by its name in any case; null when it is not there. */
    static @Nullable String header(JsonNode headers, String name) {
        return headers.properties().stream()
                .filter(one -> one.getKey().equalsIgnoreCase(name))
                .map(one -> one.getValue().asText())
                .findFirst()
                .orElse(null);
    }
}
