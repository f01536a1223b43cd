package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RestController;

/** {@code mvn -Pdocs test} writes the document anew. */
class OpenApiTest {

    private static final Path FILE = Path.of("src/main/resources/openapi.json");

    @Test
    void shippedDocumentSaysWhatTheResourcesDo() throws Exception {
        String fresh = new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(OpenApiDocument.of(resources()))
                + "\n";
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(FILE, fresh);
        }

        assertThat(Files.readString(FILE)).as("stale: run: mvn -Pdocs test").isEqualTo(fresh);
    }

    @Test
    void everyCallStandsInTheReference() throws Exception {
        String page = Files.readString(Path.of("docs/reference/api.md"));
        JsonNode paths = new ObjectMapper().readTree(FILE.toFile()).get("paths");

        paths.properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(verb -> assertThat(page)
                                .contains("`" + verb.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey() + "`")));
    }

    private static List<Class<?>> resources() throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        List<Class<?>> found = new ArrayList<>();
        for (var bean : scan.findCandidateComponents("io.patchbay.api")) {
            found.add(Class.forName(bean.getBeanClassName()));
        }
        return found;
    }
}
