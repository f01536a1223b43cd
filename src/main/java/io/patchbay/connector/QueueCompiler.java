package io.patchbay.connector;

import io.patchbay.connector.Compiling.Where;
import io.patchbay.connector.Endpoint.QueueCall;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.QueueConfig;
import io.patchbay.expression.Template;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks and compiles a message for a broker. */
final class QueueCompiler {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
    /** Names with a meaning to a client or broker (JMS 3.1 section 3.5.1; RabbitMQ sends copies to CC and BCC). */
    private static final List<String> RESERVED = List.of("jms", "camel", "_amq", "amq_", "x-");

    private static final Set<String> OURS =
            Set.of("cc", "bcc", "content-type", "contenttype", "message-id", "messageid");

    private final Compiling compiling;

    QueueCompiler(Compiling compiling) {
        this.compiling = compiling;
    }

    QueueCall compile(EndpointConfig endpoint, QueueConfig queue, Where where, String[] keys) {
        boolean sends = queue.op() == QueueConfig.Op.SEND;
        if (sends != endpoint.kind().acts()) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "kind")),
                    "BAD_VALUE",
                    sends ? "sending a message is not of kind read" : "checking a broker is of kind read",
                    null);
        }
        if (endpoint.batch() != null && !sends) {
            compiling.error(
                    compiling.at(Compiling.below(keys, "batch")), "NOT_HERE", "'batch' belongs to messages", null);
        }
        queue.headers().keySet().forEach(name -> checkName(name, Compiling.below(keys, "queue", "headers", name)));
        Template key = compiling.optional(queue.key(), where);
        return new QueueCall(
                queue,
                compiling.optional(queue.destination(), where),
                key == null ? null : Parameter.of("key", key),
                compiling.parameters(queue.headers(), where));
    }

    private void checkName(String name, String[] place) {
        String plain = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            compiling.error(
                    compiling.at(place),
                    "BAD_VALUE",
                    "'" + name + "' is not a header's name",
                    "like source or shop-id");
        } else if (OURS.contains(plain) || RESERVED.stream().anyMatch(plain::startsWith)) {
            compiling.error(
                    compiling.at(place),
                    "RESERVED_NAME",
                    "header '" + name + "' has a meaning of its own to brokers and their clients",
                    "take another name; type and id of the message are set by themselves");
        }
    }
}
