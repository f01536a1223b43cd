package io.patchbay.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Proofs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SecretProofsTest {

    private static final byte[] CONTENT = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicInteger asked = new AtomicInteger();
    private final SecretProofs proofs = proofs(name -> Optional.empty());

    private SecretProofs proofs(Function<String, Optional<String>> vault) {
        Secrets secrets = new Secrets(
                Map.of("PATCHBAY_SECRET_MAP_KEY", "Jefe", "PATCHBAY_SECRET_SHOP_KEY", "Jefe")::get,
                Path.of("nowhere"),
                name -> {
                    asked.incrementAndGet();
                    return vault.apply(name);
                },
                new Redactor());
        return new SecretProofs(secrets, new OpenSecrets(List.of("MAP_*", "hashicorp:maps/*", "ERP")), clock());
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private static String digest(Proofs proofs, String secret) {
        return HexFormat.of().formatHex(proofs.of(secret, "HmacSHA256", CONTENT));
    }

    // RFC 4231, test case 2.
    @Test
    void theSecretIsTheKey() {
        assertThat(digest(proofs, "MAP_KEY")).isEqualTo(DIGEST);
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> digest(proofs, "MAP_OTHER"))
                .isInstanceOfSatisfying(ExpressionException.class, e -> {
                    assertThat(e.code()).isEqualTo("NO_SECRET");
                    assertThat(e.later()).isFalse();
                })
                .hasMessageContaining("PATCHBAY_SECRET_MAP_OTHER");
        assertThatThrownBy(() -> digest(proofs, "hashicorp:maps/erp#key"))
                .hasMessageContaining("the vault has no secret")
                .hasMessageNotContaining("folder");
    }

    @Test
    void aSecretThatMapsMayNotUseIsRefused() {
        assertThatThrownBy(() -> digest(proofs, "SHOP_KEY"))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("SECRET_NOT_OPEN"))
                .hasMessageContaining("MAP_*")
                .hasMessageContaining("patchbay.secrets.in-maps");
        assertThatThrownBy(() -> digest(proofs, "hashicorp:shop/maps#key")).hasMessageContaining("is not open to maps");
        assertThatThrownBy(() -> digest(proofs, "ERP_KEY")).hasMessageContaining("is not open to maps");
        assertThat(asked).hasValue(0);
    }

    @Test
    void whatASecretLacksIsKnownBeforeItIsUsed() {
        assertThat(proofs.lacks("MAP_KEY")).isNull();
        assertThat(proofs.lacks("MAP_OTHER")).startsWith("there is no secret 'MAP_OTHER'");
        assertThat(proofs.lacks("SHOP_KEY")).startsWith("the secret 'SHOP_KEY' is not open to maps");
        assertThat(proofs.lacks("hashicorp:maps/erp#key")).isNull();
        assertThat(asked).hasValue(0);
    }

    @Test
    void aStarThatStandsElsewhereThanAtTheEndIsRefused() {
        assertThatThrownBy(() -> new OpenSecrets(List.of("MAP_*", "*KEY")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patchbay.secrets.in-maps has names, or beginnings of names that end in *, like MAP_*;"
                        + " '*KEY' is neither");
        assertThatThrownBy(() -> new OpenSecrets(List.of("M**"))).hasMessageContaining("'M**' is neither");
        assertThat(new OpenSecrets(List.of("*")).has("ANY")).isTrue();
    }

    @Test
    void aVaultThatDoesNotAnswerIsAskedAgainByAnotherTry() {
        AtomicReference<RuntimeException> down = new AtomicReference<>(new IllegalStateException("refused"));
        SecretProofs far = proofs(name -> {
            RuntimeException broken = down.getAndSet(null);
            if (broken != null) {
                throw broken;
            }
            return Optional.of("Jefe");
        });

        assertThatThrownBy(() -> digest(far, "hashicorp:maps/erp#key"))
                .isInstanceOfSatisfying(ExpressionException.class, e -> {
                    assertThat(e.code()).isEqualTo("SECRET_UNREACHABLE");
                    assertThat(e.later()).isTrue();
                });
        assertThat(digest(far, "hashicorp:maps/erp#key")).isEqualTo(DIGEST);
    }

    @Test
    void anEmptySecretIsNone() {
        assertThatThrownBy(() -> digest(proofs(name -> Optional.of("")), "hashicorp:maps/erp#key"))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("NO_SECRET"));
    }

    @Test
    void isAskedForOnceInSomeSeconds() {
        SecretProofs far = proofs(name -> Optional.of("Jefe"));

        digest(far, "hashicorp:maps/erp#key");
        now.set(Instant.EPOCH.plusSeconds(4));
        digest(far, "hashicorp:maps/erp#key");
        assertThat(asked).hasValue(1);

        now.set(Instant.EPOCH.plus(Duration.ofSeconds(6)));
        digest(far, "hashicorp:maps/erp#key");
        assertThat(asked).hasValue(2);
    }
}
