package io.patchbay.connector;

import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.SignedParts;
import io.patchbay.connector.definition.Text;
import io.patchbay.connector.definition.WebhookConfig;
import io.patchbay.connector.definition.WebhookConfig.Verify;
import io.patchbay.expression.Template;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks and compiles what a connector says of the events that its system sends. */
final class WebhookCompiler {

    private static final Set<String> EVENT = Set.of("record", "payload", "header");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(30);

    private final Compiling compiling;
    private final Map<String, EndpointConfig> endpoints;

    WebhookCompiler(Compiling compiling, Map<String, EndpointConfig> endpoints) {
        this.compiling = compiling;
        this.endpoints = endpoints;
    }

    WebhookEvent compile(String id, WebhookConfig webhook) {
        if (!ID.matcher(id).matches()) {
            error(
                    id,
                    "BAD_NAME",
                    "'" + id + "' is not an event's name",
                    "small letters, digits and '-', like order-paid");
        }
        String told = new SubscriptionCompiler(compiling, endpoints).compile(id, webhook);
        if (webhook.dedupeFor().compareTo(LEAST) < 0 || webhook.dedupeFor().compareTo(MOST) > 0) {
            error(id, "OUT_OF_RANGE", "'dedupeFor' must be from 1m to 30d", null, "dedupeFor");
        }
        Template key = compiling.optional(webhook.dedupeKey(), new Where(EVENT, Set.of(), false));
        if (key != null && key.constant() && webhook.dedupeKey() != null) {
            error(
                    id,
                    "BAD_VALUE",
                    "a key that is the same for all events would take the first one only",
                    "like ${header.X-Event-Id} or ${payload.id}",
                    "dedupeKey");
        }
        Verify verify = webhook.verify();
        if (verify == null) {
            error(
                    id,
                    "MISSING_KEY",
                    "webhook needs the key 'verify': how its sender proves itself",
                    "one that anybody may send says {type: none}");
        } else {
            check(id, verify);
        }
        if (key == null && verify != null && verify.type() == WebhookConfig.Type.STANDARD_WEBHOOKS) {
            String text = "${header." + verify.headers() + "id}";
            key = compiling.template(Text.of(text, compiling.at("webhooks", id)), new Where(EVENT, Set.of(), false));
        }
        return new WebhookEvent(
                id,
                webhook,
                verify == null ? null : secret(verify),
                verify == null ? null : compiling.optional(verify.publicKey(), Where.AUTH),
                key,
                compiling.parsed(webhook.eventPath(), Place::parse, "webhooks", id, "eventPath"),
                compiling.parsed(webhook.subscriptionPath(), Place::parse, "webhooks", id, "subscriptionPath"),
                told);
    }

    private void check(String id, Verify verify) {
        boolean pair = verify.type() == WebhookConfig.Type.ED25519;
        boolean needsSecret = !pair && verify.type() != WebhookConfig.Type.NONE;
        if (needsSecret && verify.secret() == null) {
            error(
                    id,
                    "MISSING_KEY",
                    "verify needs 'secret'",
                    "like ${settings.webhookSecret}, with webhookSecret among the secrets",
                    "verify");
        }
        if (pair && verify.publicKey() == null) {
            error(id, "MISSING_KEY", "verify needs 'publicKey'", "the sender's key in hex, base64 or PEM", "verify");
        }
        if (!HEADER.matcher(verify.headers()).matches()) {
            error(
                    id,
                    "BAD_VALUE",
                    "'" + verify.headers() + "' begins no header's name",
                    "like webhook-",
                    "verify",
                    "headers");
        }
        if (!HEADER.matcher(verify.header()).matches()) {
            error(
                    id,
                    "BAD_VALUE",
                    "'" + verify.header() + "' is not a header's name",
                    "like X-Signature",
                    "verify",
                    "header");
        }
        for (String setting : verify.payload().settings()) {
            Text text = Text.of("${settings." + setting + "}", compiling.at("webhooks", id, "verify", "payload"));
            compiling.template(text, Where.AUTH);
        }
        String timestamp = verify.timestampHeader();
        if (timestamp != null && !HEADER.matcher(timestamp).matches()) {
            error(
                    id,
                    "BAD_VALUE",
                    "'" + timestamp + "' is not a header's name",
                    "like X-Time",
                    "verify",
                    "timestampHeader");
        }
        if (verify.payload().has(SignedParts.Word.TIMESTAMP) != (timestamp != null)) {
            error(
                    id,
                    "MISSING_KEY",
                    "a payload with the timestamp and 'timestampHeader' go together; one is there without the other",
                    null,
                    "verify");
        }
    }

    private @Nullable Template secret(Verify verify) {
        Template secret = compiling.optional(verify.secret(), Where.AUTH);
        if (secret != null && secret.constant()) {
            compiling.error(
                    secret.at(),
                    "LITERAL_SECRET",
                    "a secret must not stand in a connector file",
                    "read it from a secret setting: ${settings.webhookSecret}");
        }
        return secret;
    }

    private void error(String id, String code, String what, @Nullable String hint, String... below) {
        compiling.error(compiling.at(Compiling.below(new String[] {"webhooks", id}, below)), code, what, hint);
    }
}
