package io.patchbay.route.version;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.flow.FlowReader;
import io.patchbay.shape.Shapes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How versions differ, from the texts that people write. */
class FlowDiffTest {

    private static final FlowReader READER = new FlowReader(Shapes.all());

    private static final String FLOW = """
            flow: orders
            variables: { currency: EUR }
            settings: { overlap: queue }
            shapes:
              - id: paid
                filter: { keep: { field: paid, is: true } }
              - id: named
                map:
                  fields:
                    - { to: no, from: id }
                    - { to: total, from: total, then: [ number ] }
              - id: safely
                try:
                  shapes:
                    - { id: push, connection: { instance: shop, endpoint: orders.create } }
                  catch:
                    - { id: failed, notify: { per: run, log: warn, text: failed } }
              - { id: told, notify: { per: run, log: info, text: done } }
            """;

    private static Side side(String text) {
        return side(text, Map.of(), Map.of(), Map.of());
    }

    private static Side side(
            String text, Map<String, String> scripts, Map<String, String> tables, Map<String, String> behind) {
        return new Side(text, READER.outline("f", text).orElse(null), scripts, tables, behind);
    }

    private static List<String> changes(String before, String after) {
        return said(FlowDiff.of(side(before), side(after)));
    }

    private static List<String> said(List<Change> changes) {
        return changes.stream()
                .map(change -> (change.kind() + " " + change.what() + " " + change.shape() + " " + change.path() + " "
                                + change.before() + " " + change.after())
                        .replace("\"", ""))
                .toList();
    }

    @Test
    void howAFlowIsWrittenIsNoDifference() {
        String written = """
                # a remark
                shapes:
                - filter:
                    keep:
                      is: true
                      field: "paid"
                  id: 'paid'
                - map: { fields: [ { from: id, to: no }, { then: [ number ], from: total, to: total } ] }
                  id: named
                - id: safely
                  try:
                    catch: [ { notify: { text: failed, log: warn, per: run }, id: failed } ]
                    shapes: [ { id: push, connection: { endpoint: orders.create, instance: shop } } ]
                - { id: told, notify: { per: run, log: info, text: done } } # at last
                settings:
                  overlap: queue
                variables: { currency: EUR }
                flow: orders
                """;

        assertThat(changes(FLOW, written)).isEmpty();
        assertThat(TextDiff.of("f", side(FLOW), side(written))).startsWith("--- a/f\n+++ b/f\n@@ ");
        assertThat(TextDiff.of("f", side(FLOW), side(FLOW))).isEmpty();
    }

    @Test
    void showsLinesThatWereThereBeforeThoseThatStandForThem() {
        String before = "flow: f\ndeploy: manual\nshapes:\n  - one: 1\n  - two: 1\nend: 1\n";
        String after = "flow: f\ndeploy: manual\nshapes:\n  - one: 2\n  - two: 2\nend: 1\n# more\n";

        assertThat(TextDiff.of("f", side(before), side(after)))
                .contains("\n shapes:\n-  - one: 1\n-  - two: 1\n+  - one: 2\n+  - two: 2\n end: 1\n+# more\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EUR | GBP | CHANGED SETTING null variables.currency EUR GBP",
                "overlap: queue | overlap: queue, priority: high | ADDED SETTING null settings.priority null high",
                "orders.create | orders.upsert | CHANGED SETTING push connection.endpoint orders.create orders.upsert",
                "from: id | from: number | CHANGED FIELD named map.fields[no].from id number",
                "is: true | is: false | CHANGED SETTING paid filter.keep.is true false",
                "text: failed | text: lost | CHANGED SETTING failed notify.text failed lost"
            })
    void tellsAValueByItsPath(String before, String after, String change) {
        assertThat(changes(FLOW, FLOW.replace(before, after))).containsExactly(change);
    }

    @Test
    void tellsFieldsOfAMapByTheirTargets() {
        String other = FLOW.replace("        - { to: no, from: id }\n", "")
                .replace("then: [ number ] }", "then: [ number ] }\n        - { to: vat, from: tax }");

        assertThat(changes(FLOW, other))
                .containsExactly(
                        "ADDED FIELD named map.fields[vat] null {to:vat,from:tax}",
                        "REMOVED FIELD named map.fields[no] {to:no,from:id} null");
    }

    @Test
    void tellsShapesThatCameWentAndMoved() {
        String told = "  - { id: told, notify: { per: run, log: info, text: done } }\n";
        String first = FLOW.replace(told, "").replace("shapes:\n  - id: paid", "shapes:\n" + told + "  - id: paid");
        assertThat(changes(FLOW, first)).containsExactly("MOVED SHAPE told shapes shapes shapes");

        String inside = FLOW.replace(told, "")
                .replace("      catch:\n", "        - " + told.strip().substring(2) + "\n      catch:\n");
        assertThat(changes(FLOW, inside))
                .containsExactly("MOVED SHAPE told safely: try.shapes shapes safely: try.shapes");

        assertThat(changes(FLOW, FLOW.replace(told, "")))
                .containsExactly("REMOVED SHAPE told shapes {notify:{per:run,log:info,text:done}} null");
        assertThat(changes(FLOW.replace(told, ""), FLOW))
                .containsExactly("ADDED SHAPE told shapes null {notify:{per:run,log:info,text:done}}");
    }

    @Test
    void tellsWhatStandsBehindAShapeOnlyWhereTheShapeSaysTheSame() {
        Side before = side(FLOW, Map.of("a.js", "1"), Map.of("carriers", "x"), Map.of("push", "1"));
        Side after = side(FLOW, Map.of("a.js", "2"), Map.of("carriers", "y", "ways", "z"), Map.of("push", "2"));

        assertThat(said(FlowDiff.of(before, after)))
                .containsExactly(
                        "CHANGED SCRIPT null a.js null null",
                        "CHANGED TABLE null carriers null null",
                        "ADDED TABLE null ways null null",
                        "CHANGED BEHIND push  null null");
        String elsewhere = FLOW.replace("orders.create", "orders.upsert");
        assertThat(said(FlowDiff.of(
                        before, side(elsewhere, Map.of("a.js", "1"), Map.of("carriers", "x"), Map.of("push", "2")))))
                .containsExactly("CHANGED SETTING push connection.endpoint orders.create orders.upsert");
    }

    @Test
    void comparesATextThatIsNoFlowLineByLine() {
        Side broken = side("flow: [");

        assertThat(broken.outline()).isNull();
        assertThat(FlowDiff.of(side(FLOW), broken)).isEmpty();
        assertThat(TextDiff.of("f", side(FLOW), broken)).contains("-flow: orders", "+flow: [");
    }

    @Test
    void doesNotCompareVeryLongTextsLineByLine() {
        Side one = side("a\n".repeat(12_000));
        Side other = side("b\n".repeat(12_000));

        assertThat(TextDiff.of("f", one, other)).contains("too long to be compared");
    }
}
