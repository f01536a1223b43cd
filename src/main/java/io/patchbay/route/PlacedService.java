package io.patchbay.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.environment.Environment;
import io.patchbay.environment.EnvironmentText;
import io.patchbay.environment.FlowIn;
import io.patchbay.flow.Flow;
import io.patchbay.service.ServiceFile;
import io.patchbay.service.ServiceFlow;
import io.patchbay.service.ServiceReader.Service;
import io.patchbay.service.Services;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A service where it runs.
 *
 * @param environment the environment whose flow it is, too; null outside of all
 */
public record PlacedService(Service service, @Nullable Environment environment) {

    /** A service in all its places: outside, and in each environment that has its flow. */
    public static List<PlacedService> all(Service service, Collection<Environment> environments) {
        return Stream.concat(
                        Stream.of(new PlacedService(service, null)),
                        environments.stream()
                                .filter(one -> one.ids().contains(service.file().service()))
                                .map(one -> new PlacedService(service, one)))
                .toList();
    }

    /** All services in all their places. */
    public static List<PlacedService> all(Services services, Environments environments) {
        List<Environment> files = environments.files();
        return services.list().stream()
                .flatMap(service -> all(service, files).stream())
                .toList();
    }

    /** What its file says. */
    public ServiceFile file() {
        return service.file();
    }

    /** The id of the flow that it runs as. */
    public String flow() {
        return environment == null ? file().service() : environment.flow(file().service());
    }

    /** What people call it there. */
    public String title() {
        return environment == null ? file().title() : file().title() + " (" + environment.name() + ")";
    }

    /** The instance that it reads from there. */
    public String source() {
        return instance(file().source().instance());
    }

    /** The instance that it sends to there. */
    public String destination() {
        return instance(file().destination().instance());
    }

    /** The text of its flow there, by what the files say. */
    public String text() {
        FlowIn in = in();
        String text = service.flow().text();
        return environment == null || in == null
                ? text
                : EnvironmentText.of(service.path(), text, environment, in).text();
    }

    private String instance(String name) {
        return environment == null
                ? name
                : environment.said().replace().instances().getOrDefault(name, name);
    }

    /** Whether triggers start it there. */
    public Flow.Status status() {
        FlowIn in = in();
        if (environment == null || in == null) {
            return file().status();
        }
        Flow.Status own = in.said().status();
        return own == null ? environment.said().status() : own;
    }

    private @Nullable FlowIn in() {
        return environment == null ? null : environment.flows().get(file().service());
    }

    /** Values for the inputs of the source's endpoint that a run may give otherwise. */
    public Map<String, JsonNode> constants() {
        Map<String, JsonNode> all = new LinkedHashMap<>(service.flow().constants());
        FlowIn in = in();
        if (environment != null && in != null) {
            JsonNode own = in.said().variables().get(ServiceFlow.WITH);
            JsonNode said =
                    own == null ? environment.said().replace().variables().get(ServiceFlow.WITH) : own;
            if (said instanceof ObjectNode with) {
                all.clear(); // what the environment says of a variable stands in place of it, as a whole
                with.properties().forEach(one -> all.put(one.getKey(), one.getValue()));
            }
        }
        return all;
    }
}
