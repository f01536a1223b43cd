package io.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.run.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Payloads that pass shapes beside each other have the effects that they have one by one. */
class SeveralAtOncePropertiesTest {

    private static final String FLOW = """
            settings: { delivery: %s }
            shapes:
              - { id: pull, numbers: { pages: %d, size: %d } }
              - { id: whole, parallel: %d, onError: skip, send: { failsAt: %d } }
              - { id: cut, singles: {} }
              - id: safely
                parallel: %d
                try:
                  shapes: [ { id: push, parallel: %d, send: { failsAt: 3 } } ]
                  catch: [ { id: caught, send: {} } ]
              - id: paths
                parallel: %d
                route:
                  parallel: %s
                  paths:
                    - { name: few, when: { field: n, below: 4 }, shapes: [ { id: low, send: {} } ] }
                    - { name: rest, otherwise: true }
              - { id: told, parallel: %d, send: {} }
              - { id: last, send: {} }
            """;

    @Property(tries = 40)
    void theLastShapeSeesTheSameInTheSameOrderAndTheOthersTheSame(
            @ForAll boolean staged,
            @ForAll @IntRange(min = 0, max = 7) int pages,
            @ForAll @IntRange(min = 1, max = 4) int size,
            @ForAll @IntRange(min = -1, max = 12) int failsAt,
            @ForAll @IntRange(min = 2, max = 5) int most)
            throws Exception {
        String delivery = staged ? "staged" : "streamed";
        int inside =
                staged ? most : 1; // in a stream it makes the try one for all payloads, and its catch comes behind them
        Ran oneByOne = run(FLOW.formatted(delivery, pages, size, 1, failsAt, 1, 1, 1, false, 1));
        Ran beside = run(FLOW.formatted(delivery, pages, size, most, failsAt, most, inside, most, true, most));

        assertThat(beside.of("last")).isEqualTo(oneByOne.of("last"));
        assertThat(beside.effects()).containsExactlyInAnyOrderElementsOf(oneByOne.effects());
        assertThat(beside.record().status()).isEqualTo(oneByOne.record().status());
        assertThat(beside.record().shapes())
                .extracting(RunRecord.ShapeRecord::recordsOut)
                .isEqualTo(oneByOne.record().shapes().stream()
                        .map(RunRecord.ShapeRecord::recordsOut)
                        .toList());
    }

    private record Ran(RunRecord record, List<String> effects) {
        List<String> of(String shape) {
            return effects.stream().filter(effect -> effect.startsWith(shape)).toList();
        }
    }

    private static Ran run(String text) throws Exception {
        Path folder = Files.createTempDirectory("several");
        try (FlowFixture flows = new FlowFixture(4)) {
            flows.start(folder);
            RunRecord record = flows.run(text);
            return new Ran(record, List.copyOf(flows.shapes.effects));
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
