package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticationPageTest {

    /** Blocks that are parts of a connector; a whole one, which needs its script, is run by ScriptPagesTest. */
    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(?!connector:)(.*?)^```");

    @TempDir
    Path home;

    @Test
    void everyExampleOfThePageIsTaken() throws Exception {
        Matcher block = YAML.matcher(Files.readString(Path.of("docs/reference/authentication.md")));
        int found = 0;
        while (block.find()) {
            found++;
            Path file = home.resolve("connectors/shop" + found + "/connector.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, """
                    connector: shop%d
                    version: 1.0.0
                    settings:
                      properties: {clientId: {}, tokenId: {}, certificate: {}}
                      secrets: [apiKey, password, privateKey, clientSecret, tokenSecret]
                    requester: {baseUrl: 'https://shop.example.com'}
                    %sendpoints:
                      login.post: {kind: action, method: POST, path: /login}
                      logout.post: {kind: action, method: POST, path: /logout}
                    """.formatted(found, block.group(1)));
        }

        CatalogReader.Reading reading = new CatalogReader(home).read(List.of(home), Catalog.EMPTY);

        assertThat(found).isEqualTo(9);
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.catalog().connectors()).hasSize(found);
    }
}
