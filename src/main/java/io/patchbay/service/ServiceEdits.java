package io.patchbay.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.payload.Json;
import io.patchbay.service.ServiceReader.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts of service files with other values, everything else to the letter; empty where the file is written in a way that cannot be changed so. */
public final class ServiceEdits {

    private static final String ENDING = ".service.yaml";
    private static final String FOLDER = "routes/services/";

    private ServiceEdits() {}

    /** With other values at its top level. */
    public static Optional<String> with(Service service, Map<String, JsonNode> values) {
        return YamlPatch.of(service.text()).flatMap(patch -> {
            for (Map.Entry<String, JsonNode> one : values.entrySet()) {
                if (!patch.set(List.of(one.getKey()), one.getValue())) {
                    return Optional.empty();
                }
            }
            return Optional.of(patch.text());
        });
    }

    /** With another status: only an active service is started by its triggers. */
    public static Optional<String> status(Service service, boolean active) {
        return with(service, Map.of("status", Json.NODES.textNode(active ? "active" : "inactive")));
    }

    /**
     * A copy that is not active.
     *
     * @param title what people call it; null for the one's with a mark
     */
    public static Optional<String> copy(Service service, String name, @Nullable String title) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        values.put("service", Json.NODES.textNode(name));
        values.put("name", Json.NODES.textNode(title == null ? service.file().title() + " (copy)" : title));
        values.put("status", Json.NODES.textNode("inactive"));
        return with(service, values);
    }

    /** Where the file of a new service lies, from the home folder. */
    public static String place(String name) {
        return FOLDER + name + ENDING;
    }

    /** Where the file of a copy lies: beside that of the one. */
    public static String beside(Service service, String name) {
        return service.path().substring(0, service.path().lastIndexOf('/') + 1) + name + ENDING;
    }
}
