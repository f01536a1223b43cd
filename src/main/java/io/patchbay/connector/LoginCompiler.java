package io.patchbay.connector;

import com.google.re2j.Pattern;
import io.patchbay.canvas.Node;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.EndpointConfig.RequestConfig;
import io.patchbay.connector.definition.InputConfig;
import io.patchbay.connector.definition.LoginConfig;
import io.patchbay.expression.TemplateTree;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import java.util.Map;
import java.util.stream.Stream;

/** Checks and compiles how a session is opened and ended. */
final class LoginCompiler {

    private final Compiling compiling;
    private final AuthTexts texts;
    private final Map<String, EndpointConfig> endpoints;

    LoginCompiler(Compiling compiling, AuthTexts texts, Map<String, EndpointConfig> endpoints) {
        this.compiling = compiling;
        this.texts = texts;
        this.endpoints = endpoints;
    }

    AuthMethod.Session compile(LoginConfig config, String[] auth) {
        String[] keys = Compiling.below(auth, "login");
        checkEndpoint(config.endpoint(), Compiling.below(keys, "endpoint"));
        if (config.logoutEndpoint() != null) {
            checkEndpoint(config.logoutEndpoint(), Compiling.below(keys, "logoutEndpoint"));
        }
        Pattern pattern = compiling.regex(config.tokenPattern(), Compiling.below(keys, "tokenPattern"));
        if (pattern != null && pattern.groupCount() > 1) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "tokenPattern")),
                    "BAD_REGEX",
                    "'" + config.tokenPattern() + "' has several groups, and one of them is the token",
                    "write the others as (?:…)");
        }
        return new AuthMethod.Session(
                compiling.parsed(config.tokenPath(), Place::parse, Compiling.below(keys, "tokenPath")),
                pattern,
                compiling.parsed(config.serverPath(), Place::parse, Compiling.below(keys, "serverPath")));
    }

    private void checkEndpoint(String id, String[] keys) {
        EndpointConfig endpoint = endpoints.get(id);
        if (endpoint == null) {
            compiling.error(
                    compiling.at(keys),
                    "UNKNOWN_ENDPOINT",
                    "'" + id + "' is not an endpoint of this connector",
                    DidYouMean.hint(id, endpoints.keySet()));
            return;
        }
        if (endpoint.method() == null || endpoint.paginator() != null) {
            compiling.error(
                    compiling.at(keys), "BAD_VALUE", "'" + id + "' must be one HTTP request, without pages", null);
        }
        ContentCompiler.one(compiling, id, endpoint, "a login", keys);
        for (Map.Entry<String, InputConfig> input : endpoint.inputs().entrySet()) {
            if (input.getValue().mandatory()) {
                compiling.error(
                        compiling.at(keys),
                        "BAD_VALUE",
                        "'" + id + "' needs the input '" + input.getKey() + "', and a login passes none",
                        "give the input a default value, or read a setting in its place");
            }
        }
        remember(endpoint);
    }

    /** The secrets that it sends belong to this way of proving who calls: an instance with another one needs none. */
    private void remember(EndpointConfig endpoint) {
        RequestConfig request = endpoint.request();
        if (request == null) {
            return;
        }
        if (request.body() != null && request.body().template() != null) {
            remember(request.body().template());
        }
        Stream.concat(request.query().values().stream(), request.headers().values().stream())
                .forEach(text -> remember(text.node()));
    }

    private void remember(Node sent) {
        TemplateTree tree = TemplateTree.parse(sent, Compiling.CALL, new Problems());
        if (tree != null) {
            tree.reads().stream()
                    .filter(ref ->
                            ref.root().equals("settings") && compiling.secrets().contains(ref.name()))
                    .forEach(ref -> texts.settings().add(ref.name()));
        }
    }
}
