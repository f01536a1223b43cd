package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@code connector.yaml}. */
@Doc("What an outside system offers and how it is called")
public record ConnectorConfig(
        @Doc("Id of the connector, kebab-case; the name of its folder")
        String connector,

        @Doc("Version of this definition, like 2.3.0; a breaking change raises the first number")
        String version,

        @Doc("What people call the system") @Nullable String title,

        @Doc("Where the system's interface is described") @Nullable
        String docsUrl,

        @Doc("Where the connector is listed") @Default("[]") List<String> categories,

        @Doc(
                "The OpenAPI document that the connector was made from, a file of its folder like ./openapi.yaml. What endpoints ask"
                        + " is held against it when the connector is read; it changes no call")
        @Nullable
        String openapi,

        @Doc("Changes that are laid over the document first (Overlay Specification 1.0), like ./overlay.yaml") @Nullable
        String overlay,

        @Doc("What an instance must give") @Default("{}") SettingsConfig settings,

        @Doc("Ways to prove who calls, by id; an instance names the one it uses") @Default("{none: {type: none}}")
        Map<String, AuthConfig> auth,

        @Doc("Where and how the system is reached") @Nullable
        RequesterConfig requester,

        @Doc("The call that shows whether an instance works") @Nullable
        CheckConfig check,

        @Doc("What the system allows per time, shared by all flows of an instance") @Nullable
        RateLimitConfig rateLimit,

        @Doc("What an answer means when it is not a plain success") @Nullable
        ErrorHandlerConfig errorHandler,

        @Doc("What the system can be asked, by id like orders.list")
        Map<String, EndpointConfig> endpoints,

        @Doc("Events that the system sends, by id") @Default("{}")
        Map<String, WebhookConfig> webhooks,

        @Doc("What is said about its tests") @Nullable TestsConfig tests) {

    /** What an id looks like. */
    public static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    /** What a version looks like. */
    public static final Pattern VERSION = Pattern.compile("(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){2}");
}
