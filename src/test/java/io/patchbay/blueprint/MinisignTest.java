package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys and signatures are of the tool itself, as its other implementations test with them. */
class MinisignTest {

    static final String KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
    private static final byte[] CONTENT = "test".getBytes(StandardCharsets.UTF_8);
    private static final String PLAIN = """
            untrusted comment: signature from minisign secret key
            RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA=
            trusted comment: timestamp:1555779966\tfile:test
            QtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==
            """;
    private static final String HASHED = """
            untrusted comment: signature from minisign secret key
            RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
            trusted comment: timestamp:1556193335\tfile:test
            y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==
            """;

    private final List<Minisign.Key> keys = List.of(Minisign.Key.parse(KEY).orElseThrow());

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, HASHED})
    void knowsWhatItsKeySigned(String signature) {
        assertThat(Minisign.verified(CONTENT, signature, keys).id()).isEqualTo("E7620F1842B4E81F");
        assertThat(Minisign.Key.parse("untrusted comment: minisign public key E7620F1842B4E81F\n" + KEY + "\n"))
                .hasValueSatisfying(key -> assertThat(key).hasToString("E7620F1842B4E81F"));
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, HASHED})
    void otherContentOrAnotherCommentIsNotSigned(String signature) {
        assertThatThrownBy(() -> Minisign.verified("Test".getBytes(StandardCharsets.UTF_8), signature, keys))
                .isInstanceOf(BlueprintException.class)
                .hasMessageContaining("changed after it was signed with E7620F1842B4E81F");
        assertThatThrownBy(() -> Minisign.verified(CONTENT, signature.replace("timestamp:1", "timestamp:2"), keys))
                .hasMessageContaining("changed after it was signed");
    }

    @Test
    void aKeyThatNobodyTrustsIsNone() {
        assertThatThrownBy(() -> Minisign.verified(CONTENT, PLAIN, List.of()))
                .hasMessageContaining("signed with the key E7620F1842B4E81F, which is not trusted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "untrusted comment: a\nRWQ=\ntrusted comment: b\nRWQ=",
                "untrusted comment: a\n????\ntrusted comment: b\n????",
                "untrusted comment: a\nRWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA="
            })
    void whatIsNoSignatureIsSaidToBeNone(String signature) {
        assertThatThrownBy(() -> Minisign.verified(CONTENT, signature, keys))
                .isInstanceOf(BlueprintException.class)
                .hasMessage("its signature is none of minisign");
    }

    @Test
    void whatIsNoKeyIsNone() {
        assertThat(Minisign.Key.parse("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO"))
                .isEmpty();
        assertThat(Minisign.Key.parse("RUQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"))
                .isEmpty();
        assertThat(Minisign.Key.parse("a\nb\n" + KEY)).isEmpty();
        assertThat(Minisign.Key.parse("")).isEmpty();
    }
}
