package io.patchbay.connector;

import io.patchbay.connector.definition.WebhookConfig;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Template;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event that a system sends, checked and compiled.
 *
 * @param id its name in the connector
 * @param config as it was written
 * @param secret what proves the sender; null where nothing secret does
 * @param publicKey the key that the sender's signature is proved with, or null
 * @param dedupeKey what is the same when the event is sent again, or null
 * @param eventPath where the records stand in the body, or null for the body itself
 * @param subscriptionPath where the id of a subscription stands in the answer of the endpoint that subscribes, or null
 * @param told what the system is told when a flow takes the event, as a text without addresses and values of settings; another
 *     text asks for a new subscription
 */
public record WebhookEvent(
        String id,
        WebhookConfig config,
        @Nullable Template secret,
        @Nullable Template publicKey,
        @Nullable Template dedupeKey,
        @Nullable Place eventPath,
        @Nullable Place subscriptionPath,
        String told) {

    /** What the system calls it. */
    public String topic() {
        String topic = config.topic();
        return topic == null ? id : topic;
    }

    /** Names of the settings that an instance needs to prove the sender. */
    public Set<String> settings() {
        Set<String> names = new TreeSet<>();
        Stream.of(secret, publicKey)
                .filter(template -> template != null)
                .flatMap(template -> template.reads().stream())
                .filter(ref -> ref.root().equals("settings"))
                .map(Ref::name)
                .forEach(names::add);
        if (config.verify() != null) {
            names.addAll(config.verify().payload().settings());
        }
        return names;
    }

    /** The same with the settings of an instance where the sender signs them. */
    public WebhookEvent filled(UnaryOperator<String> values) {
        return new WebhookEvent(
                id, config.filled(values), secret, publicKey, dedupeKey, eventPath, subscriptionPath, told);
    }
}
