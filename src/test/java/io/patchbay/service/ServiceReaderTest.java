package io.patchbay.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.*;
import org.junit.jupiter.api.Test;

class ServiceReaderTest {
    @Test
    void x() throws Exception {
        var r = new ServiceReader().read("routes/services/t.service.yaml", Files.readString(Path.of("/tmp/t.service.yaml")));
        System.out.println(r.problems());
        String text = r.value().get().flow().text();
        System.out.println(text);
        Files.createDirectories(Path.of("/tmp/svchome/routes"));
        Files.writeString(Path.of("/tmp/svchome/routes/t.flow.yaml"), text);
        new ServiceReader().schema();
    }
}
