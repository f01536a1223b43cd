package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.moving.Import.Result;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a file of Patchworks says: it stands in what was made, or is told, with its place. */
class NothingSilentTest {

    /** What is about the file, the canvas or the database there, and nothing that a run does. */
    private static final Pattern NO_MATTER = Pattern.compile(
            "/metadata/.*|.*/(id|uuid|position|iteration|icon|created_at|entity_type|required|display_name|type|direction|layout_direction|has_callback_step|is_editable|path_to_data)(/.*)?"
                    + "|.*/(flow_name|exported_at|protocol|is_enabled|is_deployed|payload_format|status|language|number)|/flow/versions/0/.*|.*/scripts/0/versions/0/.*|.*/dependencies/.*/name"
                    + "|.*/(systems|endpoints|connectors|auth_methods)/[0-9]+/name|.*/(Content-Type|name|description|key|label)");

    private static JsonNode fixture(String name) {
        try {
            return Json.MAPPER.readTree(
                    Files.readString(Imports.RESOURCES.resolve("patchworks").resolve(name + ".json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record At(JsonNode holder, String pointer) {}

    private static void containers(JsonNode node, String pointer, List<At> into) {
        if (node.isObject()) {
            into.add(new At(node, pointer));
            node.properties()
                    .forEach(one -> containers(one.getValue(), pointer + "/" + Place.escaped(one.getKey()), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                containers(node.get(i), pointer + "/" + i, into);
            }
        }
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void aSettingThatNobodyKnowsIsToldWithItsPlace(@ForAll long seed) {
        Random random = new Random(seed);
        JsonNode root = fixture(List.of("corner-shop", "every-shape", "orders").get(random.nextInt(3)));
        List<At> all = new ArrayList<>();
        containers(root, "", all);
        all.removeIf(one -> (one.pointer() + "/x").matches("/metadata/.*|/flow/versions/0/.*")
                        && root.at("/flow/versions").size() > 1
                || one.pointer().startsWith("/metadata")
                || one.pointer().matches(".*/(position|scripts/0/versions/0)"));
        At at = all.get(random.nextInt(all.size()));
        String key = "zq" + Integer.toString(random.nextInt(1_000_000), 36)
                + List.of("", "_id", " name", "${x}", "\"").get(random.nextInt(5));
        JsonNode value = List.<JsonNode>of(
                        Json.NODES.textNode("zqvalue"),
                        Json.NODES.numberNode(7),
                        Json.NODES.booleanNode(true),
                        Json.NODES.arrayNode().add("zqvalue"),
                        Json.NODES.objectNode().put("a", "zqvalue"))
                .get(random.nextInt(5));
        ((ObjectNode) at.holder()).set(key, value);

        assertTold(root, at.pointer() + "/" + Place.escaped(key), key);
    }

    /** It is told at its place or at what it stands in, or stands in the files by its name. */
    private static void assertTold(JsonNode root, String pointer, String name) {
        Result made = Imports.of(Dialect.PATCHWORKS, root.toString());
        boolean told = made.findings().stream()
                .anyMatch(one -> pointer.equals(one.pointer())
                        || (!one.pointer().isEmpty()
                                && pointer.startsWith(one.pointer() + "/")
                                && (one.problem().what().contains("not understood")
                                        || one.problem().what().contains("left out")
                                        || one.problem().what().contains("is not reached")
                                        || one.problem().what().contains("nothing is made")
                                        || one.problem().what().contains("not made")
                                        || one.problem().what().contains("no counterpart"))));
        boolean written =
                made.files().values().stream().anyMatch(text -> text.contains(name.replaceAll("[^A-Za-z0-9].*", "")));
        assertThat(told || written).as(pointer).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"corner-shop, 0", "corner-shop, 1", "corner-shop, 2", "orders, 0", "every-shape, 1"})
    void aSettingOfAnotherValueThanItCanHaveIsToldOrWritten(String name, int shift) {
        List<String> silent = new ArrayList<>();
        int count = shift;
        List<At> all = new ArrayList<>();
        containers(fixture(name), "", all);
        for (At at : all) {
            for (var names = at.holder().fieldNames(); names.hasNext(); ) {
                String key = names.next();
                String pointer = at.pointer() + "/" + Place.escaped(key);
                if (!NO_MATTER.matcher(pointer).matches() && !root(pointer)) {
                    // One form for each place: each form comes to each kind of place somewhere.
                    JsonNode odd = List.<JsonNode>of(
                                    Json.NODES.textNode("zqodd"),
                                    new ArrayNode(Json.NODES).add("zqodd"),
                                    Json.NODES.objectNode().put("zqodd", "zqodd"))
                            .get(count++ % 3);
                    JsonNode changed = fixture(name);
                    ((ObjectNode) changed.at(at.pointer())).set(key, odd);
                    if (!toldOrWritten(changed, pointer)) {
                        silent.add(pointer + " = " + odd);
                    }
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    private static boolean root(String pointer) {
        return pointer.matches("/(flow|metadata|systems|scripts|dependencies)")
                || pointer.matches("/flow/versions(/[0-9]+/steps)?");
    }

    private static boolean toldOrWritten(JsonNode changed, String pointer) {
        Result made;
        try {
            made = Imports.of(Dialect.PATCHWORKS, changed.toString());
        } catch (MovingException e) {
            return true;
        }
        return made.findings().stream()
                        .anyMatch(one -> one.toString().contains("zqodd")
                                || one.pointer().equals(pointer)
                                || one.pointer().startsWith(pointer + "/")
                                || (pointer.startsWith(one.pointer() + "/")
                                        && !one.pointer().isEmpty()
                                        && (one.lost() || one.problem().what().contains("left out"))))
                || made.files().values().stream().anyMatch(text -> text.contains("zqodd"));
    }
}
