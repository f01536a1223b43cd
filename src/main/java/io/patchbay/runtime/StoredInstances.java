package io.patchbay.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Instances;
import io.patchbay.connector.SettingValues;
import io.patchbay.connector.StoredInstance;
import io.patchbay.payload.Json;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import io.patchbay.secret.Redactor;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes, changes and deletes stored instances, one at a time: each is checked as a file is before it is written. */
final class StoredInstances implements Instances {

    /** Most stored instances, and the longest document. */
    static final int MOST = 1_000;

    static final int LONGEST = 64 * 1024;

    private final InstanceRows rows;
    private final CatalogReader reader;
    private final Supplier<Catalog> catalog;
    private final Redactor redactor;
    private final Runnable changed;

    /** @param changed takes a generation with what is stored now */
    StoredInstances(
            InstanceRows rows, CatalogReader reader, Supplier<Catalog> catalog, Redactor redactor, Runnable changed) {
        this.rows = rows;
        this.reader = reader;
        this.catalog = catalog;
        this.redactor = redactor;
        this.changed = changed;
    }

    @Override
    public synchronized Validated<Instance> create(String document) {
        JsonNode tree = tree(document);
        String name = tree.path("instance").asText("");
        StoredInstance wanted = new StoredInstance(name, UUID.randomUUID().toString(), document, null);
        Validated<Instance> checked = checked(wanted, tree);
        if (checked.value().isEmpty()) {
            return checked;
        }
        refuseNameOfFile(name);
        if (rows.find(name).isPresent() || catalog.get().instance(name) != null) {
            throw new NameTakenException("There is an instance '" + name + "' already.");
        }
        if (rows.list().size() >= MOST) {
            throw new NameTakenException("There are " + MOST + " stored instances already.");
        }
        if (!rows.insert(wanted)) {
            throw new NameTakenException("There is an instance '" + name + "' already.");
        }
        changed.run();
        return checked;
    }

    @Override
    public synchronized Optional<Validated<Instance>> replace(String name, @Nullable String seen, String document) {
        refuseNameOfFile(name);
        return find(name, seen).map(before -> written(before, seen, document));
    }

    @Override
    public synchronized Optional<Validated<Instance>> change(String name, @Nullable String seen, JsonNode part) {
        refuseNameOfFile(name);
        return find(name, seen).map(before -> {
            String document = before.document();
            return document == null
                    ? invalid(
                            before.place(), "SEALED", String.valueOf(before.unreadable()), "put a whole document there")
                    : written(before, seen, merged(tree(document), part).toPrettyString());
        });
    }

    /** RFC 7396. */
    private static JsonNode merged(JsonNode target, JsonNode part) {
        if (!(part instanceof ObjectNode changes)) {
            return part;
        }
        ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : Json.NODES.objectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(change.getKey(), merged(result.path(change.getKey()), change.getValue()));
            }
        });
        return result;
    }

    /** One of them, which is what was seen. */
    private Optional<StoredInstance> find(String name, @Nullable String seen) {
        Optional<StoredInstance> found = rows.find(name);
        if (seen != null && found.filter(now -> !now.revision().equals(seen)).isPresent()) {
            throw new ChangedException(name);
        }
        return found;
    }

    private Validated<Instance> written(StoredInstance before, @Nullable String seen, String document) {
        StoredInstance wanted =
                new StoredInstance(before.name(), UUID.randomUUID().toString(), document, null);
        Validated<Instance> checked = checked(wanted, tree(document));
        if (checked.value().isPresent()) {
            if (!rows.update(wanted, before.revision())) {
                if (seen != null) {
                    throw new ChangedException(before.name());
                }
                throw new NameTakenException(
                        "Instance '" + before.name() + "' was changed by somebody else meanwhile.");
            }
            changed.run();
        }
        return checked;
    }

    @Override
    public synchronized boolean delete(String name, @Nullable String seen) {
        refuseNameOfFile(name);
        boolean there = find(name, seen).isPresent();
        if (there) {
            if (!rows.delete(name, seen)) {
                throw new ChangedException(name);
            }
            changed.run();
        }
        return there;
    }

    private void refuseNameOfFile(String name) {
        Instance instance = catalog.get().instance(name);
        if (instance != null && instance.file().endsWith(".yaml")) {
            throw new NameTakenException(
                    "Instance '" + name + "' is in the file " + instance.file() + "; change it there.");
        }
    }

    private Validated<Instance> checked(StoredInstance wanted, JsonNode tree) {
        String document = String.valueOf(wanted.document());
        if (document.length() > LONGEST) {
            return invalid(
                    wanted.place(), "FILE_TOO_LARGE", "the document has more than " + LONGEST + " characters", null);
        }
        if (!tree.isObject()) {
            String what = tree.isTextual() ? tree.textValue() : "a document must be a JSON object";
            return invalid(wanted.place(), "BAD_JSON", what, "write what would stand in an instance file, as JSON");
        }
        Validated<Instance> checked = reader.check(wanted, catalog.get());
        checked.value().ifPresent(instance -> SettingValues.tell(instance, redactor));
        return checked;
    }

    private static Validated<Instance> invalid(String place, String code, String what, @Nullable String hint) {
        Problems problems = new Problems();
        problems.error(Location.of(place), code, what, hint);
        return new Validated.Invalid<>(problems.list());
    }

    /** The document, or a text that says where it is no JSON: the parser's own sentence may quote a secret. */
    private static JsonNode tree(String document) {
        try {
            return Json.MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            return TextNode.valueOf("the document is not JSON from line " + line + " on");
        }
    }
}
