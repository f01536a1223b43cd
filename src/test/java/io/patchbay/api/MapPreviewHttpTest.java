package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Previews of maps as a caller sees them. */
@OverHttp
class MapPreviewHttpTest {

    private static final String PATH = "/api/v1/flows/{id}/map-preview";
    private static final String HERE = "/api/v1/flows/mapped/map-preview";

    private ApiFixture api;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void tellsWhatEachFieldDoes() throws Exception {
        JsonNode preview = api.ok(
                api.post(HERE, "{\"sample\":[{\"id\":7,\"total\":\"1.5\"},{\"id\":8,\"total\":\"x\"}]}"), PATH, "post");

        assertThat(preview.get("good").asBoolean()).isFalse();
        assertThat(preview.get("result")).hasToString("[{\"no\":7,\"total\":1.5}]");
        assertThat(preview.at("/records/0/fields/1/outcome").asText()).isEqualTo("written");
        assertThat(preview.at("/records/0/fields/1/values/0/in").asText()).isEqualTo("1.5");
        assertThat(preview.at("/records/0/fields/1/values/0/steps/0/function").asText())
                .isEqualTo("number");
        assertThat(preview.at("/records/1/failure/function").asText()).isEqualTo("number");
        assertThat(preview.at("/records/1/failure/line").asInt()).isEqualTo(7);
        assertThat(preview.at("/records/1/number").asInt()).isEqualTo(2);
    }

    @Test
    void triesATextThatIsNotDeployed() throws Exception {
        JsonNode preview = api.ok(
                api.post(
                        "/api/v1/flows/new/map-preview",
                        "{\"text\":\"flow: new\\nshapes:\\n  - map: { fields: [ { to: a, from: b } ] }\\n\",\"sample\":{\"b\":1}}"),
                PATH,
                "post");
        JsonNode wrong = api.ok(
                api.post(
                        "/api/v1/flows/new/map-preview",
                        "{\"text\":\"flow: new\\nshapes:\\n  - mop: {}\\n\",\"sample\":{}}"),
                PATH,
                "post");

        assertThat(preview.get("result")).hasToString("{\"a\":1}");
        assertThat(wrong.get("result").isNull()).isTrue();
        assertThat(wrong.at("/problems/0/hint").asText()).isEqualTo("did you mean 'map'?");
    }

    @Test
    void refusesWhatCannotBeTried() throws Exception {
        problem(api.post("/api/v1/flows/nope/map-preview", "{\"sample\":{}}"), 404, "There is no flow 'nope'.");
        problem(api.post(HERE, "{}"), 400, "sample is missing");
        problem(api.post(HERE, "{\"sample\":{},\"shape\":\"mapp\"}"), 400, "did you mean 'map'?");
        problem(api.post(HERE, "{\"sample\":{},\"records\":\"orders\"}"), 400, "must begin with $");
        problem(api.post(HERE, "{\"sample\":{},\"meta\":1}"), 400, "meta must be an object");
        problem(api.post(HERE, "{\"sample\":\"" + "x".repeat(4 << 20) + "\"}"), 413, "");
    }

    @Test
    void triesContentOfOtherFormats() throws Exception {
        JsonNode rows = api.ok(
                api.post(
                        HERE,
                        "{\"sampleText\":\"id;total\\n7;1.5\\n8;2\\n\",\"content\":{\"format\":\"csv\",\"csv\":{\"delimiter\":\";\"}}}"),
                PATH,
                "post");
        JsonNode one = api.ok(
                api.post(HERE, "{\"sampleText\":\"id,total\\n7,1.5\\n8,2\\n\",\"format\":\"csv\",\"record\":2}"),
                PATH,
                "post");
        String xml = Base64.getEncoder()
                .encodeToString("<o><r><id>é</id><total>1</total></r></o>".getBytes(StandardCharsets.UTF_8));
        JsonNode bytes =
                api.ok(api.post(HERE, "{\"sampleBase64\":\"" + xml + "\",\"records\":\"$.o.r\"}"), PATH, "post");

        assertThat(rows.get("result")).hasToString("[{\"no\":\"7\",\"total\":1.5},{\"no\":\"8\",\"total\":2}]");
        assertThat(one.get("result")).hasToString("[{\"no\":\"8\",\"total\":2}]");
        assertThat(one.at("/records/0/number").asInt()).isEqualTo(2);
        assertThat(bytes.get("result")).hasToString("{\"no\":\"é\",\"total\":1}");
    }

    @Test
    void refusesContentThatCannotBeRead() throws Exception {
        problem(api.post(HERE, "{\"sample\":{},\"sampleText\":\"a\"}"), 400, "Only one sample can be tried");
        problem(api.post(HERE, "{\"sample\":{},\"format\":\"csv\"}"), 400, "format and content belong to sampleText");
        problem(api.post(HERE, "{\"sampleBase64\":\"?\"}"), 400, "sampleBase64 is not Base64");
        problem(api.post(HERE, "{\"sampleText\":\"a\",\"format\":\"xlsz\"}"), 400, "did you mean 'xlsx'?");
        problem(api.post(HERE, "{\"sampleText\":\"{\",\"format\":\"json\"}"), 400, "The sample cannot be read as json");
        problem(api.post(HERE, "{\"sampleText\":\"a\",\"format\":\"csv\",\"record\":0}"), 400, "from 1");
        problem(api.post(HERE, "{\"sampleText\":\"a\\n1\",\"format\":\"csv\",\"record\":2}"), 400, "it has 1 record.");
        problem(
                api.post(HERE, "{\"sampleText\":\"a\",\"content\":{\"format\":\"auto\",\"unpack\":\"zip\"}}"),
                400,
                "not packed");
    }
}
