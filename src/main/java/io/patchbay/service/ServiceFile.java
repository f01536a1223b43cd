package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import io.patchbay.expression.Condition;
import io.patchbay.flow.AlertSettings;
import io.patchbay.flow.Flow;
import io.patchbay.flow.FlowSettings;
import io.patchbay.mapping.FieldRule;
import io.patchbay.queue.Priority;
import io.patchbay.trigger.Trigger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A service file as it is written. */
@Doc("A Patchbay service: records of one kind that go from one system to another")
public record ServiceFile(
        @Doc("The service's name, and the id of the flow that it becomes: unique among both, kebab-case")
        String service,

        @Doc("What people call it") @Nullable String name,
        @Doc("What it is for, in a sentence") @Nullable String note,
        @Doc("Words to find it by") @Default("[]") List<String> labels,

        @Doc("Only an active service is started by its triggers") @Default("active")
        Flow.Status status,

        @Doc("What its records are, in the word that connectors use: orders, products, customers, stock")
        String entity,

        @Doc("What starts it: a schedule, a webhook, or any other trigger of a flow") @Default("[]")
        List<Trigger> trigger,

        @Doc("Where the records come from") ServiceSource source,

        @Doc("What people know a record by") Reference reference,

        @Doc("Which records are sent: those that meet all of these") @Default("[]")
        List<Condition> filters,

        @Doc("Fields of what is sent, in groups of any names; the order of groups and fields is theirs in the record")
        Map<String, List<FieldRule>> mapping,

        @Doc("Further fields of articles, customers and orders that the destination takes as a list of metafields")
        @Default("[]")
        List<Metafield> metafields,

        @Doc("Maps of values that both systems name in their own way, like ways of shipping and of paying")
        @Default("{}")
        Map<String, ValueMap> values,

        @Doc("A script over the whole payload, before it is sent; what it gives back are records") @Nullable
        ServiceScript script,

        @Doc("Where the records go") ServiceDestination destination,

        @Doc("Who is told of what") @Default("{}") AlertSettings alerts,

        @Doc("Once or several times a day, what failed is tried again") @Nullable
        Sweep sweep,

        @Doc("Failures, by their codes, that no further try can mend: such items are not sent again")
        @Default("[HTTP_409]")
        List<String> finalFailures,

        @Doc("Which of many waiting services goes first") @Default("regular")
        Priority priority,

        @Doc("Which payloads the run record keeps") @Default("{}")
        FlowSettings.Capture capture,

        @Doc("Values that its script and its placeholders read as ${flow.name}") @Default("{}")
        Map<String, JsonNode> variables,

        @Doc("What people have to say of it") @Default("[]") List<String> notes) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** @throws WrongValueException when the keys do not fit together */
    public ServiceFile {
        if (!named(service)) {
            throw new WrongValueException(
                    "service name '" + service + "' must be kebab-case, with 100 characters at most",
                    "for example orders-to-warehouse",
                    "service");
        }
        if (entity.isBlank() || entity.length() > 100) {
            throw new WrongValueException(
                    "'entity' has 1 to 100 characters, found " + entity.length(),
                    "for example entity: orders",
                    "entity");
        }
        if (mapping.values().stream().allMatch(List::isEmpty)) {
            throw new WrongValueException(
                    "a service needs at least one field under 'mapping'",
                    "for example mapping: { order: [ { to: orderNo, from: name } ] }",
                    "mapping");
        }
        for (String own : List.of(ServiceFlow.WITH, ServiceFlow.ONLY, ServiceFlow.UNFILTERED)) {
            if (variables.containsKey(own)) {
                throw new WrongValueException(
                        "'" + own + "' is a variable of every service",
                        "take another name for yours",
                        "variables",
                        own);
            }
        }
    }

    /** Whether a service may be called so. */
    public static boolean named(String name) {
        return NAME.matcher(name).matches() && name.length() <= 100;
    }

    /** What people call it. */
    public String title() {
        return name == null ? service : name;
    }
}
