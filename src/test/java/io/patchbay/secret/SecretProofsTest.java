package io.patchbay.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.expression.ExpressionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretProofsTest {

    private final SecretProofs proofs = new SecretProofs(new Secrets(
            Map.of("PATCHBAY_SECRET_ERP_KEY", "Jefe")::get,
            Path.of("nowhere"),
            name -> Optional.empty(),
            new Redactor()));

    // RFC 4231, test case 2.
    @Test
    void theSecretIsTheKey() {
        byte[] content = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);

        assertThat(HexFormat.of().formatHex(proofs.of("ERP_KEY", "HmacSHA256", content)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> proofs.of("SHOP_KEY", "HmacSHA256", new byte[0]))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("NO_SECRET"))
                .hasMessageContaining("PATCHBAY_SECRET_SHOP_KEY");
    }
}
