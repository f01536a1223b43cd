package io.patchbay.shape.connection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.canvas.Range;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.connector.Use;
import io.patchbay.expression.Ref;
import io.patchbay.expression.TemplateTree;
import io.patchbay.shape.CallsEndpoint;
import io.patchbay.shape.EndpointUse;
import io.patchbay.shape.ScriptUse;
import io.patchbay.shape.Surroundings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of a connection. */
@Doc("Calls an endpoint of a connector's instance")
public record ConnectionSettings(
        @Doc("Name of the instance") String instance,

        @Doc(
                "Connector with the version that this flow asks for, like shop@2 or shop@2.3.0; else the instance's own version")
        @Nullable
        String connector,

        @Doc("Id of the endpoint, like orders.list") String endpoint,

        @Doc(
                "Values for the endpoint's inputs; one that reads ${record.…} makes the endpoint be called for each record")
        @Default("{}")
        Map<String, TemplateTree> with,

        @Doc("What goes on: the answer, what came in, or what came in with the answer in each record under a name")
        @Default("response")
        Result output,

        @Doc(
                "How a list that grows is read, where this flow wants it otherwise than the connector: off, or {start, lookback,"
                        + " step}")
        @Nullable
        IncrementalSettings incremental,

        @Doc("Records that a paged read asks for per page; at most as many as the connector does")
        @Nullable
        @Range(min = 1, max = 1_000_000)
        Integer pageSize,

        @Doc(
                "Calls the endpoint once for many records, and matches each record of the answer to those that asked for it")
        @Nullable
        MatchSettings match,

        @Doc("Code of the flow that judges each answer") @Nullable
        ResponseSettings response)
        implements CallsEndpoint {

    /** What is done with answers. */
    @Doc("Code of the flow that judges each answer, in place of the endpoint's own")
    public record ResponseSettings(
            @Doc("Which function to call, and with what") ScriptUse script) {}

    @Override
    public EndpointUse use() {
        return new EndpointUse(instance, connector, endpoint, with);
    }

    @Override
    public boolean ignoresContent(Surroundings around) {
        return output.output() instanceof Use.Response
                && match == null
                && response == null
                && use().readsByItself(around);
    }

    /** What the placeholders of the call read. */
    Set<Ref> reads() {
        return use().reads();
    }

    /** What the placeholders read, and the script. */
    Set<Ref> allReads() {
        Set<Ref> all = new LinkedHashSet<>(reads());
        if (response != null) {
            all.addAll(response.script().reads());
        }
        return all;
    }

    /** Names under {@code with} whose values read the record. */
    List<String> askingInputs() {
        return use().asking();
    }

    /** Whether the endpoint is called for each record. */
    boolean perRecord() {
        return match == null && reads().stream().anyMatch(ref -> ref.root().equals("record"));
    }

    /** What goes on; written {@code response}, {@code input} or {@code {into: name}}. */
    @ReadBy(Result.Reader.class)
    public record Result(Use.Output output) {

        static final class Reader implements ValueReader<Result> {

            @Override
            public @Nullable Result read(Node node, Reading reading) {
                if (node instanceof ScalarNode scalar && scalar.text().equals("response")) {
                    return new Result(new Use.Response());
                }
                if (node instanceof ScalarNode scalar && scalar.text().equals("input")) {
                    return new Result(new Use.Input());
                }
                if (node instanceof MapNode map && map.get("into") instanceof ScalarNode name && name.value() != null) {
                    reading.refuseUnknownKeys(map, List.of("into"), "output");
                    return new Result(new Use.Into(name.text()));
                }
                reading.error(node, "BAD_VALUE", "output must be response, input or {into: name}", null);
                return null;
            }

            @Override
            public ObjectNode schema(Schemas schemas) {
                JsonNodeFactory json = JsonNodeFactory.instance;
                ObjectNode schema = json.objectNode();
                var choices = schema.putArray("oneOf");
                choices.addObject().putArray("enum").add("response").add("input");
                ObjectNode into = choices.addObject().put("type", "object").put("additionalProperties", false);
                into.putObject("properties").putObject("into").put("type", "string");
                into.putArray("required").add("into");
                return schema;
            }
        }
    }
}
