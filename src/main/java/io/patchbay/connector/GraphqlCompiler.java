package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.Endpoint.Content;
import io.patchbay.connector.ErrorRules.Rule;
import io.patchbay.connector.ErrorRules.Verdict;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.BodyConfig;
import io.patchbay.connector.definition.ErrorHandlerConfig.Action;
import io.patchbay.connector.definition.ErrorHandlerConfig.FailureType;
import io.patchbay.expression.TemplateTree;
import io.patchbay.problem.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks and compiles GraphQL requests. */
final class GraphqlCompiler {

    /** Members of a request: GraphQL over HTTP, section Request Parameters. */
    private static final List<String> MEMBERS = List.of("query", "operationName", "variables", "extensions");

    /** Request errors and field errors come with a good status: GraphQL, section 7.1 (Response Format). */
    private static final Rule ERRORS = new Rule(
            IntStream.range(200, 300).boxed().collect(Collectors.toSet()),
            Map.of(),
            Place.parse("$.errors"),
            null,
            null,
            new Verdict(Action.FAIL, FailureType.DATA, null, true));

    private final Compiling compiling;

    GraphqlCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    /** Whether an endpoint sends GraphQL. */
    static boolean sends(EndpointConfig endpoint) {
        BodyConfig body = endpoint.request() == null ? null : endpoint.request().body();
        return body != null && body.type() == BodyConfig.Type.GRAPHQL;
    }

    /** The query of an endpoint as it was written; null where there is none. */
    static @Nullable ScalarNode query(EndpointConfig endpoint) {
        BodyConfig body = endpoint.request() == null ? null : endpoint.request().body();
        return body != null && body.template() instanceof MapNode map && map.get("query") instanceof ScalarNode query
                ? query
                : null;
    }

    /** Rules, and behind them the one that an answer with errors is a failure. */
    static ErrorRules strict(ErrorRules rules) {
        List<Rule> all = new ArrayList<>(rules.rules());
        all.add(ERRORS);
        return new ErrorRules(all, rules.backoff(), rules.breaker());
    }

    /**
     * Looks whether a query has the variable that something sets.
     *
     * @param name of the variable, and with dots of what is in it
     */
    void checkVariable(ScalarNode query, String name, String by) {
        String variable = name.split("\\.", 2)[0];
        if (!query.text().startsWith("${")
                && !Pattern.compile("\\$" + Pattern.quote(variable) + "(?![A-Za-z0-9_])")
                        .matcher(query.text())
                        .find()) {
            compiling.error(
                    query.at(),
                    "BAD_VALUE",
                    "the query has no variable $" + variable + ", which " + by + " sets",
                    "declare and use it, like query($first: Int, $after: String) { orders(first: $first, after: $after) { … } }");
        }
    }

    Content content(EndpointConfig endpoint, Node template, Where where) {
        if (!(template instanceof MapNode map)) {
            compiling.error(
                    template.at(),
                    "WRONG_TYPE",
                    "the template of a graphql body must be a mapping",
                    "like {query: 'query($id: ID!) { … }', variables: {id: '${with.id}'}}");
            return new Content.NoContent();
        }
        map.entries().forEach((key, entry) -> {
            if (!MEMBERS.contains(key)) {
                compiling.error(
                        entry.at(),
                        "UNKNOWN_KEY",
                        "'" + key + "' is no member of a GraphQL request",
                        DidYouMean.hint(key, Set.copyOf(MEMBERS)));
            }
        });
        if (!(map.get("query") instanceof ScalarNode)) {
            compiling.error(
                    template.at(),
                    "MISSING_KEY",
                    "a graphql body needs the text 'query'",
                    "like query: 'query($first: Int) { … }'");
        }
        boolean given =
                map.get("variables") instanceof ScalarNode scalar && OpenPlaces.isObject(endpoint, scalar.text());
        if (map.get("variables") != null && !given && !(map.get("variables") instanceof MapNode)) {
            compiling.error(
                    java.util.Objects.requireNonNull(map.get("variables")).at(),
                    "WRONG_TYPE",
                    "'variables' must be a mapping",
                    "like { status: '${with.status}' }");
        }
        TemplateTree tree = TemplateTree.parse(template, where.roots(), compiling.problems());
        if (tree == null) {
            return new Content.NoContent();
        }
        compiling.checkReads(tree.reads(), template.at(), where);
        return new Content.GraphqlContent(tree);
    }
}
