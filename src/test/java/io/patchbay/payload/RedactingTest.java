package io.patchbay.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactingTest {

    private static final UnaryOperator<String> SECRET = text -> text.replace("Grüße123", "***");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aSecretIsFoundWhereTheContentEndsWithinACharacter(int missing) {
        byte[] whole = "{\"key\":\"Grüße123\",\"note\":\"\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(whole, whole.length - missing);

        byte[] clean = Redacting.redacted(cut, SECRET);

        assertThat(new String(clean, StandardCharsets.UTF_8)).startsWith("{\"key\":\"***\",\"note\":\"");
        assertThat(clean).endsWith(Arrays.copyOfRange(whole, whole.length - 4, whole.length - missing));
    }

    @Test
    void whatIsNoUtf8ComesBackAsItWas() {
        byte[] content = {(byte) 0xff, 'a', (byte) 0xe4, 'b', (byte) 0xc3};

        assertThat(Redacting.redacted(content, text -> text.replace("x", "***")))
                .isEqualTo(content);
        assertThat(Redacting.redacted(content, text -> text.replace("a", "***")))
                .isEqualTo(new byte[] {(byte) 0xff, '*', '*', '*', (byte) 0xe4, 'b', (byte) 0xc3});
    }
}
