package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class MembersTest {

    private static final List<String> KNOWN = List.of("a", "b", "c", "d", "e");
    private static final Members.Names NAMES = Members.Names.of(KNOWN);

    private enum What {
        PUT,
        REMOVE,
        SET_BY_ENTRY,
        REMOVE_BY_ITERATOR,
        CLEAR
    }

    private record Step(What what, String name, int value) {
        void on(Map<String, JsonNode> members) {
            JsonNode node = Json.NODES.numberNode(value);
            switch (what) {
                case PUT -> members.put(name, node);
                case REMOVE -> members.remove(name);
                case CLEAR -> members.clear();
                case SET_BY_ENTRY ->
                    members.entrySet().stream()
                            .filter(entry -> entry.getKey().equals(name))
                            .forEach(entry -> entry.setValue(node));
                case REMOVE_BY_ITERATOR -> members.keySet().removeIf(name::equals);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<What> whats = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.just(What.PUT)),
                Tuple.of(4, Arbitraries.of(What.REMOVE, What.SET_BY_ENTRY, What.REMOVE_BY_ITERATOR)),
                Tuple.of(1, Arbitraries.just(What.CLEAR)));
        // a text of its own, so that nothing counts on the same instance
        Arbitrary<String> names =
                Arbitraries.of("a", "b", "c", "d", "e", "f").map(name -> new StringBuilder(name).toString());
        return Combinators.combine(whats, names, Arbitraries.integers().between(0, 99))
                .as(Step::new)
                .list()
                .ofMaxSize(24);
    }

    @Property(tries = 2000)
    void areWhatAMapInOrderOfComingIs(@ForAll("steps") List<Step> steps) {
        Map<String, JsonNode> members = Members.of(NAMES);
        Map<String, JsonNode> expected = new LinkedHashMap<>();
        for (Step step : steps) {
            step.on(members);
            step.on(expected);
            assertThat(new ArrayList<>(members.entrySet())).isEqualTo(new ArrayList<>(expected.entrySet()));
            assertThat(members).isEqualTo(expected).hasSameHashCodeAs(expected).hasSize(expected.size());
            for (String name : List.of("a", "b", "c", "d", "e", "f")) {
                assertThat(members.get(name)).isEqualTo(expected.get(name));
                assertThat(members.containsKey(name)).isEqualTo(expected.containsKey(name));
            }
        }
    }

    @Test
    void ofARecordAreWrittenInTheOrderInWhichTheyCame() {
        ObjectNode record = Members.object(NAMES);
        record.put("a", 1).put("c", 3).put("b", 2).put("z", 26);

        assertThat(record).hasToString("{\"a\":1,\"c\":3,\"b\":2,\"z\":26}");
        assertThat(record.deepCopy()).isEqualTo(record);
        assertThat(record.without("c").toString()).isEqualTo("{\"a\":1,\"b\":2,\"z\":26}");
    }

    @Test
    void areFoundAmongMoreNamesThanAreCompared() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add("column" + i);
        }
        ObjectNode record = Members.object(Members.Names.of(many));
        for (int i = 0; i < 1000; i += 3) {
            record.put("column" + i, i);
        }
        assertThat(record.size()).isEqualTo(334);
        assertThat(record.get("column999")).isEqualTo(Json.NODES.numberNode(999));
        assertThat(record.get("column998")).isNull();
    }

    @Test
    void endWhereTheLastIs() {
        Iterator<Map.Entry<String, JsonNode>> none =
                Members.of(NAMES).entrySet().iterator();

        assertThat(none).isExhausted();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(none::remove).isInstanceOf(IllegalStateException.class);
    }
}
