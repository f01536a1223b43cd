package io.patchbay.connector.draft;

import static io.patchbay.connector.draft.WsdlDocument.SOAP_11;
import static io.patchbay.connector.draft.WsdlDocument.SOAP_12;
import static io.patchbay.connector.draft.WsdlDocument.WSDL;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Makes a connector of a WSDL 1.1 document: an endpoint for each operation of its first SOAP binding. */
final class WsdlImport {

    private static final Pattern READS =
            Pattern.compile("(?i)(get|find|search|list|query|retrieve|read|fetch|load|lookup).*");
    private static final int DEEPEST = 6;
    private static final int MOST_ELEMENTS = 100_000;

    private final WsdlDocument document;
    private final Draft draft;
    private final EndpointNames names = new EndpointNames();
    private int unfolded;

    private WsdlImport(WsdlDocument document, Draft draft) {
        this.document = document;
        this.draft = draft;
    }

    /**
     * Reads a document.
     *
     * @param file where it stands; null when nothing beside it is read
     * @param id of the connector; null to take it from the service's name
     */
    static Draft read(String text, @Nullable Path file, @Nullable String id) {
        WsdlDocument document = WsdlDocument.parse(text, file);
        Element service = document.all("service").stream().findFirst().orElse(null);
        String name = service == null ? document.root().getAttribute("name") : service.getAttribute("name");
        String own = Draft.kebab(name.replaceAll("(?i)(web)?service$|soap$", ""));
        Draft draft = new Draft(id != null ? id : own.isEmpty() ? "service" : own, name.isEmpty() ? "Service" : name);
        new WsdlImport(document, draft).read();
        return draft;
    }

    private void read() {
        Element binding = binding();
        if (binding == null) {
            throw new DraftException("the document has no SOAP binding");
        }
        boolean newer = WsdlDocument.child(binding, SOAP_12, "binding") != null;
        requester(binding);
        draft.at("auth").putObject("none").put("type", "none");
        draft.guess(
                "auth", "a WSDL does not say how calls prove themselves; see basic, wsse and the envelope's header");
        String namespace = newer ? SOAP_12 : SOAP_11;
        for (Element operation : WsdlDocument.children(binding, WSDL, "operation")) {
            operation(binding, operation, namespace, newer);
        }
        if (!draft.root().has("endpoints")) {
            throw new DraftException("the binding '" + binding.getAttribute("name") + "' has no operations");
        }
        document.outside().forEach(draft::leaveOut);
    }

    private @Nullable Element binding() {
        List<Element> all = document.all("binding");
        for (String namespace : List.of(SOAP_11, SOAP_12)) {
            for (Element one : all) {
                if (WsdlDocument.child(one, namespace, "binding") != null) {
                    return one;
                }
            }
        }
        return null;
    }

    private void requester(Element binding) {
        String location = "";
        for (Element service : document.all("service")) {
            for (Element port : WsdlDocument.children(service, WSDL, "port")) {
                Element address = WsdlDocument.child(port, null, "address");
                if (WsdlDocument.local(port.getAttribute("binding")).equals(binding.getAttribute("name"))
                        && address != null) {
                    location = address.getAttribute("location");
                }
            }
        }
        String base = location;
        boolean real = location.matches("https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^?#\\s]*)?")
                && !location.contains("://localhost");
        if (!real) {
            draft.setting(
                    "host",
                    Json.NODES
                            .objectNode()
                            .put("description", "Host of the system")
                            .put("example", "api.example.com"),
                    false);
            String path = location.matches("https?://[^/]+/[^?#\\s]*")
                    ? URI.create(location).getRawPath()
                    : "/";
            base = "https://${settings.host}" + path;
            draft.guess("requester", "the document does not say where the system is; an instance does");
        }
        draft.at("requester").put("baseUrl", base).put("timeout", "60s");
    }

    private void operation(Element binding, Element bound, String namespace, boolean newer) {
        String name = bound.getAttribute("name");
        Element port = document.named("portType", binding.getAttribute("type"));
        Element operation = port == null ? null : operation(port, name);
        Element request = operation == null ? null : element(operation, "input");
        if (operation == null || request == null) {
            draft.leaveOut("operation " + name + ": its message is not one element of a schema that was read");
            return;
        }
        boolean reads = READS.matcher(name).matches();
        String id = names.own(id(name));
        ObjectNode endpoint = draft.at("endpoints", id);
        endpoint.put("kind", reads ? "read" : "write").put("title", name);
        ObjectNode inputs = Json.NODES.objectNode();
        StringBuilder xml = new StringBuilder();
        write(request, reads ? "with" : "record", "", inputs, xml, 0, "");
        if (reads && !inputs.isEmpty()) {
            endpoint.set("inputs", inputs);
        }
        endpoint.put("method", "POST").put("path", "");
        ObjectNode body = endpoint.putObject("request").putObject("body").put("type", "soap");
        ObjectNode soap = body.putObject("soap").put("version", newer ? "1.2" : "1.1");
        Element action = WsdlDocument.child(bound, namespace, "operation");
        if (action != null && !action.getAttribute("soapAction").isEmpty()) {
            soap.put("action", Draft.literal(action.getAttribute("soapAction")));
        }
        body.put("template", xml.toString());
        endpoint.putObject("response").put("format", "soap");
        Element answer = element(operation, "output");
        if (answer != null) {
            endpoint.putObject("recordSelector").put("path", records(answer, id));
        }
        if (answer != null) {
            new WsdlSample(document, draft).add(id, endpoint, answer, newer);
        }
        if (!reads) {
            draft.guess("endpoints/" + id + "/request", "fields are taken from fields of the record with their names");
        }
    }

