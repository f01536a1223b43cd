package io.patchbay.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.ArrayList;
import java.util.List;

/** The segments that envelop messages, whose elements have names: UNB, UNG, UNH of EDIFACT (ISO 9735), ISA, GS, ST of X12. */
enum EdiHeader {
    /** Interchange of EDIFACT. */
    UNB(
            List.of("syntax", "syntaxVersion", "serviceCodes", "encoding", "syntaxRelease"),
            List.of("sender", "senderQualifier", "senderRouting", "senderSub"),
            List.of("recipient", "recipientQualifier", "recipientRouting", "recipientSub"),
            List.of("date", "time"),
            List.of("reference"),
            List.of("password", "passwordQualifier"),
            List.of("application"),
            List.of("priority"),
            List.of("acknowledge"),
            List.of("agreement"),
            List.of("test")),
    /** Group of EDIFACT. */
    UNG(
            List.of("type"),
            List.of("sender", "senderQualifier"),
            List.of("recipient", "recipientQualifier"),
            List.of("date", "time"),
            List.of("reference"),
            List.of("agency"),
            List.of("version", "release", "association"),
            List.of("password")),
    /** Message of EDIFACT. */
    UNH(
            List.of("reference"),
            List.of("type", "version", "release", "agency", "association", "codeList", "function"),
            List.of("access"),
            List.of("transfer", "firstOrLast"),
            List.of("subset", "subsetVersion", "subsetRelease", "subsetAgency"),
            List.of("guideline", "guidelineVersion", "guidelineRelease", "guidelineAgency"),
            List.of("scenario", "scenarioVersion", "scenarioRelease", "scenarioAgency")),
    /** Interchange of X12. */
    ISA(
            List.of("authorizationQualifier"),
            List.of("authorization"),
            List.of("securityQualifier"),
            List.of("security"),
            List.of("senderQualifier"),
            List.of("sender"),
            List.of("recipientQualifier"),
            List.of("recipient"),
            List.of("date"),
            List.of("time"),
            List.of("repetition"),
            List.of("version"),
            List.of("reference"),
            List.of("acknowledge"),
            List.of("usage"),
            List.of("component")),
    /** Group of X12. */
    GS(
            List.of("function"),
            List.of("sender"),
            List.of("recipient"),
            List.of("date"),
            List.of("time"),
            List.of("reference"),
            List.of("agency"),
            List.of("version")),
    /** Message of X12. */
    ST(List.of("type"), List.of("reference"), List.of("convention"));

    @SuppressWarnings("ImmutableEnumChecker") // of lists that cannot be changed
    private final List<List<String>> names;

    @SafeVarargs
    @SuppressWarnings("varargs") // they are copied
    EdiHeader(List<String>... names) {
        this.names = List.of(names);
    }

    /** Elements by name; those that are empty are left out. */
    ObjectNode named(ArrayNode elements) throws FormatException {
        ObjectNode named = Json.NODES.objectNode();
        for (int i = 0; i < elements.size(); i++) {
            List<String> inner = i < names.size() ? names.get(i) : List.of();
            JsonNode element = elements.get(i);
            List<JsonNode> parts = new ArrayList<>();
            (element.isArray() ? element : Json.NODES.arrayNode().add(element)).forEach(parts::add);
            for (int part = 0; part < parts.size(); part++) {
                String text = parts.get(part).asText().strip();
                if (text.isEmpty()) {
                    continue;
                }
                if (part >= inner.size()) {
                    throw FormatException.ends(
                            "segment " + name() + " has more elements than the standard gives it", null);
                }
                named.put(inner.get(part), text);
            }
        }
        return named;
    }

    /** Elements in their order. @throws FormatException for a name that the segment has not */
    List<List<String>> elements(ObjectNode named) throws FormatException {
        List<String> known = names.stream().flatMap(List::stream).toList();
        for (String name : (Iterable<String>) named::fieldNames) {
            if (!known.contains(name)) {
                throw FormatException.refused("says '" + name + "', for which segment " + name()
                        + " has no place; it has " + String.join(", ", known));
            }
        }
        List<List<String>> elements = new ArrayList<>();
        for (List<String> inner : names) {
            elements.add(inner.stream().map(name -> named.path(name).asText("")).toList());
        }
        return elements;
    }
}
