package io.patchbay;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "spring.datasource.url=jdbc:h2:mem:app")
class AppTest {

    @Autowired
    private CamelContext camel;

    @Test
    void startsWithARunningCamelContext() {
        assertThat(camel.isStarted()).isTrue();
        assertThat(camel.getName()).isEqualTo("patchbay");
    }
}
