package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.Endpoint.Call;
import io.patchbay.connector.Endpoint.Content;
import io.patchbay.connector.Endpoint.FileCall;
import io.patchbay.connector.Endpoint.HttpCall;
import io.patchbay.connector.definition.AsyncJobConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.BodyConfig;
import io.patchbay.connector.definition.EndpointConfig.RequestConfig;
import io.patchbay.connector.definition.EndpointConfig.ResponseConfig;
import io.patchbay.connector.definition.FileConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.PaginatorConfig;
import io.patchbay.connector.definition.QueueConfig;
import io.patchbay.connector.definition.RecordSelectorConfig;
import io.patchbay.connector.definition.SoapConfig;
import io.patchbay.connector.definition.Text;
import io.patchbay.expression.Template;
import io.patchbay.expression.TemplateTree;
import io.patchbay.problem.DidYouMean;
import io.patchbay.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks and compiles one endpoint. */
final class EndpointCompiler {

    private static final Pattern ID = Pattern.compile("[a-z][A-Za-z0-9]*(-[a-z0-9]+)*(\\.[a-z][A-Za-z0-9-]*)+");
    private static final List<String> OF_HTTP = List.of(
            "request",
            "response",
            "recordSelector",
            "paginator",
            "incremental",
            "completeness",
            "deletes",
            "path",
            "url");
    private static final Set<String> NO_CONTENT = Set.of("GET", "HEAD");

    private final Compiling compiling;
    private final ErrorRules connectorErrors;
    private final Set<String> logins;
    private final Map<String, EndpointConfig> endpoints;
    private final Map<Into, Set<String>> proofs;

    /**
     * Compiles endpoints of a file.
     *
     * @param logins ids of those whose body may hold secrets
     * @param endpoints all of them, by id
     * @param proofs names of what ways to prove who calls put into paths and bodies
     */
    EndpointCompiler(
            Compiling compiling,
            ErrorRules connectorErrors,
            Set<String> logins,
            Map<String, EndpointConfig> endpoints,
            Map<Into, Set<String>> proofs) {
        this.endpoints = endpoints;
        this.logins = logins;
        this.proofs = proofs;
        this.compiling = compiling;
        this.connectorErrors = connectorErrors;
    }

    Endpoint compile(String id, EndpointConfig endpoint) {
        String[] keys = {"endpoints", id};
        if (!ID.matcher(id).matches()) {
            compiling.error(
                    compiling.at(keys),
                    "BAD_ID",
                    "endpoint id '" + id + "' must be like orders.list: entity.verb",
                    null);
        }
        Where where =
                DeletesCompiler.reads(endpoint, Where.call(endpoint.inputs().keySet()));
        Call call = call(endpoint, where, keys);
        new PartitionCompiler(compiling, endpoints).check(endpoint, keys);
        ErrorRules errors = new ErrorsCompiler(compiling)
                .compile(endpoint.errorHandler(), connectorErrors, Compiling.below(keys, "errorHandler"));
        return new Endpoint(
                id,
                endpoint,
                call,
                GraphqlCompiler.sends(endpoint) ? GraphqlCompiler.strict(errors) : errors,
                new SchemaCompiler(compiling).compile(endpoint, keys),
                call instanceof HttpCall
                        ? new DeletesCompiler(compiling, endpoints).compile(id, endpoint, errors, keys)
                        : null);
    }

    private Call call(EndpointConfig endpoint, Where where, String[] keys) {
        if (endpoint.queue() != null) {
            return queue(endpoint, endpoint.queue(), where, keys);
        }
        if (endpoint.mail() != null) {
            OF_HTTP.forEach(key -> refuse(keys, key, "a mail"));
            WritingCompiler.WORDS.stream()
                    .filter(key -> !key.equals("batch"))
                    .forEach(key -> refuse(keys, key, "a mail"));
            return new MailCompiler(compiling).compile(endpoint, endpoint.mail(), where, keys);
        }
        if (endpoint.asyncJob() != null) {
            return job(endpoint, endpoint.asyncJob(), keys);
        }
        FileConfig file = endpoint.file();
        if (file != null) {
            return file(endpoint, file, where, keys);
        }
        if (endpoint.sql() == null) {
            return http(endpoint, where, keys);
        }
        OF_HTTP.forEach(key -> refuse(keys, key, "a query"));
        WritingCompiler.WORDS.stream().filter(key -> !key.equals("batch")).forEach(key -> refuse(keys, key, "a query"));
        return new SqlCompiler(compiling).compile(endpoint, endpoint.sql(), where, keys);
    }

