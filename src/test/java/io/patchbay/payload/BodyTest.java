package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aMediaTypeThatNoStoreWouldTakeSaysNothing(int form) {
        for (String said : new String[] {"a/" + "b".repeat(Body.LONGEST_TYPE), "text/plain\0", "text/plain\r\nX: y"}) {
            assertThat(body(form, said).contentType()).isEqualTo("application/octet-stream");
        }
        assertThat(body(form, "text/plain; charset=utf-8").contentType()).isEqualTo("text/plain; charset=utf-8");
    }

    private static Body body(int form, String type) {
        return form == 0 ? new Body.Bytes(new byte[0], type) : new Body.Stored(Path.of("x"), type, 0);
    }
}
