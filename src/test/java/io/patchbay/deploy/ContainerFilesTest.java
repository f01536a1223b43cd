package io.patchbay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What an image scanner would find fault with. No container engine runs in the build: the layout and the scripts are tried by
 * {@link UnpackedImageIT}.
 */
class ContainerFilesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath();

    /**
     * One instruction of the Dockerfile.
     *
     * @param word in capitals
     * @param rest on one line
     */
    private record Instruction(String word, String rest) {}

    @Test
    void pinsEveryBaseByTag() throws IOException {
        Map<String, String> arguments = words("ARG")
                .map(rest -> rest.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        List<String> stages = new ArrayList<>();
        words("FROM").forEach(rest -> {
            String[] parts = rest.split(" (?i:AS) ", 2);
            String base =
                    parts[0].startsWith("${") ? arguments.get(parts[0].substring(2, parts[0].length() - 1)) : parts[0];
            assertThat(stages.contains(base) || base.matches("[a-z./-]+:[0-9][\\w.-]*[0-9][\\w.-]*"))
                    .as("base %s is a stage or has a version as its tag", base)
                    .isTrue();
            stages.add(parts[1]);
        });
        assertThat(stages).hasSizeGreaterThan(1);
    }

    @Test
    void runsAsNobodyFromTheLastStageOn() throws IOException {
        List<Instruction> last = lastStage();
        assertThat(last.stream().filter(line -> line.word().equals("USER")).map(Instruction::rest))
                .containsExactly("10001:10001");
        int user = indexOf(last, "USER");
        assertThat(last.subList(user, last.size()).stream().map(Instruction::word))
                .as("nothing is built after the rights are dropped")
                .doesNotContain("RUN", "COPY");
    }

    @Test
    void startsJavaWithoutAShellBetween() throws IOException {
        assertThat(lastStage().stream()
                        .filter(line -> line.word().equals("ENTRYPOINT"))
                        .map(Instruction::rest))
                .containsExactly("[\"/opt/patchbay/bin/patchbay\"]");
        assertThat(Files.readString(ROOT.resolve("deploy/bin/patchbay"))).contains("\nexec \"$java\"");
    }

    @Test
    void saysHowItsHealthIsAsked() throws IOException {
        assertThat(lastStage().stream()
                        .filter(line -> line.word().equals("HEALTHCHECK"))
                        .map(Instruction::rest))
                .singleElement()
                .asString()
                .contains("--start-period=", "--timeout=", "CMD [\"/opt/patchbay/bin/healthcheck\"]");
    }

    @Test
    void keepsTheCustomersFoldersOnVolumes() throws IOException {
        assertThat(lastStage().stream()
                        .filter(line -> line.word().equals("VOLUME"))
                        .map(Instruction::rest))
                .containsExactly(
                        "[\"/patchbay/routes\", \"/patchbay/connectors\", \"/patchbay/blueprints\", \"/patchbay/drivers\", \"/patchbay/data\"]");
    }

    @Test
    void bringsNeitherSecretsNorTheExample() throws IOException {
        List<String> fixed = words("ENV").toList();
        assertThat(fixed)
                .noneMatch(text -> text.toUpperCase(Locale.ROOT).matches(".*(TOKEN|PASSWORD|SECRET|PROFILE).*"));
        assertThat(words("ADD")).as("COPY has no surprises").isEmpty();
        assertThat(words("COPY"))
                .noneMatch(rest -> rest.startsWith("routes"))
                .filteredOn(rest -> rest.startsWith("connectors") || rest.startsWith("blueprints"))
                .as("to be installed from, and no home")
                .containsExactly(
                        "connectors /opt/patchbay/library/connectors", "blueprints /opt/patchbay/library/blueprints");
        assertThat(Files.readAllLines(ROOT.resolve(".dockerignore")))
                .contains(
                        "*",
                        "connectors/*/instances",
                        "connectors/sandbox-shop",
                        "blueprints/installed",
                        "blueprints/keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"patchbay", "train", "healthcheck"})
    void stopsAScriptAtItsFirstError(String script) throws IOException {
        Path file = ROOT.resolve("deploy/bin").resolve(script);
        assertThat(Files.isExecutable(file)).isTrue();
        assertThat(Files.readAllLines(file)).contains("set -eu");
    }

    @Test
    void composesWithEveryRightDropped() throws IOException {
        JsonNode service = Json.MAPPER
                .valueToTree(new Load(LoadSettings.builder().build())
                        .loadFromString(Files.readString(ROOT.resolve("deploy/compose.yaml"))))
                .at("/services/patchbay");
        assertThat(service.path("read_only").asBoolean()).isTrue();
        assertThat(service.path("user").asText()).isEqualTo("10001:10001");
        assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
        assertThat(texts(service.path("security_opt"))).contains("no-new-privileges:true");
        assertThat(texts(service.path("tmpfs"))).anyMatch(mount -> mount.startsWith("/tmp"));
        assertThat(texts(service.path("ports"))).contains("127.0.0.1:8080:8080");
        assertThat(service.at("/environment/PATCHBAY_ADMIN_TOKEN").asText())
                .as("asked for, never given")
                .startsWith("${PATCHBAY_ADMIN_TOKEN:?");
        assertThat(service.toString()).doesNotContain("docker.sock", "privileged", "network_mode");
    }

    private static List<String> texts(JsonNode list) {
        List<String> result = new ArrayList<>();
        list.forEach(item -> result.add(item.asText()));
        return result;
    }

    private static Stream<String> words(String word) throws IOException {
        return instructions().stream().filter(line -> line.word().equals(word)).map(Instruction::rest);
    }

    private static List<Instruction> lastStage() throws IOException {
        List<Instruction> all = instructions();
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            from = all.get(i).word().equals("FROM") ? i : from;
        }
        return all.subList(from, all.size());
    }

    private static int indexOf(List<Instruction> lines, String word) {
        return lines.stream().map(Instruction::word).toList().indexOf(word);
    }

    private static List<Instruction> instructions() throws IOException {
        Function<String, Instruction> parse = line -> {
            String[] parts = line.strip().split("\\s+", 2);
            return new Instruction(parts[0].toUpperCase(Locale.ROOT), parts[1]);
        };
        String text = Files.readAllLines(ROOT.resolve("Dockerfile")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(Collectors.joining("\n"));
        return text.replaceAll("\\\\\n\\s*", " ").lines().map(parse).toList();
    }
}
