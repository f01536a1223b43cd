package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that become fixtures. */
class RecordingTest {

    @TempDir
    Path connectors;

    private String recorded(String answer) throws IOException {
        Files.createDirectories(connectors.resolve("shop"));
        Files.writeString(connectors.resolve("shop/connector.yaml"), "connector: shop\n");
        JsonNode call = new ObjectMapper().readTree(answer.replace('`', '"'));
        return Files.readString(new Recording(call, "a.list").write(connectors, "shop", "one", Json.object(), null));
    }

    @Test
    void linksToTheSystemItselfLeadToWhereverTheFixtureIsPlayed() throws IOException {
        String fixture = recorded("""
                {`good`: true, `records`: 1, `text`: `{\\`next\\`: \\`https://a.example.com:8443/o?page=2\\`, \\`all\\`: [\\`https://a.example.com:8443\\`,
                 \\`https://a.example.com:84430/x\\`, \\`https://a.example.com/x\\`]}`,
                 `requests`: [{`method`: `GET`, `target`: `https://a.example.com:8443/o?page=1`, `status`: 200, `at`: `2026-01-01T00:00:00Z`,
                   `requestHeaders`: {}, `responseHeaders`: {`Link`: `<https://a.example.com:8443/o?page=2>; rel=next`}}]}
                """.replace("\n ", " "));

        assertThat(fixture)
                .contains("{origin}/o?page=2>; rel=next")
                .contains("next: '{origin}/o?page=2'")
                .contains("'{origin}', 'https://a.example.com:84430/x', 'https://a.example.com/x'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {`requests`: [], `sentence`: `there is no secret TOKEN`} | no request was made, because there is no secret TOKEN; mend that and call again.
            {`requests`: [{`method`: `list`}]}                       | only HTTP calls are recorded; write a fixture
            {`requests`: [{`method`: `GET`}], `cut`: true}           | the answer is too large; ask for less of it with --with
            {`requests`: [{`method`: `GET`}], `base64`: `AA==`}      | withoutFixture: { a.list: … }
            """)
    void whatCannotBeRecordedSaysWhyAndWhatToDo(String answer, String says) {
        assertThatThrownBy(() -> recorded(answer))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("Nothing was recorded: ")
                .hasMessageContaining(says);
    }
}
