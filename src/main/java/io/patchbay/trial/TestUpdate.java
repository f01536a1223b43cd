package io.patchbay.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Lines;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlPatch;
import io.patchbay.payload.Json;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes into a test file what its cases came to. What is otherwise in each run becomes {@code *}. */
public final class TestUpdate {

    private final FlowTests tests;

    /** @param tests run what was written once more */
    public TestUpdate(FlowTests tests) {
        this.tests = tests;
    }

    /**
     * What a file becomes.
     *
     * @param text its text; the same when nothing is to change
     * @param changes from the text before
     * @param results of the cases as they are then
     */
    public record Updated(String text, List<Lines.Change> changes, List<CaseResult> results) {
        public Updated {
            changes = List.copyOf(changes);
            results = List.copyOf(results);
        }
    }

    /**
     * A file anew. The file itself is not written.
     *
     * @param results of its cases
     */
    public Updated update(TestFile file, List<CaseResult> results) throws IOException, InterruptedException {
        String text = written(file, results, false);
        if (text.equals(file.text())) {
            return new Updated(text, List.of(), results);
        }
        List<CaseResult> again = results;
        for (int pass = 0; pass < 2; pass++) {
            TestFile next = read(file, text);
            if (next == null) {
                return refused(file, results);
            }
            again = tests.run(List.of(next)).stream()
                    .filter(one -> results.stream().anyMatch(own -> own.index() == one.index()))
                    .toList();
            String mended = pass == 0 ? written(next, again, true) : text;
            if (mended.equals(text)) {
                break;
            }
            text = mended;
        }
        return new Updated(text, Lines.changes(file.text(), text), again);
    }

    private static Updated refused(TestFile file, List<CaseResult> results) {
        List<CaseResult> told = results.stream()
                .map(one ->
                        one.passed() ? one : one.with("what came cannot be written into this file; write it by hand"))
                .toList();
        return new Updated(file.text(), List.of(), told);
    }

    private static @Nullable TestFile read(TestFile file, String text) {
        return TestFile.read(file.file(), text, List.of(file.flow()), new Problems())
                .orElse(null);
    }

    /** @param open whether what differs becomes {@code *} */
    private static String written(TestFile file, List<CaseResult> results, boolean open) {
        Optional<YamlPatch> patch = YamlPatch.of(file.text());
        if (patch.isEmpty()) {
            return file.text();
        }
        for (CaseResult result : results) {
            // A case that asks for an answer it has not got would only write down its failure.
            if (!result.faults().isEmpty() || result.found().isEmpty()) {
                continue;
            }
            List<Object> place = List.of("cases", result.index(), "expect");
            Node expect = file.expected(result.index());
            JsonNode old = expect == null ? Json.NODES.nullNode() : Literals.json(expect);
            if (!(old instanceof ObjectNode given) || given.isEmpty()) {
                patch.get().set(place, Renewed.all(result.found()));
            } else if (!result.passed()) {
                patch.get().set(place, open ? opened(given, result) : Renewed.of(given, result.found()));
            }
        }
        return patch.get().text();
    }

    private static ObjectNode opened(ObjectNode expect, CaseResult result) {
        ObjectNode opened = expect.deepCopy();
        result.differences().forEach(one -> open(opened, one.place()));
        return opened;
    }

    private static void open(JsonNode value, List<Object> place) {
        JsonNode owner = value;
        for (Object step : place.subList(0, Math.max(0, place.size() - 1))) {
            owner = step instanceof Integer at ? owner.path(at) : owner.path(String.valueOf(step));
        }
        Object last = place.isEmpty() ? "" : place.get(place.size() - 1);
        if (last instanceof Integer at
                && owner instanceof ArrayNode list
                && list.path(at).isTextual()) {
            list.set(at, Json.NODES.textNode("*"));
        } else if (last instanceof String key && owner instanceof ObjectNode object && free(place, object.path(key))) {
            object.put(key, "*");
        }
    }

    /** Whether a text may stand there: within payloads also in place of a number. */
    private static boolean free(List<Object> place, JsonNode value) {
        return value.isTextual()
                || (value.isValueNode()
                        && new ArrayList<>(place).stream().anyMatch(List.of("body", "in", "out", "payload")::contains));
    }
}
