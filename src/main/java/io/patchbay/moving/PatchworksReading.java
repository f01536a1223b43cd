package io.patchbay.moving;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An export of Patchworks while it is read, with what of it was looked at so far. The names of most settings are not public: whatever nobody asked for is told in the
 * end, wherever in the file it stands.
 */
final class PatchworksReading {

    /** Switched off, these say something: what they name is on where nothing is said. */
    private static final Pattern ON_BY_ITSELF =
            Pattern.compile("(?i).*(enabled?|active|use|include|send|wait|await|allow|continue).*");

    private final SourceText.Document document;
    private final Report report;
    private final IdentityHashMap<JsonNode, Set<String>> taken = new IdentityHashMap<>();
    /** Values of another form than they were looked at for. */
    private final Set<JsonNode> odd = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Set<JsonNode> whole = Collections.newSetFromMap(new IdentityHashMap<>());

    PatchworksReading(SourceText.Document document, Report report) {
        this.document = document;
        this.report = report;
    }

    JsonNode root() {
        return document.root();
    }

    String file() {
        return document.file();
    }

    /** The settings of an object; looking at them is kept in mind. */
    Fields of(JsonNode source) {
        if (source.isObject()) {
            return new Fields(source, taken.computeIfAbsent(source, one -> new HashSet<>()), this::whole);
        }
        odd(source);
        return new Fields(source);
    }

    /** Says that a value is of another form than it should have. */
    void odd(JsonNode value) {
        // Other values may be one and the same in several places.
        if (value.isTextual() || value.isNumber() || value.isArray()) {
            odd.add(value);
        }
    }

    /** Says that all of a value was taken over, or matters to nobody. */
    void whole(JsonNode value) {
        if (value.isContainerNode()) {
            whole.add(value);
        }
    }

    /** Whether all of it was taken over, or matters to nobody. */
    boolean isWhole(JsonNode value) {
        return whole.contains(value);
    }

    /** Where an object or list stands; a value that is none stands where its parent says. */
    Place at(JsonNode container, Place otherwise) {
        return document.places().getOrDefault(container, otherwise);
    }

    Place at(JsonNode container) {
        return document.at(container);
    }

    /** A list, or the values of an object: exports of lists that lost items are written as such. */
    List<JsonNode> list(JsonNode value) {
        if (value.isObject()) {
            taken.computeIfAbsent(value, one -> new HashSet<>()).addAll(names(value));
        }
        List<JsonNode> all = new ArrayList<>();
        if (value.isContainerNode()) {
            value.forEach(all::add);
        } else {
            odd(value);
        }
        return all;
    }

    /** Headers, parameters or fields of a body: an object of them, or a list of objects with a key and a value. */
    Map<String, String> pairs(JsonNode theirs) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (theirs.isValueNode()) {
            odd(theirs);
        }
        if (theirs.isObject()) {
            whole(theirs);
            theirs.properties()
                    .forEach(one -> pairs.put(
                            one.getKey(),
                            one.getValue().isContainerNode()
                                    ? one.getValue().toString()
                                    : one.getValue().asText("")));
        }
        for (JsonNode one : theirs.isArray() ? list(theirs) : List.<JsonNode>of()) {
            Fields fields = of(one);
            fields.pass("id", "uuid", "type", "display_name", "description", "required", "order", "is_default");
            String key = fields.text("key", "name");
            if (key.isBlank()) {
                report.lost(at(one), "a header or parameter has no name that is understood, and is left out", null);
                whole(one);
            } else {
                pairs.put(key, fields.text("value", "default", "default_value"));
            }
        }
        return pairs;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A name, or an object with one. */
    String name(JsonNode value) {
        if (value.isObject()) {
            String name = of(value).text("name", "key", "slug", "label", "title", "id", "uuid");
            of(value).pass("id", "uuid", "created_at", "updated_at");
            return name;
        }
        if (value.isArray()) {
            odd(value);
        }
        return value.isValueNode() ? value.asText() : "";
    }

    /** The id in an object; its name where it has none; what stands there where it is no object. */
    String id(JsonNode value) {
        return value.isObject() ? of(value).text("id", "uuid", "name", "key") : name(value);
    }

    /** Tells of all that nobody asked for in a value that was read. */
    void left(JsonNode value, Place place, String shown, String hint) {
        if (whole.contains(value)) {
            return;
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                if (odd.contains(value.get(i)) && says("", value.get(i))) {
                    report.lost(
                            at(value, place).in(String.valueOf(i)),
                            shown + ": '" + SourceText.shown(value.get(i).asText())
                                    + "' is of a form that is not understood, and has no effect here",
                            hint);
                } else if (value.get(i).isContainerNode()) {
                    left(value.get(i), at(value.get(i), at(value, place).in(String.valueOf(i))), shown, hint);
                }
            }
            return;
        }
        Set<String> known = taken.get(value);
        Place here = at(value, place);
        if (known == null) {
            if (says("", value)) {
                report.lost(here, shown + ": what stands here is not understood and has no effect here", hint);
            }
            return;
        }
        value.properties().forEach(one -> {
            if (!known.contains(one.getKey())) {
                if (says(one.getKey(), one.getValue())) {
                    report.lost(
                            here.in(one.getKey()),
                            shown + ": the setting '" + SourceText.shown(one.getKey())
                                    + "' is not understood and has no effect here",
                            hint);
                }
            } else if (odd.contains(one.getValue()) && !whole.contains(one.getValue()) && says("", one.getValue())) {
                report.lost(
                        here.in(one.getKey()),
                        shown + ": what '" + SourceText.shown(one.getKey())
                                + "' says is of a form that is not understood, and has no effect here",
                        hint);
            } else if (one.getValue().isContainerNode()) {
                left(one.getValue(), here.in(one.getKey()), shown, hint);
            }
        });
    }

    private static boolean says(String key, JsonNode value) {
        if (value.isContainerNode()) {
            for (JsonNode inner : value) {
                if (says("", inner)) {
                    return true;
                }
            }
            return false;
        }
        return !(value.isNull()
                || value.isMissingNode()
                || (value.isTextual() && value.textValue().isBlank())
                || (value.isBoolean()
                        && !value.booleanValue()
                        && !ON_BY_ITSELF.matcher(key.toLowerCase(Locale.ROOT)).matches()));
    }
}
