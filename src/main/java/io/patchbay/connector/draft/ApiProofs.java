package io.patchbay.connector.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Security schemes of OpenAPI in the words of a connector; the first one is what calls use when an instance names none. */
final class ApiProofs {

    private final Draft draft;

    ApiProofs(Draft draft) {
        this.draft = draft;
    }

    void add(List<Map.Entry<String, JsonNode>> schemes) {
        for (Map.Entry<String, JsonNode> scheme : schemes) {
            ObjectNode auth = auth(scheme.getKey(), scheme.getValue());
            if (auth != null) {
                String id = Draft.camel(scheme.getKey());
                if (!draft.at("auth").has(id)) {
                    draft.at("auth").set(id, auth);
                }
            }
        }
        if (!draft.root().has("auth")) {
            draft.at("auth").putObject("none").put("type", "none");
        }
    }

    private @Nullable ObjectNode auth(String name, JsonNode scheme) {
        String type = scheme.path("type").asText();
        return switch (type) {
            case "http" -> http(name, scheme.path("scheme").asText().toLowerCase(Locale.ROOT));
            case "basic" -> http(name, "basic");
            case "apiKey" -> key(scheme);
            case "oauth2" -> oauth(name, scheme);
            case "mutualTLS" -> mtls();
            default -> {
                draft.leaveOut("authentication '" + name + "' of type " + type);
                yield null;
            }
        };
    }

    private @Nullable ObjectNode http(String name, String scheme) {
        return switch (scheme) {
            case "basic" -> basic("basic");
            case "digest" -> basic("digest");
            case "bearer" -> bearer();
            default -> {
                draft.leaveOut("authentication '" + name + "' by HTTP scheme " + scheme);
                yield null;
            }
        };
    }

    ObjectNode basic(String type) {
        draft.setting("username", Json.NODES.objectNode().put("example", "api-user"), false);
        draft.setting("password", Json.NODES.objectNode(), true);
        return Json.NODES
                .objectNode()
                .put("type", type)
                .put("username", "${settings.username}")
                .put("password", "${settings.password}");
    }

    ObjectNode bearer() {
        draft.setting("token", Json.NODES.objectNode(), true);
        ObjectNode auth = Json.NODES.objectNode().put("type", "bearer");
        auth.putObject("inject").put("format", "${settings.token}");
        return auth;
    }

    private ObjectNode key(JsonNode scheme) {
        return key(scheme.path("in").asText("header"), scheme.path("name").asText("X-Api-Key"));
    }

    ObjectNode key(String into, String name) {
        draft.setting("apiKey", Json.NODES.objectNode(), true);
        ObjectNode auth = Json.NODES.objectNode().put("type", "apiKey");
        auth.putObject("inject").put("into", into).put("name", name).put("format", "${settings.apiKey}");
        return auth;
    }

    private ObjectNode mtls() {
        draft.setting(
                "certificate",
                Json.NODES.objectNode().put("description", "The client's certificate in PEM form"),
                true);
        draft.setting("privateKey", Json.NODES.objectNode().put("description", "Its key in PEM form"), true);
        return Json.NODES
                .objectNode()
                .put("type", "mtls")
                .put("certificate", "${settings.certificate}")
                .put("key", "${settings.privateKey}");
    }

    private @Nullable ObjectNode oauth(String name, JsonNode scheme) {
        JsonNode flows = scheme.path("flows");
        JsonNode client = flows.path("clientCredentials");
        String url = client.path("tokenUrl").asText();
        if (scheme.path("flow").asText().equals("application")) {
            url = scheme.path("tokenUrl").asText();
        }
        if (url.isEmpty()) {
            return browser(name, scheme);
        }
        if (!url.startsWith("https://")) {
            draft.leaveOut("authentication '" + name + "': the address of its token, " + url + ", is not an https one");
            return null;
        }
        return credentials(url);
    }

    /** A person lets the client in; Swagger 2.0 calls the grant accessCode. */
    private @Nullable ObjectNode browser(String name, JsonNode scheme) {
        JsonNode code = scheme.path("flow").asText().equals("accessCode")
                ? scheme
                : scheme.path("flows").path("authorizationCode");
        String page = code.path("authorizationUrl").asText();
        String url = code.path("tokenUrl").asText();
        if (page.isEmpty() || url.isEmpty()) {
            draft.leaveOut("authentication '" + name
                    + "': OAuth 2.0 by a grant that a connector has not (implicit, password or device)");
            return null;
        }
        if (!page.startsWith("https://") || !url.startsWith("https://")) {
            draft.leaveOut("authentication '" + name + "': " + page + " and " + url + " are not both https addresses");
            return null;
        }
        return code(page, url);
    }

    /** A token that a person gets for the client in a browser. */
    ObjectNode code(String page, String url) {
        ObjectNode auth = credentials(url).put("type", "oauth2AuthorizationCode");
        ((ObjectNode) auth.path("token")).put("authorizeUrl", page);
        return auth;
    }

    ObjectNode credentials(String url) {
        draft.setting("clientId", Json.NODES.objectNode().put("example", "my-client"), false);
        draft.setting("clientSecret", Json.NODES.objectNode(), true);
        ObjectNode auth = Json.NODES.objectNode().put("type", "oauth2ClientCredentials");
        auth.putObject("token").put("url", url);
        draft.comment(
                "auth", "Scopes go into token: {scopes: […]}; the description lists what there is, not what you need.");
        return auth;
    }
}
