package io.patchbay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.patchbay.connector.CatalogReader;
import io.patchbay.flow.FlowReader;
import io.patchbay.shape.Shapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Run with -Dpatchbay.update=true to write the schemas anew. */
class SchemaFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/schema");
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    record Case(String file, ObjectNode schema) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Case> ours() {
        return Stream.concat(
                Stream.of(new Case("flow.schema.json", new FlowReader(Shapes.all()).schema())),
                CatalogReader.schemas().entrySet().stream().map(one -> new Case(one.getKey(), one.getValue())));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void shippedSchemaIsWhatTheReadersTake(Case one) throws IOException {
        String fresh = JSON.writeValueAsString(one.schema()) + "\n";
        Path file = FOLDER.resolve(one.file());
        if (Boolean.getBoolean("patchbay.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, fresh);
        }

        assertThat(Files.readString(file))
                .as("stale: run this test with -Dpatchbay.update=true")
                .isEqualTo(fresh);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void schemaIsOneItself(Case one) {
        JsonSchema meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(java.net.URI.create("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(one.schema())).isEmpty();
    }
}
