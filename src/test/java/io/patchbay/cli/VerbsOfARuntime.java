package io.patchbay.cli;

import io.patchbay.api.ApiProgram;
import io.patchbay.api.FakeFlows;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Speaks verbs to the real API, over a flow {@code orders-to-erp}. */
@SpringBootTest(
        classes = ApiProgram.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"patchbay.admin-token=" + ApiProgram.TOKEN, "patchbay.api.max-body=100KB"})
abstract class VerbsOfARuntime {

    @TempDir
    Path folder;

    @LocalServerPort
    private int port;

    @Autowired
    FakeFlows flows;

    @BeforeEach
    void oneFlow() {
        flows.with("orders-to-erp");
        flows.keepsNone();
    }

    final Said say(String... args) {
        return Said.by(folder, environment(), "", args);
    }

    final Map<String, String> environment() {
        return Map.of("PATCHBAY_URL", url(), "PATCHBAY_ADMIN_TOKEN", ApiProgram.TOKEN);
    }

    final String url() {
        return "http://127.0.0.1:" + port;
    }
}
