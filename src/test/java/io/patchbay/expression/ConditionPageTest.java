package io.patchbay.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionPageTest {

    @ParameterizedTest
    @EnumSource(Operator.class)
    void theReferenceHasEveryOperator(Operator operator) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/reference/conditions.md")))
                .contains("| `" + ConditionReader.word(operator) + "` | " + operator.meaning() + " |");
    }
}
