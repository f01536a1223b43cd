package io.patchbay.connector.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.connector.broker.BrokerAddress.Protocol;
import io.patchbay.connector.broker.BrokerAddress.Server;
import io.patchbay.payload.StepException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerAddressTest {

    @Test
    void namesServersVirtualHostAndTls() throws Exception {
        BrokerAddress address = BrokerAddress.parse("rabbitmq://one:5673, [::1],three/shop?tls=false");

        assertThat(address.protocol()).isEqualTo(Protocol.RABBITMQ);
        assertThat(address.servers())
                .containsExactly(new Server("one", 5673), new Server("::1", 5672), new Server("three", 5672));
        assertThat(address.virtualHost()).isEqualTo("shop");
        assertThat(address.tls()).isFalse();
        assertThat(address.shown()).isEqualTo("rabbitmq://one:5673,[::1]:5672,three:5672/shop");
    }

    @Test
    void isEncryptedUnlessItSaysOtherwise() throws Exception {
        BrokerAddress address = BrokerAddress.parse("amqp://broker.example.com");

        assertThat(address.tls()).isTrue();
        assertThat(address.servers()).containsExactly(new Server("broker.example.com", 5671));
    }

    @Test
    void aSlashAloneIsTheUsualVirtualHost() throws Exception {
        assertThat(BrokerAddress.parse("rabbitmq://one//?tls=true").virtualHost())
                .isEqualTo("/");
        assertThat(BrokerAddress.parse("rabbitmq://one").virtualHost()).isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mqtt://one | is not like kafka://
            kafka://one/folder | has a path
            kafka://ada:secret@one | is not like kafka://
            kafka://one,,two | is not a host with a port
            kafka://one:x | is not a host with a port
            kafka://one?tls=maybe | is neither tls=true
            kafka://one?mechanism=GSSAPI | is neither tls=true
            amqp://one?mechanism=SCRAM-SHA-256 | is for kafka: only
            artemis://one?sslEnabled=false | is neither tls=true
            """)
    void refusesOtherForms(String url, String why) {
        assertThatThrownBy(() -> BrokerAddress.parse(url))
                .isInstanceOf(StepException.class)
                .hasMessageContaining(why);
    }
}
