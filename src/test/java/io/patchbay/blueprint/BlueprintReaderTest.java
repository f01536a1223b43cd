package io.patchbay.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlueprintReaderTest {

    @TempDir
    Path folder;

    private Bench bench() {
        return new Bench(folder);
    }

    @Test
    void aFolderWithAFlowIsABlueprint() throws IOException {
        Bench bench = bench();
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW, "README.md", "# Orders\n"));

        assertThat(problems(bench)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.net",
                "EVIL.net:8443",
                "evil.net.",
                "sftp.evil.net",
                "'good.example.com,evil.net:9092'",
                "10.0.0.7",
                "localhost:8099",
                "'[::1]:443'",
                "example.com.evil.net"
            })
    void aHostInTheSettingsOfAnInstanceHasToBePermitted(String host) throws IOException {
        assertThat(problems(instance(host)))
                .extracting(Problem::what)
                .singleElement()
                .asString()
                .startsWith("its files need the host '");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example.com",
                "acme",
                "2026-01",
                "'1.5'",
                "api@evil.net",
                "'${secret.KEY}'",
                "wms.known.net"
            })
    void whatIsNoHostOrNobodysOrPermittedIsNone(String value) throws IOException {
        assertThat(problems(instance(value))).isEmpty();
    }

    private Bench instance(String host) throws IOException {
        Bench bench = bench();
        bench.blueprint(
                "1.0.0",
                Map.of(
                        "routes/orders.flow.yaml",
                        Bench.FLOW,
                        "connectors/shop/instances/shop.yaml",
                        "instance: shop\nconnector: shop\nsettings: { host: " + host + " }\n"));
        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0") + "connectors: { shop: 1.0.0 }\ninstances: { shop: { connector: shop,"
                        + " title: x } }\npermissions: { hosts: ['*.known.net'], secrets: [KEY] }\n");
        return bench;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            blueprint: other                                        | BAD_NAME        | the folder is called 'orders', the blueprint 'other'
            blueprint: Orders                                       | BAD_NAME        | kebab-case
            version: 1.0                                            | BAD_VALUE       | three numbers
            version: 1.0.x                                          | BAD_VALUE       | three numbers
            picture: ../p.svg                                       | BAD_VALUE       | picture.svg
            pictures: a.svg                                         | UNKNOWN_KEY     | picture
            instances: { shop: { connector: shop, title: x } }      | UNKNOWN_CONNECTOR | not among 'connectors'
            connectors: { shop: 1.0.0 }\\ninstances: { shop: { connector: shop, title: x } } | NO_INSTANCE | connectors/shop/instances/shop.yaml
            questions: { a: { title: x, sets: [ nowhere ] } }       | BAD_PLACE       | no place
            questions: { a: { title: x, sets: [ 'routes/x.flow.yaml#a' ] } } | BAD_PLACE | no such file
            questions: { a: { title: x, sets: [ 'routes/orders.flow.yaml#variables.currencies' ] } } | BAD_PLACE | no single value
            questions: { a: { title: x, sets: [ 'routes/orders.flow.yaml#variables' ] } } | BAD_PLACE | no single value
            questions: { a: { title: x, type: choice, sets: [] } }  | BAD_VALUE       | choices
            questions: { a: { title: x, type: duration, otherwise: soon, sets: [] } } | BAD_VALUE | duration
            questions: { a: { title: x, pattern: '(', otherwise: b, sets: [] } } | BAD_VALUE | regular expression
            """)
    void saysWhatIsWrongWithTheManifest(String lines, String code, String what) throws IOException {
        Bench bench = bench();
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW));
        String own = lines.replace("\\n", "\n") + "\n";
        String key = own.substring(0, own.indexOf(':') + 1);
        StringBuilder manifest = new StringBuilder();
        Bench.MANIFEST
                .formatted("1.0.0")
                .lines()
                .filter(line -> !line.startsWith(key))
                .forEach(line -> manifest.append(line).append('\n'));
        Bench.write(bench.blueprint().resolve("blueprint.yaml"), manifest + own);

        assertThat(problems(bench)).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.toString()).contains(what).contains("blueprints/orders/blueprint.yaml:");
            assertThat(problem.hint()).as("how to mend it").isNotBlank();
        });
    }

    @Test
    void whatItReachesIsWhatItSays() throws IOException {
        Bench bench = bench();
        bench.blueprint(
                "1.0.0",
                Map.of(
                        "routes/orders.flow.yaml", Bench.FLOW,
                        "routes/scripts/tidy.js", "function handle(x) { return x; }",
                        "connectors/shop/connector.yaml",
                                "connector: shop\nrequester: { baseUrl: 'https://evil.example.net' }\nkey: '${secret.KEY}'\nother: \"${ secret['vault:a#b'] }\"\n"));

        assertThat(problems(bench))
                .extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "its files need the secret 'KEY', and permissions.secrets does not name it",
                        "its files need the secret 'vault:a#b', and permissions.secrets does not name it",
                        "its files need the file of code 'tidy.js', and permissions.scripts does not name it",
                        "its files need the host 'evil.example.net', and permissions.hosts does not name it",
                        "connectors/shop/connector.yaml is of connector 'shop', which is not among 'connectors'");

        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0")
                        + "connectors: { shop: 1.0.0 }\npermissions: { hosts: ['*.example.net'], secrets: [KEY, 'vault:a#b'], scripts: [tidy.js] }\n");
        assertThat(problems(bench)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            key: "${secret\\x2eDB_PASSWORD}"                  | the secret 'DB_PASSWORD'
            key: "$\\x7bsecret.DB_PASSWORD}"                  | the secret 'DB_PASSWORD'
            key: '${secret["DB_PASSWORD"]}'                    | the secret 'DB_PASSWORD'
            key: '${ secret [ flow.name ] }'                   | the secret '${ secret [ flow.name ] }'
            hmac: { secret: DB_PASSWORD }                      | the secret 'DB_PASSWORD'
            url: https://good.example.com@evil.example.net/x   | the host 'good.example.com@evil.example.net'
            url: "\\x68ttps://evil.example.net"               | the host 'evil.example.net'
            url: 'https://${settings.a}.example.net'           | the host '*.example.net'
            url: 'sftp://evil.example.net:22/x'                | the host 'evil.example.net'
            call: { instance: theirs }                         | the instance 'theirs'
            uri: 'connector:theirs/orders.list'                | the instance 'theirs'
            """)
    void nothingThatIsReachedIsHidden(String line, String what) throws IOException {
        Bench bench = bench();
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW + line + "\n"));
        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0") + "permissions: { hosts: [good.example.com] }\n");

        assertThat(problems(bench))
                .extracting(Problem::what)
                .anySatisfy(problem -> assertThat(problem).contains(what));
    }

    @Test
    void anInstanceThatAnEnvironmentOrAServiceCallsHasToBeNamed() throws IOException {
        Bench bench = bench();
        bench.blueprint(
                "1.0.0",
                Map.of(
                        "routes/orders.flow.yaml", Bench.FLOW,
                        "routes/ship.service.yaml", "service: ship\nsource: { instance: theirs }\n",
                        "routes/environments/trial.yaml",
                                "environment: trial\nreplace: { instances: { one: another } }\nflows: [ orders ]\n"));

        assertThat(problems(bench))
                .extracting(Problem::what)
                .containsExactlyInAnyOrder(
                        "its flows call the instance 'another', which is not among 'instances'",
                        "its flows call the instance 'one', which is not among 'instances'",
                        "its flows call the instance 'theirs', which is not among 'instances'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.com", "*.*.com", "a*.example.com"})
    void aPermissionForEverybodyIsNone(String host) throws IOException {
        Bench bench = bench();
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW));
        Bench.write(
                bench.blueprint().resolve("blueprint.yaml"),
                Bench.MANIFEST.formatted("1.0.0") + "permissions: { hosts: ['" + host + "'] }\n");

        assertThat(problems(bench))
                .extracting(Problem::what)
                .containsExactly("the permitted host '" + host + "' is too wide");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes/run.sh",
                "routes/beat.camel.yaml",
                "connectors/shop/versions/99.0.0/connector.yaml",
                "bin/tool",
                "data/patchbay.mv.db",
                "connectors/shop/instances/unknown.yaml",
                "routes/..flow.yaml",
                "routes/a b.flow.yaml",
                ".hidden/x.flow.yaml"
            })
    void takesNoFileThatIsNoneOfABlueprint(String path) throws IOException {
        Bench bench = bench();
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW, path, "instance: unknown\n"));

        assertThat(problems(bench))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.code())
                        .isIn("NOT_TAKEN", "BAD_NAME", "UNUSED_INSTANCE", "UNKNOWN_CONNECTOR"));
    }

    @Test
    void followsNoLink() throws IOException {
        Bench bench = bench();
        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW));
        Path secret = Files.writeString(folder.resolve("secret.csv"), "a,b\n");
        Files.createDirectories(bench.blueprint().resolve("routes/tables"));
        Files.createSymbolicLink(bench.blueprint().resolve("routes/tables/stolen.csv"), secret);
        Files.createSymbolicLink(bench.blueprint().resolve("routes/deep"), folder);

        assertThat(problems(bench)).extracting(Problem::code).containsExactly("NOT_A_FILE", "NOT_A_FILE");
    }

    @Test
    void takesNoMoreThanItsBounds() throws IOException {
        Bench bench = bench();
        bench.blueprint(
                "1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW, "routes/tables/big.csv", "x".repeat(4_000_001)));
        assertThat(problems(bench)).extracting(Problem::code).containsExactly("TOO_LARGE");

        bench.blueprint("1.0.0", Map.of("routes/orders.flow.yaml", Bench.FLOW));
        Files.createDirectories(bench.blueprint().resolve("routes/tables"));
        for (int i = 0; i < 1_000; i++) {
            Files.writeString(bench.blueprint().resolve("routes/tables/t" + i + ".csv"), "a,b\n");
        }
        assertThat(problems(bench)).extracting(Problem::code).containsExactly("TOO_LARGE");
    }

    @Test
    void aFileThatIsNoTextIsToldAndNotRead() throws IOException {
        Bench bench = bench();
        bench.blueprint("1.0.0", Map.of());
        Files.createDirectories(bench.blueprint().resolve("routes"));
        Files.write(bench.blueprint().resolve("routes/orders.flow.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(problems(bench)).extracting(Problem::code).containsExactly("NOT_UTF8");
    }

    private static List<Problem> problems(Bench bench) {
        return BlueprintReader.read(bench.blueprint(), "blueprints/orders").problems();
    }
}
