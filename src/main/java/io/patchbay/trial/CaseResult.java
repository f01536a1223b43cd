package io.patchbay.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * How a case ended.
 *
 * @param file its file
 * @param name its name
 * @param index its position in the file
 * @param differences what came otherwise than expected, with the place where that is said
 * @param faults why it fails whatever is expected: a request without an answer, a run without an end
 * @param found all that came, in the form in which it can be expected
 * @param took how long it took
 */
public record CaseResult(
        String file,
        String name,
        int index,
        List<Difference> differences,
        List<String> faults,
        ObjectNode found,
        Duration took) {

    public CaseResult {
        differences = List.copyOf(differences);
        faults = List.copyOf(faults);
    }

    /** Whether all is as expected. */
    public boolean passed() {
        return differences.isEmpty() && faults.isEmpty();
    }

    /** The same with a further reason why it fails. */
    CaseResult with(String fault) {
        return new CaseResult(
                file,
                name,
                index,
                differences,
                java.util.stream.Stream.concat(faults.stream(), java.util.stream.Stream.of(fault))
                        .toList(),
                found,
                took);
    }

    /** Why it failed, as lines. */
    public List<String> lines() {
        return java.util.stream.Stream.concat(
                        faults.stream(), differences.stream().map(Difference::toString))
                .toList();
    }
}
