package io.patchbay.connector.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that are laid over descriptions. */
class OverlayTest {

    private static final String DOCUMENT = """
            info: {title: Shop, x-old: {a: 1}}
            tags: [{name: a}, {name: b}, {name: c}]
            paths:
              /orders:
                get: {parameters: [{name: dummy, in: query}, {name: page, in: query}, {name: dummy, in: header}]}
                post: {x-internal: true}
              "/it's": {get: {summary: odd}}
              /secret: {x-internal: true, get: {}}
            """;

    private final JsonNode document = DescriptionText.read(DOCUMENT);

    private List<String> lay(String actions) {
        return Overlay.read(
                        DescriptionText.read("overlay: 1.0.0\ninfo: {title: t, version: 1.0.0}\nactions:\n" + actions))
                .apply(document);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "$.paths['/orders'].post;                             /orders get, /it's get, /secret x-internal, /secret get",
                "$.paths[?@['x-internal'] == true];                   /orders get, /orders post, /it's get",
                "$.paths.*[?@.x-internal];                            /orders get, /it's get, /secret x-internal, /secret get",
                "$.paths[\"/it's\"];                                  /orders get, /orders post, /secret x-internal, /secret get",
                "$.paths['/it\\'s', '/secret'];                       /orders get, /orders post",
                "$.paths.*.get;                                       /orders post, /secret x-internal",
            })
    void takesAwayWhatTheTargetLeadsTo(String target, String left) {
        lay("  - {target: '" + target.replace("'", "''") + "', remove: true}");

        assertThat(document.path("paths").properties().stream()
                        .flatMap(path -> path.getValue().properties().stream()
                                .map(member -> path.getKey() + " " + member.getKey()))
                        .toList())
                .containsExactly(left.split(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "$.tags[0];           b c",
                "$.tags[-1];        a b",
                "$.tags[0,2]; b",
                "$.tags[1:];  a",
                "$.tags[::2]; b",
                "$.tags[::-2];        b",
                "$.tags[?@.name == 'a' || @.name == 'c']; b",
                "$.tags[?@.name != 'b']; b",
                "$..tags[?(@.name == ',]')]; a b c",
                "$.tags[7]; a b c",
                "$.tags[*];''",
            })
    void itemsAreCountedBeforeAnyOfThemGoes(String target, String left) {
        lay("  - {target: \"" + target + "\", remove: true}");

        assertThat(String.join(" ", document.path("tags").findValuesAsText("name")))
                .isEqualTo(left);
    }

    @Test
    void anUpdateIsMergedIntoObjectsAndAddedToLists() {
        lay("""
              - target: $.info
                update: {title: Better, x-old: {b: 2}}
              - target: $.paths.*.get.parameters
                update: {name: more, in: query}
              - target: $.paths['/orders']
                update: {get: {parameters: [{name: last}], tags: [x]}}
              - target: $.paths['/orders'].get.parameters[?@.name == 'dummy' && @.in == 'query']
                remove: true
            """);

        assertThat(document.path("info")).hasToString("{\"title\":\"Better\",\"x-old\":{\"a\":1,\"b\":2}}");
        assertThat(document.at("/paths/~1orders/get/parameters").findValuesAsText("name"))
                .containsExactly("page", "dummy", "more", "last");
        assertThat(document.at("/paths/~1orders/get/tags")).hasToString("[\"x\"]");
    }

    @Test
    void whatIsAddedInTwoPlacesIsNotShared() {
        lay("""
              - {target: '$.tags[*]', update: {x: {}}}
              - {target: '$.tags[0].x', update: {only: here}}
            """);

        assertThat(document.path("tags").findValues("only")).hasSize(1);
    }

    @Test
    void anActionWithoutEffectIsTold() {
        assertThat(lay("  - {target: $.nothing, remove: true}"))
                .containsExactly("action 1 of the overlay: its target leads to nothing in the document");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{target: $.info.title, update: x};             action 1 of the overlay: its target must lead to objects or lists",
                "{target: $.info, update: x};                   what is laid over an object must be an object",
                "{target: $, remove: true};                     the whole document cannot be taken away",
                "{target: $.info};                              needs a 'target', and 'update' or 'remove: true'",
                "{target: info, remove: true};                  target 'info' must begin with $",
                "{target: '$.tags[', remove: true};             has no ] for its [",
                "{target: '$.a b', remove: true};               must stand in brackets",
                "{target: '$.tags[?length(@.name) > 1]', remove: true};  a function or a regular expression",
                "{target: \"$.tags[?@.name =~ /(a+)+$/]\", remove: true};   a function or a regular expression",
                "{target: '$.tags[?@.name == $.x]', remove: true};       looks back at the root",
                "{target: '$.tags[?@.name ==]', remove: true};           cannot be read",
            })
    void whatCannotBeDoneNamesItsAction(String action, String says) {
        assertThatThrownBy(() -> lay("  - " + action))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("action 1 of the overlay")
                .hasMessageContaining(says);
    }

    @Test
    void anOverlayCannotMakeADocumentEndless() {
        String growing = "  - {target: '$..*', update: {a: {b: {c: {}}}}}\n  - {target: '$.info', update: {o: {}}}\n";

        assertThatThrownBy(
                        () -> lay("  - {target: '$.info.x-old.a', remove: true}\n  - {target: '$.tags', remove: true}\n"
                                + "  - {target: '$.info.title', remove: true}\n"
                                + "  - {target: '$.paths', remove: true}\n" + growing.repeat(60)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(too large|too many places|too deep).*");
    }

    @Test
    void anotherVersionIsRefused() {
        assertThatThrownBy(
                        () -> Overlay.read(DescriptionText.read("overlay: 1.1.0\nactions: [{target: $, update: {}}]")))
                .hasMessageContaining("version 1.1.0, and 1.0 is read here");
        assertThatThrownBy(() -> Overlay.read(DescriptionText.read("openapi: 3.0.0")))
                .hasMessageContaining("no overlay");
    }
}
