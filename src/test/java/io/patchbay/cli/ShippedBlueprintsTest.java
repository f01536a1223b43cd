package io.patchbay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.blueprint.Answers;
import io.patchbay.blueprint.Blueprints;
import io.patchbay.blueprint.Plan;
import io.patchbay.blueprint.Shown;
import io.patchbay.home.Home;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The blueprints that come with the program: each installs twice, its tests pass whatever was answered, and it goes without a trace. */
class ShippedBlueprintsTest {

    private static final Path REPOSITORY = Path.of("").toAbsolutePath();

    /** Answers to questions that have none of their own, or whose form is their own: that of the first install, that of the second. */
    private static final Map<String, List<String>> TEXTS = Map.ofEntries(
            Map.entry("account", List.of("1234567", "1234567-sb1")),
            Map.entry("apiKey", List.of("ABC123", "DEF-456")),
            Map.entry("appKey", List.of("abc123", "def456")),
            Map.entry("certificateId", List.of("cert-1", "cert-2")),
            Map.entry("channel", List.of("Web", "Shop UK")),
            Map.entry("clientId", List.of("demo1234", "demo5678")),
            Map.entry("consumerKey", List.of("ck_0123", "ck_4567")),
            Map.entry("customer", List.of("WEB", "C-77")),
            Map.entry("delimiter", List.of(",", ";")),
            Map.entry("discountItem", List.of("none", "77")),
            Map.entry("folder", List.of("stock", "out/stock")),
            Map.entry("from", List.of("shop@example.com", "uk@example.com")),
            Map.entry("guest", List.of("none", "99")),
            Map.entry("host", List.of("one.example.com", "two.example.com")),
            Map.entry("location", List.of("2", "3")),
            Map.entry("price", List.of("price", "price_gbp")),
            Map.entry("prefix", List.of("WEB-", "UK-")),
            Map.entry("quantityColumn", List.of("quantity", "free to sell")),
            Map.entry("service", List.of("STD48", "EXPRESS: 24 h")),
            Map.entry("shippingAccount", List.of("40400", "40500")),
            Map.entry("shop", List.of("acme", "acme-uk")),
            Map.entry("shopLocation", List.of("7", "8")),
            Map.entry("skuColumn", List.of("sku", "Item no")),
            Map.entry("status", List.of("processing", "completed")),
            Map.entry("store", List.of("shop.example.com", "shop.example.com/uk")),
            Map.entry("storeHash", List.of("abc123", "def456")),
            Map.entry("subsidiary", List.of("1", "2")),
            Map.entry("tag", List.of("TikTok Shop", "TikTok: UK")),
            Map.entry("tell", List.of("stock", "stock@example.com")),
            Map.entry("tenantId", List.of("acme.onmicrosoft.com", "00000000-0000-4000-8000-000000000001")),
            Map.entry("text", List.of("description", "web_text")),
            Map.entry("to", List.of("boss@example.com", "uk@example.com")),
            Map.entry("user", List.of("acme", "uk@example.com")),
            Map.entry("username", List.of("api", "uk")),
            Map.entry("vendor", List.of("brand", "maker")),
            Map.entry("zone", List.of("Europe/London", "Pacific/Auckland")));

    @TempDir
    Path homes;

    @TestFactory
    Stream<DynamicTest> installTwiceAndGoWithoutATrace() throws IOException {
        try (Stream<Path> folders = Files.list(REPOSITORY.resolve("blueprints"))) {
            List<String> ids = folders.map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
            return ids.stream().map(id -> DynamicTest.dynamicTest(id, () -> installedTwiceAndGone(id)));
        }
    }

    private void installedTwiceAndGone(String id) throws Exception {
        Path home = Files.createDirectory(homes.resolve(id));
        Blueprints blueprints = blueprints(home);
        assertThat(blueprints.offered())
                .filteredOn(one -> one.id().equals(id))
                .singleElement()
                .satisfies(one -> assertThat(one.problems()).isEmpty());
        assertThat(REPOSITORY.resolve("blueprints").resolve(id).resolve("README.md"))
                .isNotEmptyFile();
        Shown shown = blueprints.show(id);

        Plan first = blueprints.planInstall(id, null, new Answers(answers(shown, 0), Map.of(), Map.of()));
        assertThat(first.obstacles()).isEmpty();
        assertThat(blueprints.carryOut(first)).as("tests of %s", id).isPositive();

        Map<String, String> instances =
                shown.instances().stream().collect(Collectors.toMap(Shown.Need::name, need -> need.name() + "-uk"));
        Plan second = blueprints.planInstall(id, "uk", new Answers(answers(shown, 1), instances, Map.of()));
        assertThat(second.obstacles()).isEmpty();
        assertThat(blueprints.carryOut(second))
                .as("tests of %s under another name", id)
                .isPositive();

        blueprints.carryOut(blueprints.planRemoval("uk", false));
        blueprints.carryOut(blueprints.planRemoval(id, false));
        assertThat(files(home)).isEmpty();
    }

    /** All questions answered; where {@code turn} is 1 otherwise than they are by themselves. */
    private static Map<String, String> answers(Shown shown, int turn) {
        Map<String, String> answers = new TreeMap<>();
        for (Shown.Asked asked : shown.questions()) {
            String otherwise = asked.otherwise();
            String other = switch (asked.type()) {
                case "choice" ->
                    asked.choices().stream()
                            .filter(choice -> !choice.equals(otherwise))
                            .findFirst()
                            .orElseThrow();
                case "boolean" -> String.valueOf(!Boolean.parseBoolean(otherwise));
                case "number" -> new BigDecimal(otherwise).add(BigDecimal.ONE).toPlainString();
                case "duration" -> "7m";
                default -> otherwise;
            };
            String text =
                    TEXTS.getOrDefault(asked.name(), List.of(otherwise, other)).get(turn);
            answers.put(asked.name(), asked.type().equals("text") ? text : turn == 0 ? otherwise : other);
        }
        return answers;
    }

    private static Blueprints blueprints(Path home) {
        Terminal terminal = new Terminal(
                Map.of(), home, new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), Clock.systemUTC());
        return new Blueprints(
                new Home(home), List.of(REPOSITORY), Map.of(), Clock.systemUTC(), new TrialOfHome(terminal));
    }

    private static List<Path> files(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .map(home::relativize)
                    .filter(file -> !file.endsWith(".lock")) // stays, so that two programs find the same one
                    .toList();
        }
    }
}
