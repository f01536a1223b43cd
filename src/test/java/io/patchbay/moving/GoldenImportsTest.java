package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.moving.Import.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each exported file among the resources becomes what stands beside it; {@code -Dmoving.write=true} writes that anew. */
class GoldenImportsTest {

    static List<Arguments> exports() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            try (Stream<Path> files = Files.list(Imports.RESOURCES.resolve(dialect.word()))) {
                files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .forEach(file -> all.add(Arguments.of(
                                dialect, file.getFileName().toString().replace(".json", ""))));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("exports")
    void anExportBecomesTheSameFilesAndProblems(Dialect dialect, String name) throws IOException {
        String made = Imports.shown(Imports.file(dialect, name));
        Path golden = Imports.RESOURCES.resolve(dialect.word()).resolve(name + ".made.txt");
        if (Boolean.getBoolean("moving.write")) {
            Files.writeString(golden, made);
        }
        assertThat(made).isEqualTo(Files.readString(golden));
    }
}
