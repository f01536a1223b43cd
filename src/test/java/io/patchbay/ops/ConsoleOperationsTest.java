package io.patchbay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What buttons of the console say that they need is what the API calls it: another name would close them to everyone. */
class ConsoleOperationsTest {

    private static final Path PAGES = Path.of("src/main/console/src/pages");
    private static final Pattern NEEDS =
            Pattern.compile("(?:needs=\"|needs=\\{\\w+ \\? '|useRefusal\\(')(\\w+)(?:' : '(\\w+))?");
    /** A button that does something, up to what it is called. */
    private static final Pattern ACT = Pattern.compile("<Act\\s+label=(?:\"[^\"]*\"|\\{[^}]*})\\s+(\\w+)=");

    @Test
    void buttonsNameOperationsThatThereAre() throws IOException {
        Set<String> operations = new TreeSet<>();
        new ObjectMapper()
                .readTree(Path.of("src/main/resources/openapi.json").toFile())
                .get("paths")
                .forEach(path -> path.forEach(operation ->
                        operations.add(operation.path("operationId").asText())));
        Set<String> named = new TreeSet<>();
        for (Path page : pages()) {
            NEEDS.matcher(Files.readString(page)).results().forEach(found -> {
                named.add(found.group(1));
                if (found.group(2) != null) {
                    named.add(found.group(2));
                }
            });
        }

        assertThat(named).isNotEmpty().isSubsetOf(operations);
    }

    @Test
    void everyButtonThatDoesSomethingSaysWhatItNeeds() throws IOException {
        int acts = 0;
        for (Path page : pages()) {
            String text = Files.readString(page);
            Matcher act = ACT.matcher(text);
            int found = 0;
            while (act.find()) {
                found++;
                assertThat(act.group(1)).as("%s: %s", page, act.group()).isEqualTo("needs");
            }
            assertThat(found)
                    .as("%s: an <Act> begins with label, then needs", page)
                    .isEqualTo(text.split("<Act\\b", -1).length - 1);
            acts += found;
        }
        assertThat(acts).isGreaterThan(10);
    }

    private static Iterable<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(PAGES)) {
            return files.filter(file -> file.toString().endsWith(".tsx")).toList();
        }
    }
}
