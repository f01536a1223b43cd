package io.patchbay.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Location;
import org.junit.jupiter.api.Test;

/** Other names in a text. */
class RenamingTest {

    private static Location at(int line, int column) {
        return new Location("a.yaml", line, column);
    }

    @Test
    void allButTheNamesStaysToTheLetter() {
        Renaming renaming = new Renaming("a: \uD83D\uDE00 # x\r\n\"b\": [ shop,  'erp' ]\n");

        assertThat(renaming.put(at(2, 15), "erp", "erp-2")).isTrue();
        assertThat(renaming.put(at(2, 8), "shop", "s")).isTrue();
        assertThat(renaming.put(at(2, 8), "shop", "s")).isTrue();
        assertThat(renaming.put(at(2, 1), "b", "c")).isTrue();
        assertThat(renaming.put(at(1, 6), "# x", "# y")).isTrue();
        assertThat(renaming.text()).isEqualTo("a: \uD83D\uDE00 # y\r\n\"c\": [ s,  'erp-2' ]\n");
    }

    @Test
    void aNameThatIsWrittenOtherwiseIsOnlyPutBehindSomething() {
        Renaming renaming = new Renaming("a: \"sh\\x6fp\"\nb: &b shop\n");

        assertThat(renaming.put(at(1, 5), "shop", "erp")).isFalse();
        assertThat(renaming.put(at(1, 5), "shop", "uk/shop")).isTrue();
        assertThat(renaming.put(at(2, 4), "shop", "uk/shop")).isFalse();
        assertThat(renaming.marked(at(2, 4))).isTrue();
        assertThat(renaming.marked(at(1, 5))).isFalse();
        assertThat(renaming.text()).isEqualTo("a: \"uk/sh\\x6fp\"\nb: &b shop\n");
    }
}
