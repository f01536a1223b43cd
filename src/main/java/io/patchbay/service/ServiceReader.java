package io.patchbay.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import java.util.Map;

/** Reads service files: text, service with the flow that it becomes, or all that is wrong with the form of the file at once. */
public final class ServiceReader {

    private final Binder binder = new Binder(Map.of());
    private final YamlReader yaml = new YamlReader();

    /** Creates it. */
    public ServiceReader() {}

    /**
     * A service that was read.
     *
     * @param path of its file, as people know it
     * @param text of its file
     * @param file what it says
     * @param flow what it becomes
     * @param destination where the reference stands in a record that is sent
     */
    public record Service(String path, String text, ServiceFile file, ServiceFlow flow, String destination) {}

    /**
     * Reads a file. What its names lead to is looked up when its flow is read.
     *
     * @param path the file as people know it
     */
    public Validated<Service> read(String path, String text) {
        Problems problems = new Problems();
        Node node = yaml.read(path, text, problems).orElse(null);
        if (node == null) {
            return new Validated.Invalid<>(problems.list());
        }
        if (!(node instanceof MapNode canvas)) {
            problems.error(node.at(), "WRONG_TYPE", "a service file must be a mapping, found " + node.kind());
            return new Validated.Invalid<>(problems.list());
        }
        ServiceFile file = binder.bind(canvas, ServiceFile.class, problems);
        String destination = file == null ? null : References.destination(file, canvas, problems);
        if (file == null || destination == null) {
            return new Validated.Invalid<>(problems.list());
        }
        ServiceFlow flow = new Expansion(file, canvas, path, destination).flow();
        return new Validated.Valid<>(new Service(path, text, file, flow, destination), problems.list());
    }

    /** The JSON Schema of service files. */
    public ObjectNode schema() {
        return new Schemas(binder).document(ServiceFile.class, "urn:patchbay:service", "A Patchbay service");
    }
}