    /** WSDL names operations by verb and noun, without a path. */
    private static String id(String name) {
        String kebab = Draft.kebab(name);
        int dash = kebab.indexOf('-');
        return dash < 0 ? kebab + ".call" : kebab.substring(dash + 1) + "." + kebab.substring(0, dash);
    }

    private static @Nullable Element operation(Element port, String name) {
        for (Element one : WsdlDocument.children(port, WSDL, "operation")) {
            if (one.getAttribute("name").equals(name)) {
                return one;
            }
        }
        return null;
    }

    private @Nullable Element element(Element operation, String direction) {
        Element of = WsdlDocument.child(operation, WSDL, direction);
        Element message = of == null ? null : document.named("message", of.getAttribute("message"));
        Element part = message == null ? null : WsdlDocument.child(message, WSDL, "part");
        return part == null || !part.hasAttribute("element")
                ? null
                : document.global("element", part.getAttribute("element"), part);
    }

    /** @param scope the namespace that the prefix n stands for where the element is written; empty where it is not declared */
    private void write(
            Element given, String root, String path, ObjectNode inputs, StringBuilder xml, int depth, String scope) {
        unfold();
        Element declaration = document.resolved(given);
        String name = WsdlDocument.nameOf(given);
        String namespace = WsdlDocument.namespaceOf(declaration);
        boolean prefixed =
                !namespace.isEmpty() && (depth == 0 || given.hasAttribute("ref") || WsdlDocument.qualified(given));
        String tag = prefixed ? "n:" + name : name;
        xml.append("  ".repeat(depth)).append('<').append(tag);
        if (prefixed && !namespace.equals(scope)) {
            xml.append(" xmlns:n=\"")
                    .append(Draft.literal(namespace)
                            .replace("&", "&amp;")
                            .replace("<", "&lt;")
                            .replace("\"", "&quot;"))
                    .append('"');
        }
        List<Element> members = depth < DEEPEST ? document.members(declaration) : List.of();
        if (members.isEmpty() && depth == 0) {
            xml.append("/>\n");
            return;
        }
        if (members.isEmpty()) {
            String at = path.isEmpty() ? name : path + "." + name;
            String shown = at;
            if (root.equals("with")) {
                shown = Draft.camel(at);
                ObjectNode input = inputs.putObject(shown);
                if (given.getAttribute("minOccurs").equals("0")) {
                    input.put("default", "");
                }
            }
            xml.append(">${")
                    .append(root)
                    .append('.')
                    .append(shown)
                    .append("}</")
                    .append(tag)
                    .append(">\n");
            return;
        }
        xml.append(">\n");
        for (Element member : members) {
            String below = depth == 0 ? "" : path.isEmpty() ? name : path + "." + name;
            write(member, root, below, inputs, xml, depth + 1, prefixed ? namespace : scope);
        }
        xml.append("  ".repeat(depth)).append("</").append(tag).append(">\n");
    }

    /** A type may have many elements of itself, each of which has them again. */
    private void unfold() {
        if (++unfolded > MOST_ELEMENTS) {
            throw new DraftException("the types of the document unfold to more than " + MOST_ELEMENTS + " elements");
        }
    }

    /** Where the records of an answer stand: the first element that repeats, else the answer's own. */
    private String records(Element answer, String id) {
        String path = PagingGuess.step("$", WsdlDocument.nameOf(answer));
        String list = list(answer, path, 0);
        if (list != null) {
            draft.guess("endpoints/" + id + "/recordSelector", "the first element that may repeat");
        }
        return list == null ? path : list;
    }

    private @Nullable String list(Element declaration, String path, int depth) {
        for (Element member : document.members(document.resolved(declaration))) {
            unfold();
            String at = PagingGuess.step(path, WsdlDocument.nameOf(member));
            if (WsdlDocument.repeats(member)) {
                return at + "[*]";
            }
            String below = depth < DEEPEST ? list(member, at, depth + 1) : null;
            if (below != null) {
                return below;
            }
        }
        return null;
    }
}
