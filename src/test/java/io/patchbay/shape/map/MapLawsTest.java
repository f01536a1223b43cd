package io.patchbay.shape.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.YamlReader;
import io.patchbay.expression.FakeScope;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TargetPath;
import io.patchbay.mapping.FieldMap;
import io.patchbay.mapping.Renames;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problems;
import io.patchbay.shape.map.ExplodeSettings.WhenEmpty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for maps of any records; each seed makes some. */
class MapLawsTest {

    private static final FakeScope NOWHERE = FakeScope.of("record: {}");

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void groupingWhatWasExplodedGivesTheSame(long seed) throws StepException {
        Random random = new Random(seed);
        List<JsonNode> orders = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            ObjectNode order = Json.NODES.objectNode();
            order.set("no", random.nextBoolean() ? Json.NODES.numberNode(i) : Json.NODES.textNode("n" + i));
            order.set("lines", list(random, 1 + random.nextInt(4), 2));
            orders.add(order);
        }
        ExplodeSettings explode = new ExplodeSettings(TargetPath.of("lines"), null, WhenEmpty.FAIL, 100);
        GroupSettings group = new GroupSettings(List.of(SourcePath.of("no")), "rows");
        FieldMap back = map("[ { to: no, from: no }, { to: \"lines[*]\", from: \"rows[*].lines\" } ]");

        Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
        for (JsonNode order : orders) {
            for (JsonNode row : explode.records(order)) {
                groups.computeIfAbsent(group.key(row, NOWHERE), any -> new ArrayList<>())
                        .add(row);
            }
        }

        List<JsonNode> again = new ArrayList<>();
        for (List<JsonNode> rows : groups.values()) {
            again.add(back.apply(group.record(rows), NOWHERE));
        }
        assertThat(again).isEqualTo(orders);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void renamingThereAndBackGivesTheSameAndRemovingTakesOneAway(long seed) throws StepException {
        ObjectNode record = object(new Random(seed), 3);
        record.put("a", 1).putObject("in").put("b", seed);
        ObjectNode before = record.deepCopy();
        FieldMap there = FieldMap.EMPTY.with(true, renames("{ a: x.y, in.b: z }"), List.of());
        FieldMap back = FieldMap.EMPTY.with(true, renames("{ x.y: a, z: in.b }"), List.of(TargetPath.of("x")));
        FieldMap removed =
                FieldMap.EMPTY.with(true, Renames.NONE, List.of(TargetPath.of("in"), TargetPath.of("gone[*].x")));

        JsonNode moved = there.apply(record, NOWHERE);
        ObjectNode without = before.deepCopy();
        without.remove("in");

        assertThat(moved.at("/x/y").asInt()).isEqualTo(1);
        assertThat(moved.has("a")).isFalse();
        assertThat(moved.at("/in").has("b")).isFalse();
        assertThat(back.apply(moved, NOWHERE)).isEqualTo(before);
        assertThat(removed.apply(record, NOWHERE)).isEqualTo(without);
        assertThat(record).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itemsStandWhereTheirSourcesStood(long seed) throws StepException {
        Random random = new Random(seed);
        ArrayNode orders = Json.NODES.arrayNode();
        for (int i = 0; i < random.nextInt(4); i++) {
            ArrayNode lines = orders.addObject().put("no", i).putArray("lines");
            for (int j = 0; j < random.nextInt(4); j++) {
                ObjectNode line = lines.addObject();
                if (random.nextInt(4) > 0) {
                    line.put("sku", i + "-" + j);
                }
                line.put("qty", j);
            }
        }
        JsonNode record = Json.NODES.objectNode().set("orders", orders);
        FieldMap map = map("""
                [ { to: "rows[*].items[*].code", from: "orders[*].lines[*].sku" },
                  { to: "rows[*].id", from: "orders[*].no" },
                  { to: "rows[*].items[*].count", from: "orders[*].lines[*].qty" },
                  { to: "all[*]", from: "orders[*].lines[*].qty", flatten: true } ]""");

        JsonNode made = map.apply(record, NOWHERE);

        assertThat(made.path("rows")).hasSameSizeAs(orders);
        int all = 0;
        for (int i = 0; i < orders.size(); i++) {
            JsonNode lines = orders.get(i).path("lines");
            JsonNode row = made.path("rows").get(i);
            assertThat(row.path("id").asInt()).isEqualTo(i);
            for (int j = 0; j < lines.size(); j++) {
                assertThat(row.path("items").path(j).path("code"))
                        .isEqualTo(lines.get(j).path("sku"));
                assertThat(row.path("items").path(j).path("count"))
                        .isEqualTo(lines.get(j).path("qty"));
                assertThat(made.path("all").path(all++)).isEqualTo(lines.get(j).path("qty"));
            }
            assertThat(row.path("items").size()).isEqualTo(lines.size());
        }
        assertThat(made.path("all").size()).isEqualTo(all);
    }

    private static FieldMap map(String fields) {
        return bound(fields, FieldMap.class);
    }

    private static Renames renames(String written) {
        return bound(written, Renames.class);
    }

    private static <T> T bound(String yaml, Class<T> type) {
        Problems problems = new Problems();
        T bound = new Binder(Map.of())
                .bind(new YamlReader().read("x.yaml", yaml, problems).orElseThrow(), type, problems);
        assertThat(problems.list()).isEmpty();
        return java.util.Objects.requireNonNull(bound);
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = Json.NODES.objectNode();
        for (int i = 0; i < random.nextInt(4); i++) {
            object.set("m" + i, value(random, depth));
        }
        return object;
    }

    private static ArrayNode list(Random random, int size, int depth) {
        ArrayNode list = Json.NODES.arrayNode();
        for (int i = 0; i < size; i++) {
            list.add(value(random, depth));
        }
        return list;
    }

    private static JsonNode value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> Json.NODES.textNode("t" + random.nextInt(100));
            case 1 -> Json.NODES.numberNode(random.nextInt(100));
            case 2 -> Json.NODES.booleanNode(random.nextBoolean());
            case 3 -> object(random, depth - 1);
            default -> list(random, random.nextInt(3), depth - 1);
        };
    }
}
