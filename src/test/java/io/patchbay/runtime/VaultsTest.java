package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.Test;

/** What a vault's function of Camel says, through Camel. */
class VaultsTest {

    private static final class Vault implements PropertiesFunction {
        private final UnaryOperator<String> vault;

        Vault(UnaryOperator<String> vault) {
            this.vault = vault;
        }

        @Override
        public String getName() {
            return "hashicorp";
        }

        @Override
        public String apply(String remainder) {
            return vault.apply(remainder);
        }
    }

    private static final class ResourceNotFoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static java.util.Optional<String> asked(UnaryOperator<String> vault) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.getPropertiesComponent().addPropertiesFunction(new Vault(vault));
            camel.start();
            return ConnectorConfiguration.vault(camel, "hashicorp:shop#key");
        }
    }

    @Test
    void hasASecretOrNone() throws Exception {
        assertThat(asked(name -> "of " + name)).contains("of shop#key");
        assertThat(asked(name -> null)).isEmpty();
        assertThat(asked(name -> {
                    throw new ResourceNotFoundException();
                }))
                .isEmpty();
    }

    @Test
    void whoseClientWrapsWhatItIsToldHasNone() throws Exception {
        assertThat(asked(name -> {
                    RuntimeException found = new ResourceNotFoundException();
                    found.initCause(new IllegalStateException("status 5"));
                    throw new RuntimeCamelException(found);
                }))
                .isEmpty();
    }

    @Test
    void thatCamelDoesNotKnowHasNoSecretAndNotItsName() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();

            assertThat(ConnectorConfiguration.vault(camel, "hashicorp:secret/shop#token"))
                    .isEmpty();
        }
    }

    @Test
    void thatDoesNotAnswerIsNoVaultWithoutTheSecret() {
        assertThatThrownBy(() -> asked(name -> {
                    throw new RuntimeCamelException("connection refused");
                }))
                .hasMessageContaining("connection refused");
        assertThatThrownBy(() -> asked(name -> {
                    throw new IllegalStateException("sealed", new java.net.ConnectException("refused"));
                }))
                .isInstanceOf(RuntimeException.class);
    }
}
