package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Instances;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import io.patchbay.problem.Validated;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps nothing: every document is wrong, the name "taken" is a file's. */
final class FakeInstances implements Instances {

    @Override
    public Validated<Instance> create(String document) {
        if (document.contains("\"taken\"")) {
            throw new NameTakenException("There is an instance 'taken' already.");
        }
        Problems problems = new Problems();
        problems.error(new Location("stored:new", 2, 5), "UNKNOWN_SETTING", "no setting 'a'", "did you mean 'b'?");
        return new Validated.Invalid<>(problems.list());
    }

    @Override
    public Optional<Validated<Instance>> replace(String name, @Nullable String seen, String document) {
        return name.equals("known") ? Optional.of(create(document)) : Optional.empty();
    }

    @Override
    public Optional<Validated<Instance>> change(String name, @Nullable String seen, JsonNode part) {
        return replace(name, seen, part.toString());
    }

    @Override
    public boolean delete(String name, @Nullable String seen) {
        return name.equals("known");
    }
}
