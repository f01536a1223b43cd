package io.patchbay.payload.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SchemaPlaceTest {

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aSchemaThatRefersToItselfManyTimesIsReadOnce() {
        ObjectNode schema = Json.NODES.objectNode();
        schema.putObject("properties").putObject("a");
        schema.putArray("required").add("a");
        ArrayNode all = schema.putArray("allOf");
        for (int i = 0; i < 30; i++) {
            all.addObject().put("$ref", "#").putArray("required").add("b" + i);
        }

        assertThat(SchemaPlace.record(schema).required()).hasSize(31).contains("a", "b0", "b29");
    }
}
