package io.patchbay.connector;

import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.Endpoint.Paging;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.BodyConfig;
import io.patchbay.connector.definition.InjectConfig;
import io.patchbay.connector.definition.InjectConfig.Into;
import io.patchbay.connector.definition.PaginatorConfig;
import io.patchbay.connector.definition.PaginatorConfig.SizeInto;
import io.patchbay.connector.definition.PaginatorConfig.StopWhen;
import io.patchbay.connector.definition.RecordSelectorConfig;
import io.patchbay.connector.definition.Text;
import io.patchbay.expression.Condition;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import io.patchbay.payload.RecordPath;
import io.patchbay.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks and compiles how an answer goes on. */
final class PagingCompiler {

    private static final Set<PaginatorConfig.Type> COUNTED =
            Set.of(PaginatorConfig.Type.PAGE_NUMBER, PaginatorConfig.Type.OFFSET);

    /** The answer names the whole address of the next page. */
    private static final Set<PaginatorConfig.Type> LINKED = Set.of(
            PaginatorConfig.Type.NEXT_URL,
            PaginatorConfig.Type.RELATIVE_URI,
            PaginatorConfig.Type.LINK_HEADER,
            PaginatorConfig.Type.ODATA_NEXT_LINK);

    /** Something of the answer, or a count, goes into the next request. */
    private static final Set<PaginatorConfig.Type> INJECTED = Set.of(
            PaginatorConfig.Type.PAGE_NUMBER,
            PaginatorConfig.Type.OFFSET,
            PaginatorConfig.Type.CURSOR,
            PaginatorConfig.Type.KEYSET);

    private static final Set<PaginatorConfig.Type> POINTED =
            Set.of(PaginatorConfig.Type.CURSOR, PaginatorConfig.Type.NEXT_URL, PaginatorConfig.Type.RELATIVE_URI);

    private final Compiling compiling;

    PagingCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    @Nullable
    Paging compile(EndpointConfig of, String[] endpoint) {
        new IncrementalCompiler(compiling).checkWindows(of, endpoint);
        PaginatorConfig paginator = of.paginator();
        if (paginator == null || paginator.type() == PaginatorConfig.Type.NONE) {
            boolean list = paginator != null || of.incremental() != null;
            return !list ? null : new Paging(PaginatorConfig.SINGLE, null, null, null, null, null, null, false);
        }
        String[] keys = Compiling.below(endpoint, "paginator");
        boolean injects = INJECTED.contains(paginator.type());
        InjectConfig inject = paginator.inject();
        need(
                !injects || (inject != null && inject.name() != null),
                "inject: {into, name}",
                hint(paginator.type()),
                keys);
        boolean linked = LINKED.contains(paginator.type());
        if (inject != null
                && !linked
                && Set.of(Into.COOKIE, Into.URL, Into.BODY).contains(inject.into())) {
            wrong(
                    "a cursor goes into query, header, path, bodyJson or template",
                    Compiling.below(keys, "inject", "into"));
        }
        if (inject != null && inject.into() == Into.BODY_JSON && !sendsJson(of)) {
            wrong(
                    "a cursor can go into bodyJson only where the method is POST and the body is of type json or graphql",
                    Compiling.below(keys, "inject", "into"));
        }
        need(
                !POINTED.contains(paginator.type()) || paginator.cursorPath() != null,
                "cursorPath",
                "where an answer has what leads on, like cursorPath: $.next",
                keys);
        need(
                paginator.type() != PaginatorConfig.Type.OFFSET || paginator.pageSize() != null,
                "pageSize",
                "how many records a page has, like pageSize: 100; pageSizeParam: limit tells it to the system",
                keys);
        checkLinked(paginator, keys);
        checkSize(paginator, of, keys);
        boolean graphql = paginator.type() == PaginatorConfig.Type.GRAPHQL_CURSOR;
        if (graphql) {
            checkGraphql(paginator, of, keys);
        }
        checkStop(paginator, keys);
        return new Paging(
                paginator,
                place(paginator.cursorPath(), graphql ? pageInfo(of, "endCursor") : null, keys, "cursorPath"),
                place(paginator.hasMorePath(), graphql ? pageInfo(of, "hasNextPage") : null, keys, "hasMorePath"),
                compiling.parsed(paginator.totalPath(), Place::parse, Compiling.below(keys, "totalPath")),
                paginator.expression(),
                paginator.type() == PaginatorConfig.Type.KEYSET && paginator.cursorPath() == null
                        ? key(of, keys, endpoint)
                        : null,
                script(paginator, keys),
                sendsJson(of));
    }

