package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** A sample of an operation's answer, made of the schema's types: a guess, because a WSDL has no examples. */
final class WsdlSample {

    private static final Pattern WITH = Pattern.compile("\\$\\{with\\.([A-Za-z0-9_]+)\\}");
    private static final Pattern RECORD = Pattern.compile("\\$\\{record\\.([A-Za-z0-9_.]+)\\}");
    private static final int DEEPEST = 6;
    private static final int LARGEST = 20_000;

    private final WsdlDocument document;
    private final Draft draft;

    WsdlSample(WsdlDocument document, Draft draft) {
        this.document = document;
        this.draft = draft;
    }

    /** Adds a fixture with it; what is asked is filled in by the trial. */
    void add(String id, ObjectNode endpoint, Element answer, boolean newer) {
        String template = endpoint.at("/request/body/template").asText();
        ObjectNode with = Json.NODES.objectNode();
        Matcher inputs = WITH.matcher(template);
        while (inputs.find()) {
            with.put(inputs.group(1), "1");
        }
        ObjectNode record = Json.NODES.objectNode();
        Matcher fields = RECORD.matcher(template);
        while (fields.find()) {
            put(record, List.of(fields.group(1).split("\\.")));
        }
        ObjectNode request = new FixtureRequest(draft, endpoint, with).of();
        StringBuilder xml = new StringBuilder();
        write(answer, xml, 0);
        if (request == null || xml.length() > LARGEST) {
            return;
        }
        ObjectNode fixture = Json.NODES.objectNode().put("endpoint", id);
        if (!with.isEmpty()) {
            fixture.set("with", with);
        }
        if (!record.isEmpty()) {
            fixture.set("payload", record);
        }
        fixture.set("request", request.put("text", "*"));
        String namespace =
                newer ? "http://www.w3.org/2003/05/soap-envelope" : "http://schemas.xmlsoap.org/soap/envelope/";
        ObjectNode response = fixture.putObject("response");
        response.putObject("headers").put("Content-Type", newer ? "application/soap+xml" : "text/xml");
        response.put("text", "<s:Envelope xmlns:s=\"" + namespace + "\"><s:Body>\n" + xml + "</s:Body></s:Envelope>\n");
        draft.fixture(
                id,
                fixture.put("records", 1),
                "# Guessed: made of the types of the schema, because the document has no examples.\n");
    }

    private static void put(ObjectNode record, List<String> path) {
        ObjectNode at = record;
        for (String name : path.subList(0, path.size() - 1)) {
            at = at.withObjectProperty(name);
        }
        at.put(path.get(path.size() - 1), "1");
    }

    private void write(Element given, StringBuilder xml, int depth) {
        if (xml.length() > LARGEST) {
            return;
        }
        Element declaration = document.resolved(given);
        String name = WsdlDocument.nameOf(given);
        List<Element> members = depth < DEEPEST ? document.members(declaration) : List.of();
        xml.append("  ".repeat(depth)).append('<').append(name).append('>');
        if (members.isEmpty()) {
            xml.append(value(WsdlDocument.local(declaration.getAttribute("type"))));
        } else {
            xml.append('\n');
            members.forEach(member -> write(member, xml, depth + 1));
            xml.append("  ".repeat(depth));
        }
        xml.append("</").append(name).append(">\n");
    }

    private static String value(String type) {
        return switch (type) {
            case "int", "integer", "long", "short", "byte", "positiveInteger", "nonNegativeInteger", "unsignedInt" ->
                "1";
            case "decimal", "double", "float" -> "1.5";
            case "boolean" -> "true";
            case "dateTime" -> "2026-01-01T12:00:00Z";
            case "date" -> "2026-01-01";
            case "time" -> "12:00:00";
            default -> "text";
        };
    }
}