    private Call job(EndpointConfig endpoint, AsyncJobConfig job, String[] keys) {
        OF_HTTP.forEach(key -> refuse(keys, key, "a job; it belongs to the endpoints that the job names"));
        refuse(keys, "timeout", "a job; it belongs to the endpoints that the job names");
        WritingCompiler.WORDS.forEach(
                key -> refuse(keys, key, "a job; it belongs to the endpoints that the job names"));
        return new JobCompiler(compiling, endpoints).compile(endpoint, job, keys);
    }

    private FileCall file(EndpointConfig endpoint, FileConfig file, Where where, String[] keys) {
        boolean reads = file.op() == FileConfig.Op.LIST || file.op() == FileConfig.Op.READ;
        if (reads == endpoint.kind().acts()) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "kind")),
                    "BAD_VALUE",
                    reads ? "listing and reading files is of kind read" : "this file operation is not of kind read",
                    null);
        }
        OF_HTTP.forEach(key -> refuse(keys, key, "a file operation"));
        WritingCompiler.WORDS.forEach(key -> refuse(keys, key, "a file operation"));
        return new FileCall(
                file,
                compiling.template(file.path(), where),
                compiling.optional(file.pattern(), where),
                compiling.optional(file.to(), where));
    }

    private Call queue(EndpointConfig endpoint, QueueConfig queue, Where where, String[] keys) {
        for (String key : List.of(
                "request",
                "response",
                "recordSelector",
                "paginator",
                "incremental",
                "completeness",
                "deletes",
                "idempotency",
                "partialResult",
                "path")) {
            refuse(keys, key, "a message");
        }
        return new QueueCompiler(compiling).compile(endpoint, queue, where, keys);
    }

    private void refuse(String[] keys, String key, String by) {
        Node endpoint = compiling.node(keys);
        if (endpoint instanceof MapNode map && map.entries().containsKey(key)) {
            compiling.error(
                    Objects.requireNonNull(map.entries().get(key)).at(),
                    "NOT_HERE",
                    "'" + key + "' has no meaning for " + by,
                    null);
        }
    }

    private HttpCall http(EndpointConfig endpoint, Where where, String[] keys) {
        RequestConfig request = Objects.requireNonNullElse(endpoint.request(), RequestConfig.NONE);
        ResponseConfig said = Objects.requireNonNullElse(endpoint.response(), ResponseConfig.JSON);
        ResponseConfig response = endpoint.kind().acts() ? said.done() : said;
        String method = Objects.requireNonNull(endpoint.method());
        if (!EndpointConfig.METHODS.contains(method)) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "method")),
                    "BAD_VALUE",
                    "method '" + method + "' is not one of GET, HEAD, POST, PUT, PATCH, DELETE",
                    DidYouMean.nearest(method, EndpointConfig.METHODS)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse(null));
        }
        boolean carries = carries(method, request);
        checkPaging(endpoint, keys);
        ContentCompiler contents = new ContentCompiler(compiling);
        contents.checkAnswer(endpoint, keys);
        Content formed = contents.body(endpoint, request, carries, keys);
        OpenPlaces open = new OpenPlaces(compiling, endpoint);
        Where paged = open.filled(where, keys);
        Where login = logins.contains(keys[1]) ? paged.withSecrets() : paged;
        return new HttpCall(
                method,
                path(endpoint, where.withProofs(proofs.getOrDefault(Into.PATH, Set.of())), keys),
                compiling.optional(endpoint.url(), where),
                open.query(request.query(), login),
                open.parameters(request.headers(), paged.withSecrets()),
                formed != null
                        ? formed
                        : content(
                                endpoint,
                                method,
                                request,
                                logins.contains(keys[1])
                                        ? login
                                        : paged.withProofs(proofs.getOrDefault(Into.BODY, Set.of())),
                                keys),
                response,
                new SelectionCompiler(compiling).compile(endpoint, response, keys),
                new PagingCompiler(compiling).compile(endpoint, keys),
                new IncrementalCompiler(compiling).compile(endpoint, keys),
                new WritingCompiler(compiling, endpoints).compile(endpoint, carries, where, keys),
                new IdempotencyCompiler(compiling).compile(endpoint, carries, where, keys),
                code(endpoint, request, response, keys));
    }

    private Endpoint.Code code(EndpointConfig endpoint, RequestConfig request, ResponseConfig response, String[] keys) {
        String[] at = Compiling.below(keys, "response", "script");
        if (response.script() != null && response.format() == ResponseConfig.Format.BINARY) {
            compiling.error(
                    compiling.at(at),
                    "NOT_HERE",
                    "'script' reads no binary content",
                    "take another format, or take it out");
        }
        RecordSelectorConfig selector = endpoint.recordSelector();
        boolean formed = response.content() != null;
        if (response.script() != null && (formed || (selector != null && selector.chunk() != null))) {
            compiling.error(
                    compiling.at(at),
                    "NOT_HERE",
                    "a script sees an answer as a whole, and " + (formed ? "response.content" : "recordSelector.chunk")
                            + " reads it piece by piece",
                    "take one of the two out");
        }
        return new Endpoint.Code(
                script(request.script(), "request", Compiling.below(keys, "request", "script")),
                script(response.script(), "response", at),
                PagingCompiler.sendsJson(endpoint));
    }

    private @Nullable Script script(@Nullable String file, String function, String[] at) {
        return file == null ? null : compiling.scripts().script(file, function, compiling.at(at), compiling.problems());
    }

    /** Whether requests carry a body: with GET and HEAD never, with DELETE where one is declared (RFC 9110, section 9.3.5). */
    private static boolean carries(String method, RequestConfig request) {
        BodyConfig body = request.body();
        boolean declared = request.content() != null || (body != null && body.type() != BodyConfig.Type.NONE);
        return method.equals("DELETE") ? declared : !NO_CONTENT.contains(method);
    }

    private void checkPaging(EndpointConfig endpoint, String[] keys) {
        if (endpoint.paginator() != null && endpoint.kind().acts()) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "paginator")), "NOT_HERE", "'paginator' belongs to reads", null);
        }
    }

    /** The parts between slashes, the empty one before the first slash left out. */
    private List<Template> path(EndpointConfig endpoint, Where where, String[] keys) {
        Text path = endpoint.path();
        if (path == null) {
            return List.of();
        }
        PaginatorConfig paginator = endpoint.paginator();
        InjectConfig inject = paginator == null ? null : paginator.inject();
        if (paginator == null || inject == null || inject.into() != InjectConfig.Into.PATH) {
            List<Template> parts = parts(path, where);
            parts.forEach(new OpenPlaces(compiling, endpoint)::checkPath);
            return parts;
        }
        List<Template> parts = parts(path, where.withPage());
        parts.forEach(new OpenPlaces(compiling, endpoint)::checkPath);
        new PagingCompiler(compiling).checkPath(paginator, inject, path, parts, keys);
        return parts;
    }

    private List<Template> parts(Text path, Where where) {
        String text = path.node().text();
        if (!text.isEmpty() && !text.startsWith("/")) {
            compiling.error(path.at(), "BAD_PATH", "path '" + text + "' must begin with /", "write /" + text);
        }
        if (text.indexOf('?') >= 0 && text.replaceAll("\\$\\{[^}]*\\}", "").indexOf('?') >= 0) {
            compiling.error(
                    path.at(), "BAD_PATH", "a path holds no '?'", "query parameters stand in request: {query: {…}}");
        }
        List<Template> parts = new ArrayList<>();
        for (String part : split(text)) {
            ScalarNode node = new ScalarNode(path.at(), part, part, true);
            parts.add(compiling.template(new Text(node), where));
        }
        return parts;
    }

    /** Cuts at slashes that stand outside of placeholders. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = text.startsWith("/") ? 1 : 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == '/' && depth <= 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        if (!text.isEmpty()) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    private @Nullable Content content(
            EndpointConfig endpoint, String method, RequestConfig request, Where where, String[] keys) {
        BodyConfig body = request.body();
        if (body == null) {
            return endpoint.kind().acts() && carries(method, request) ? null : new Content.NoContent();
        }
        String[] place = Compiling.below(keys, "request", "body");
        Node template = body.template();
        if (body.type() == BodyConfig.Type.NONE) {
            return new Content.NoContent();
        }
        if (NO_CONTENT.contains(method)) {
            compiling.error(compiling.at(place), "NOT_HERE", method + " carries no body", null);
        }
        if (template == null) {
            compiling.error(
                    compiling.at(place),
                    "MISSING_KEY",
                    "a body needs a 'template'",
                    "leave 'body' out to send the payload as it is");
            return null;
        }
        return switch (body.type()) {
            case FORM -> form(endpoint, template, where, place);
            case TEXT -> text(template, where, place);
            case MULTIPART -> new MultipartCompiler(compiling).content(template, where);
            case XML -> document(endpoint, template, where);
            case SOAP -> soap(endpoint, body, template, where);
            case GRAPHQL -> new GraphqlCompiler(compiling).content(endpoint, template, where);
            default -> json(template, where);
        };
    }

    private Content json(Node template, Where where) {
        TemplateTree tree = TemplateTree.parse(template, where.roots(), compiling.problems());
        if (tree == null) {
            return new Content.NoContent();
        }
        compiling.checkReads(tree.reads(), template.at(), where);
        return new Content.JsonContent(tree);
    }

    /** A document as text, or as the value that it is made of. */
    private Content document(EndpointConfig endpoint, Node template, Where where) {
        boolean object = template instanceof ScalarNode whole && OpenPlaces.isObject(endpoint, whole.text());
        if (!object && template instanceof ScalarNode scalar) {
            return new Content.XmlText(compiling.template(new Text(scalar), where));
        }
        TemplateTree tree = TemplateTree.parse(template, where.roots(), compiling.problems());
        if (tree == null) {
            return new Content.NoContent();
        }
        compiling.checkReads(tree.reads(), template.at(), where);
        if (!object && (!(template instanceof MapNode map) || map.entries().size() != 1)) {
            compiling.error(
                    template.at(),
                    "WRONG_TYPE",
                    "an XML document has one root element: a mapping with one key, or the document as text",
                    "the one key is the name of the root element");
        }
        return new Content.XmlTree(tree);
    }

    private Content soap(EndpointConfig endpoint, BodyConfig body, Node template, Where where) {
        SoapConfig soap = Objects.requireNonNullElse(body.soap(), SoapConfig.DEFAULT);
        return new Content.SoapContent(
                soap.version(),
                compiling.optional(soap.action(), where),
                soap.header() == null ? null : document(endpoint, soap.header(), where.withSecrets()),
                document(endpoint, template, where));
    }

    private Content form(EndpointConfig endpoint, Node template, Where where, String[] place) {
        List<Parameter> fields = new ArrayList<>();
        if (!(template instanceof MapNode map)) {
            compiling.error(
                    compiling.at(place), "WRONG_TYPE", "the template of a form must be a mapping of fields", null);
            return new Content.NoContent();
        }
        for (Node.Entry entry : map.entries().values()) {
            if (entry.value() instanceof ScalarNode scalar) {
                fields.addAll(
                        new OpenPlaces(compiling, endpoint).parameters(Map.of(entry.key(), new Text(scalar)), where));
            } else {
                compiling.error(entry.value().at(), "WRONG_TYPE", "a form field is text", null);
            }
        }
        return new Content.FormContent(fields);
    }

    private Content text(Node template, Where where, String[] place) {
        if (template instanceof ScalarNode scalar) {
            return new Content.TextContent(compiling.template(new Text(scalar), where));
        }
        compiling.error(compiling.at(place), "WRONG_TYPE", "the template of a text body must be text", null);
        return new Content.NoContent();
    }
}
