package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Messages that lie aside, as an operator sees them. */
@OverHttp
class AsideHttpTest {

    private static final String PATH = "/api/v1/aside";
    private static final String ID = "2026-11-28T10-00-00-5Z-0a1b2c3d";

    private ApiFixture api;
    private Path flow;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) throws Exception {
        api = new ApiFixture(context);
        flow = Files.createDirectories(ApiProgram.ASIDE.resolve("orders"));
        Files.writeString(flow.resolve(ID + ".body"), "too large");
        Files.writeString(
                flow.resolve(ID + ".json"),
                "{\"why\": \"it is too large\", \"at\": \"2026-11-28T10:00:00Z\", \"contentType\": \"text/plain\", \"size\": 9}");
        Files.writeString(flow.resolve("notes.json"), "not ours");
    }

    @Test
    void areListedWithTheReasonAndDeletedWithTheirContent() throws Exception {
        JsonNode list = api.ok(api.get(PATH), PATH, "get").path("data");
        assertThat(list).hasSize(1);
        assertThat(list.get(0).path("flow").asText()).isEqualTo("orders");
        assertThat(list.get(0).path("why").asText()).isEqualTo("it is too large");

        api.ok(api.post(PATH + "/orders/" + ID + "/discard", ""), PATH + "/{flow}/{id}/discard", "post");

        assertThat(flow.resolve(ID + ".json")).doesNotExist();
        assertThat(flow.resolve(ID + ".body")).doesNotExist();
        problem(api.post(PATH + "/orders/" + ID + "/discard", ""), 404, "There is no message 'orders/" + ID + "'");
    }

    @Test
    void nothingElseIsDeleted() throws Exception {
        problem(api.post(PATH + "/orders/notes/discard", ""), 404, "There is no message");
        problem(api.post(PATH + "/nope/" + ID + "/discard", ""), 404, "There is no message");

        assertThat(flow.resolve("notes.json")).exists();
    }
}
