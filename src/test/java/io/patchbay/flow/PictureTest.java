package io.patchbay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Catalog;
import io.patchbay.flow.Picture.Shape;
import io.patchbay.problem.Validated;
import io.patchbay.shape.Shapes;
import io.patchbay.shape.Surroundings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a flow is drawn. */
class PictureTest {

    private static final String FLOW = """
            flow: drawn
            trigger:
              - schedule: { every: 10m }
              - webhook: { path: drawn, verify: none }
            shapes:
              - id: found
                name: What is there
                manualPayload: { json: [ { id: 1, secret: hunter2 } ] }
              - id: safely
                try:
                  shapes:
                    - id: by-kind
                      route:
                        paths:
                          - name: large
                            when: { field: id, above: 10 }
                            shapes:
                              - id: big
                                filter: { keep: { field: id, above: 20 } }
                          - { name: other, otherwise: true }
                  catch:
                    - id: told
                      notify: { log: info, text: failed }
              - id: rounds
                loop:
                  while: { field: id, above: 100 }
                  shapes:
                    - id: once
                      delay: { for: 1s }
              - id: last
                disabled: true
                notify: { log: info, text: done }
            """;

    private static Picture picture(String text) {
        Validated<Flow> read = new FlowReader(Shapes.all())
                .read(
                        "drawn.flow.yaml",
                        text,
                        (flow, variables) -> new Surroundings(
                                flow, Clock.systemUTC(), variables, Map.of(), Map.of(Catalog.class, Catalog.EMPTY)));
        return Picture.of(
                read.value().orElseThrow(() -> new AssertionError(read.problems())),
                words -> words.replace("hunter2", "***"));
    }

    private static List<String> links(Picture picture) {
        return picture.links().stream()
                .map(link -> link.from() + " > " + link.to() + (link.label() == null ? "" : " " + link.label())
                        + (link.way() == Picture.Way.NEXT || link.way() == Picture.Way.PATH ? "" : " " + link.way()))
                .toList();
    }

    private static Shape shape(Picture picture, String id) {
        return picture.shapes().stream()
                .filter(shape -> shape.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void leadsFromEachTriggerThroughAllPathsAndTogetherAgain() {
        assertThat(links(picture(FLOW)))
                .containsExactly(
                        "trigger.1 > found",
                        "trigger.2 > found",
                        "found > safely",
                        "safely > by-kind try",
                        "by-kind > big large",
                        "safely > told catch CATCH",
                        "big > rounds",
                        "by-kind > rounds other",
                        "told > rounds",
                        "rounds > once round",
                        "once > rounds AGAIN",
                        "rounds > last");
    }

    @Test
    void saysWhereAShapeStandsAndWhatItHolds() {
        Picture picture = picture(FLOW);

        assertThat(picture.shapes())
                .extracting(Shape::id)
                .containsExactly("found", "safely", "by-kind", "big", "told", "rounds", "once", "last");
        Shape big = shape(picture, "big");
        assertThat(List.of(big.kind(), String.valueOf(big.parent()), String.valueOf(big.path())))
                .containsExactly("filter", "by-kind", "large");
        assertThat(big.line()).isEqualTo(18);
        assertThat(shape(picture, "by-kind").paths()).containsExactly("large", "other");
        assertThat(shape(picture, "found").name()).isEqualTo("What is there");
        assertThat(shape(picture, "last").common().disabled()).isTrue();
    }

    @Test
    void writesSettingsWithoutTheShapesThatStandInThemAndWithoutSecrets() {
        Picture picture = picture(FLOW);

        assertThat(shape(picture, "by-kind").settings())
                .isEqualTo(
                        "paths: [ { name: large, when: { field: id, above: 10 } }, { name: other, otherwise: true } ]");
        assertThat(shape(picture, "safely").settings()).isEmpty();
        assertThat(shape(picture, "rounds").settings()).isEqualTo("while: { field: id, above: 100 }");
        assertThat(shape(picture, "found").settings()).isEqualTo("json: [ { id: 1, secret: *** } ]");
        assertThat(picture.starts())
                .containsExactly(
                        new Picture.Start("trigger.1", "schedule", 3, "every: \"10m\""),
                        new Picture.Start("trigger.2", "webhook", 4, "path: drawn\nverify: none"));
    }

    @Test
    void aFlowThatNothingStartsIsStartedByHand() {
        Picture picture = picture("flow: alone\nshapes:\n  - id: found\n    manualPayload: { json: [ { id: 1 } ] }\n");

        assertThat(picture.starts()).containsExactly(new Picture.Start("trigger.1", "manual", 0, ""));
        assertThat(links(picture)).containsExactly("trigger.1 > found");
    }
}