    private @Nullable Script script(PaginatorConfig paginator, String[] keys) {
        boolean scripted = paginator.type() == PaginatorConfig.Type.SCRIPT;
        need(!scripted || paginator.script() != null, "script: ./next.js", null, keys);
        if (!scripted && paginator.script() != null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "script")),
                    "NOT_HERE",
                    "'script' has a meaning with type: script only",
                    "take it out, or take this type");
        }
        if (scripted && paginator.inject() != null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject")),
                    "NOT_HERE",
                    "'inject' has no meaning where a script says how the list goes on",
                    "return the value from the script: {query: {…}}");
        }
        return scripted && paginator.script() != null
                ? compiling
                        .scripts()
                        .script(
                                paginator.script(),
                                "next",
                                compiling.at(Compiling.below(keys, "script")),
                                compiling.problems())
                : null;
    }

    /** Whether the body is one that takes a cursor. */
    static boolean sendsJson(EndpointConfig endpoint) {
        BodyConfig body = endpoint.request() == null ? null : endpoint.request().body();
        return "POST".equals(endpoint.method())
                && body != null
                && (body.type() == BodyConfig.Type.JSON || body.type() == BodyConfig.Type.GRAPHQL);
    }

    /** Where a record has the key of a keyset. */
    private @Nullable Place key(EndpointConfig of, String[] keys, String[] endpoint) {
        RecordSelectorConfig selector = of.recordSelector();
        List<String> primary = selector == null ? List.of() : selector.primaryKey();
        if (primary.size() != 1) {
            compiling.error(
                    compiling.at(keys),
                    "MISSING_KEY",
                    primary.isEmpty()
                            ? "paginator keyset needs the key of a record: recordSelector: {primaryKey: [id]}"
                            : "a list cannot be paged by the " + primary.size() + " fields of its primaryKey",
                    "or cursorPath: where the answer has the last key, like $.items[-1].id");
            return null;
        }
        return compiling.parsed(
                "$." + primary.get(0), Place::parse, Compiling.below(endpoint, "recordSelector", "primaryKey"));
    }

    private @Nullable Place place(@Nullable String own, @Nullable Place otherwise, String[] keys, String key) {
        return own == null ? otherwise : compiling.parsed(own, Place::parse, Compiling.below(keys, key));
    }

    /** A member of the pageInfo that stands beside the records of a connection; null when it is not known where they are. */
    private static @Nullable Place pageInfo(EndpointConfig endpoint, String member) {
        RecordSelectorConfig selector = endpoint.recordSelector();
        RecordPath records;
        try {
            records = RecordPath.parse(selector == null ? "$" : selector.path());
        } catch (IllegalArgumentException e) {
            return null; // said where the selector is compiled
        }
        int connection = records.names().size() - 1;
        if (connection < 0) {
            return null;
        }
        List<Object> steps = new ArrayList<>(records.names().subList(0, connection));
        steps.add("pageInfo");
        steps.add(member);
        return new Place(new RecordPath(records.names().subList(0, connection), false) + ".pageInfo." + member, steps);
    }

    private void checkGraphql(PaginatorConfig paginator, EndpointConfig endpoint, String[] keys) {
        need(GraphqlCompiler.sends(endpoint), "request: {body: {type: graphql, template: {query: …}}}", null, keys);
        boolean known = pageInfo(endpoint, "endCursor") != null;
        need(
                known || paginator.cursorPath() != null,
                "cursorPath, or a recordSelector like $.data.orders.nodes[*]",
                null,
                keys);
        need(
                known || paginator.hasMorePath() != null,
                "hasMorePath, or a recordSelector like $.data.orders.nodes[*]",
                null,
                keys);
        InjectConfig inject = paginator.inject();
        if (inject != null && inject.into() != Into.BODY_JSON) {
            wrong(
                    "the cursor of graphqlCursor is a variable in the body: into: bodyJson",
                    Compiling.below(keys, "inject", "into"));
        }
        ScalarNode query = GraphqlCompiler.query(endpoint);
        if (query == null || query.text().startsWith("${")) {
            return; // the flow gives the query
        }
        String after = inject == null || inject.name() == null ? "after" : inject.name();
        String size = paginator.pageSizeParam() == null ? "first" : paginator.pageSizeParam();
        GraphqlCompiler graphql = new GraphqlCompiler(compiling);
        graphql.checkVariable(query, after, "the paginator");
        if (paginator.pageSize() != null) {
            graphql.checkVariable(query, size, "the paginator");
        }
    }

    private void checkSize(PaginatorConfig paginator, EndpointConfig of, String[] keys) {
        SizeInto into = paginator.pageSizeInto();
        if (paginator.pageSize() == null && paginator.pageSizeParam() != null) {
            need(false, "pageSize", "how many records 'pageSizeParam' asks for, like pageSize: 100", keys);
        }
        if (into == null) {
            return;
        }
        String[] place = Compiling.below(keys, "pageSizeInto");
        need(paginator.pageSizeParam() != null, "pageSizeParam: what 'pageSizeInto' is called", null, keys);
        if (into == SizeInto.BODY_JSON && !sendsJson(of)) {
            wrong(
                    "a page size can go into bodyJson only where the method is POST and the body is of type json or graphql",
                    place);
        }
        if (into != SizeInto.BODY_JSON && paginator.type() == PaginatorConfig.Type.GRAPHQL_CURSOR) {
            wrong("the page size of graphqlCursor is a variable in the body: pageSizeInto: bodyJson", place);
        }
    }

    private void checkLinked(PaginatorConfig paginator, String[] keys) {
        if (!LINKED.contains(paginator.type())) {
            return;
        }
        if (paginator.inject() != null && paginator.inject().into() != Into.URL) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "inject")),
                    "NOT_HERE",
                    "the answer names the address of the next page, so it goes nowhere else",
                    "leave 'inject' out, or say into: url; for a token that goes into a parameter use type cursor");
        }
        if (paginator.type() == PaginatorConfig.Type.ODATA_NEXT_LINK && paginator.pageSizeParam() != null) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "pageSizeParam")),
                    "NOT_HERE",
                    "'pageSizeParam' has no meaning for odataNextLink: pageSize goes into header Prefer",
                    "leave it out; $top would cut the whole list");
        }
    }

    private void checkStop(PaginatorConfig paginator, String[] keys) {
        StopWhen stop = paginator.stopWhen();
        need(
                stop != StopWhen.HAS_MORE_FALSE || paginator.hasMorePath() != null,
                "hasMorePath",
                "like hasMorePath: $.hasMore",
                keys);
        need(
                stop != StopWhen.TOTAL_REACHED || paginator.totalPath() != null,
                "totalPath",
                "like totalPath: $.total",
                keys);
        need(
                stop != StopWhen.SHORT_PAGE || paginator.pageSize() != null,
                "pageSize",
                "how many records a full page has, like pageSize: 100",
                keys);
        need(stop != StopWhen.EXPRESSION || paginator.expression() != null, "expression: {field: …}", null, keys);
        checkExpression(paginator, keys);
        if (stop == StopWhen.TOTAL_REACHED && !COUNTED.contains(paginator.type())) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "stopWhen")),
                    "BAD_VALUE",
                    "totalReached belongs to lists that are counted: pageNumber and offset",
                    "take hasMoreFalse, emptyPage or expression");
        }
        boolean byCursor = stop == StopWhen.NO_CURSOR || stop == StopWhen.REPEATED_CURSOR;
        if (byCursor && COUNTED.contains(paginator.type())) {
            wrong("a counted list has no cursor to stop at", Compiling.below(keys, "stopWhen"));
        }
    }

    private void checkExpression(PaginatorConfig paginator, String[] keys) {
        Condition condition = paginator.expression();
        if (condition == null) {
            return;
        }
        if (paginator.stopWhen() != StopWhen.EXPRESSION) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "expression")),
                    "NOT_HERE",
                    "'expression' has a meaning with stopWhen: expression only",
                    "add stopWhen: expression, or take it out");
        }
        for (Ref ref : condition.reads()) {
            if (!ref.root().equals("payload")) {
                compiling.error(
                        compiling.at(Compiling.below(keys, "expression")),
                        "BAD_VALUE",
                        "'" + ref.root() + "' cannot be read here",
                        "the condition is about the answer: ${payload.…}, or a plain path");
            }
        }
    }

    /** Checks the place in the path that takes the cursor. */
    void checkPath(PaginatorConfig paginator, InjectConfig inject, Text path, List<Template> parts, String[] endpoint) {
        String name = inject.name();
        if (name == null) {
            return; // said where the paginator is compiled
        }
        boolean there = false;
        for (Template part : parts) {
            for (Ref ref : part.reads()) {
                boolean page = ref.root().equals("page");
                there |= page && ref.name().equals(name);
                if (page && !ref.name().equals(name)) {
                    compiling.error(
                            path.at(),
                            "BAD_VALUE",
                            "the path reads ${page." + ref.name() + "}, the paginator sets '" + name + "'",
                            "write ${page." + name + "}");
                }
            }
        }
        if (!there) {
            compiling.error(
                    compiling.at(Compiling.below(endpoint, "paginator", "inject")),
                    "BAD_VALUE",
                    "the path has no place for the cursor",
                    "write it as ${page." + name + "}, like /items/${page." + name + "}");
        }
        boolean starts = COUNTED.contains(paginator.type()) || paginator.start() != null;
        String plain = "${page." + name + "}";
        for (int i = 0; i < parts.size() && !starts; i++) {
            String part = parts.get(i).toString();
            boolean leftOut = i == parts.size() - 1 && part.equals(plain);
            if (part.contains(plain) && !leftOut) {
                compiling.error(
                        path.at(),
                        "BAD_VALUE",
                        "the first page has no " + name + ", and only the last part of a path may be left out",
                        "say what stands there on the first page: ${page." + name + " ?? 'first'}");
            }
        }
    }

    /** Where the systems that page like this mostly want it. */
    private static String hint(PaginatorConfig.Type type) {
        String name = switch (type) {
            case PAGE_NUMBER -> "page";
            case OFFSET -> "offset";
            case KEYSET -> "since_id";
            default -> "cursor";
        };
        return "where the next request says how far the list was read, like inject: { into: query, name: " + name
                + " }";
    }

    private void need(boolean there, String what, @Nullable String hint, String[] keys) {
        if (!there) {
            compiling.error(compiling.at(keys), "MISSING_KEY", "this paginator needs " + what, hint);
        }
    }

    private void wrong(String what, String[] keys) {
        compiling.error(compiling.at(keys), "BAD_VALUE", what, null);
    }
}
