package io.patchbay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
    static final Pattern YAML = Pattern.compile("(?ms)^```ya?ml\\n(.*?)^```");

    @Test
    void theReadmeIsReadInOneSitting() throws IOException {
        assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThan(150);
    }

    @Test
    void ciRunsWhatTheReadmeSays() throws IOException {
        assertThat(Files.readAllLines(Path.of(".ci/run"))).contains("mvn verify");
        assertThat(Files.readAllLines(Path.of("README.md"))).contains("mvn verify", "mvn -q spring-boot:run");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        List<String> lost = new ArrayList<>();
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            String target = link.group(1);
            if (!target.startsWith("http")
                    && !Files.exists(page.toAbsolutePath().getParent().resolve(target))) {
                lost.add(target);
            }
        }
        assertThat(lost).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyYamlBlockIsYaml(Path page) throws IOException {
        Problems problems = new Problems();
        Matcher block = YAML.matcher(Files.readString(page));
        while (block.find()) {
            new YamlReader().read(page.toString(), block.group(1), problems);
        }
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void everyDecisionStandsInTheIndex() throws IOException {
        String index = Files.readString(Path.of("docs/README.md"));
        try (Stream<Path> records = Files.list(Path.of("docs/decisions"))) {
            assertThat(records.map(record -> record.getFileName().toString()))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(index).contains("(decisions/" + name + ")"));
        }
    }

    static Stream<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of(".github/CONTRIBUTING.md")));
        for (String folder : List.of("docs", "connectors")) {
            if (Files.isDirectory(Path.of(folder))) {
                try (Stream<Path> files = Files.walk(Path.of(folder))) {
                    files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
                }
            }
        }
        return pages.stream();
    }
}
