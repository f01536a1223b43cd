package io.patchbay.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.patchbay.canvas.Binder;
import io.patchbay.canvas.Literals;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problems;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class TriggerReaderTest {

    private final Problems problems = new Problems();
    private final Binder binder = new Binder(Map.of());

    private Node node(String yaml) {
        return new YamlReader().read("a.flow.yaml", yaml, problems).orElseThrow();
    }

    private Trigger read(String yaml) {
        return binder.bind(node(yaml), Trigger.class, problems);
    }

    private String problemOf(String yaml) {
        assertThat(read(yaml)).as("trigger of %s", yaml).isNull();
        assertThat(problems.list()).hasSize(1);
        return problems.list().get(0).toString();
    }

    @Test
    void readsBothFormsOfASchedule() {
        assertThat(read("schedule: { every: 45m }"))
                .isEqualTo(new Schedule(Duration.ofMinutes(45), null, null, Schedule.Misfire.ONCE));
        Schedule cron = (Schedule) read("schedule: { cron: \"0 6 * * MON-FRI\", zone: Europe/London, misfire: skip }");
        assertThat(cron.zoneId()).isEqualTo(ZoneId.of("Europe/London"));
        assertThat(cron.misfire()).isEqualTo(Schedule.Misfire.SKIP);
        assertThat(cron.cron().daysOfWeek()).containsExactly(1, 2, 3, 4, 5);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void readsAWebhookWithDefaults() {
        Webhook hook = (Webhook) read("webhook: { path: shop/orders, auth: none }");
        assertThat(hook.maxBody()).isEqualTo(DataSize.ofMegabytes(10));
        assertThat(hook.access()).isEqualTo(new Access.Open());
        assertThat(hook.key()).contains("webhook shop/orders");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void readsEveryKindOfAccess() {
        Webhook signed = (Webhook) read("""
                webhook:
                  path: orders
                  verify:
                    type: hmacSha256
                    header: X-Hub-Signature-256
                    prefix: sha256=
                    secret: "${secret.HOOK}"
                """);
        assertThat(((Access.Hmac) signed.access()).secret()).isEqualTo(new SecretRef("HOOK"));
        Callback token =
                (Callback) read("callback: { path: \"price/{sku}\", auth: { type: token, secret: \"${secret.T}\" } }");
        assertThat(((Access.Token) token.access()).before()).isEqualTo("Bearer ");
        assertThat(token.key()).contains("callback GET price/{}");
        Webhook basic =
                (Webhook) read("webhook: { path: o, auth: { type: basic, user: shop, password: \"${secret.P}\" } }");
        assertThat(basic.access()).isEqualTo(new Access.Basic("shop", new SecretRef("P")));
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void readsFileArrivalWithDefaults() {
        assertThat(read("file: { instance: wms, path: in/orders }"))
                .isEqualTo(new FileArrival(
                        "wms",
                        new FolderPath("in/orders"),
                        "*",
                        FileArrival.Order.NAME,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        null,
                        DataSize.ofGigabytes(4),
                        null));
        FileArrival whole = (FileArrival) read("""
                file:
                  instance: wms
                  path: .
                  pattern: "*.csv"
                  order: oldest
                  every: 1m
                  stableFor: 0s
                  maxSize: 5MB
                  then: { succeeded: { delete: true }, failed: { move: failed } }
                """);
        assertThat(whole.then())
                .isEqualTo(new FileArrival.Then(
                        new FileArrival.FileFate(null, null, true),
                        new FileArrival.FileFate(new FolderPath("failed"), null, false)));
        assertThat(whole.key()).contains("file wms:*.csv");
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            marker: done | a.flow.yaml:1:42: 'done' is no name beside a file | like '{name}.done' [BAD_NAME]
            then: { succeeded: { rename: '{name}/x' } } | '{name}/x' is no name beside a file | [BAD_NAME]
            then: { failed: { delete: true } } | 'failed' can move or rename a file, never delete it | a.flow.yaml:1:
            """)
    void saysWhereAMarkerOrANewNameIsNone(String words, String what, String more) {
        assertThat(problemOf("file: { instance: wms, path: in, " + words + " }"))
                .contains(what, more);
    }

    @Test
    void readsNone() {
        assertThat(read("manual: {}")).isEqualTo(new Manual());
        assertThat(read("manual:")).isEqualTo(new Manual());
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void saysWhichCronFieldIsWrongAndWhere() {
        assertThat(problemOf("schedule: { cron: \"0 25 * * *\" }"))
                .startsWith("a.flow.yaml:1:19: cron field 'hour': '25' is not within 0 to 23 [BAD_CRON]");
    }

    @Test
    void refusesAFieldForSeconds() {
        assertThat(problemOf("schedule: { cron: \"0 0 6 * * MON\" }"))
                .contains("has 6 fields", "exactly five", "no field for seconds");
    }

    @Test
    void suggestsTheNearestZone() {
        assertThat(problemOf("schedule: { cron: \"0 6 * * *\", zone: Europe/Londn }"))
                .contains("no time zone 'Europe/Londn' [BAD_ZONE]", "did you mean 'Europe/London'?");
    }

    @Test
    void suggestsTheNearestKind() {
        assertThat(problemOf("shedule: { every: 5m }")).contains("[UNKNOWN_KEY]", "did you mean 'schedule'?");
    }

    @Test
    void neverShowsASecretGivenByValue() {
        assertThat(problemOf("webhook: { path: o, auth: { type: token, secret: hunter2 } }"))
                .contains("SECRET_BY_VALUE", "${secret.NAME}")
                .doesNotContain("hunter2");
    }

    @Test
    void saysWhereCertificatesOfSendersAreLookedAt() {
        assertThat(problemOf("webhook: { path: o, verify: { type: mtls } }"))
                .contains("'mtls' is not one of", "what ends TLS before the intake", "type: token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [methd, body] | 'methd' is no part
            [method, url] | one is the body
            [timestamp, body] | go together
            rawBdy | did you mean "rawBody"?
            """)
    void saysWhatIsWrongWithPartsThatAreSigned(String parts, String what) {
        String yaml = "webhook: { path: o, verify: { type: hmacSha256, header: X-S, secret: \"${secret.S}\", payload: "
                + parts + " } }";
        assertThat(problemOf(yaml).replace('\'', '"')).contains(what.replace('\'', '"'));
    }

    @Test
    void saysWhereTheSchemaOfABodyIsWrong() {
        assertThat(problemOf("inbound: { name: o, schema: { properties: { id: { $ref: 'https://example.com/a' } } } }"))
                .contains("leads out of this document");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schedule: {}",
                "schedule: { every: 5m, cron: \"* * * * *\" }",
                "schedule: { every: 5m, zone: UTC }",
                "schedule: { every: 500ms }",
                "webhook: { path: orders }",
                "webhook: { instance: shopify-uk }",
                "webhook: { instance: shopify-uk, event: order-paid, path: orders, auth: none }",
                "webhook: { instance: shopify-uk, event: order-paid, verify: { type: token, secret: \"${secret.T}\" } }",
                "webhook: { path: orders, auth: none, methods: [] }",
                "webhook: { path: orders, auth: none, methods: [PUT] }",
                "webhook: { path: orders, auth: none, dedupe: x }",
                "webhook: { path: orders, auth: none, dedupe: { key: x } }",
                "webhook: { path: orders, auth: none, dedupe: { key: \"${flow.x}\" } }",
                "webhook: { path: orders, auth: none, dedupe: { key: \"${header.X}\", remember: 31d } }",
                "webhook: { path: orders, auth: none, maxBody: 20MB, dedupe: { key: \"${payload.id}\" } }",
                "webhook: { path: orders, verify: { type: ed25519, header: S, publicKey: abc } }",
                "webhook: { path: orders, verify: { type: ed25519, header: S } }",
                "webhook: { path: orders, verify: { type: standardWebhooks, secret: whsec_abc } }",
                "webhook: { path: orders, verify: { type: hmacSha1, header: S, payload: timestampBody, secret: \"${secret.T}\" } }",
                "webhook: { path: orders, auth: none, verify: { type: token, secret: \"${secret.T}\" } }",
                "webhook: { path: orders, auth: none, headers: [Authorization] }",
                "webhook: { path: orders, auth: none, headers: [\"a b\"] }",
                "webhook: { path: /orders, auth: none }",
                "webhook: { path: a/../b, auth: none }",
                "webhook: { path: \"a/{b}\", auth: none }",
                "webhook: { path: orders, auth: none, answer: { status: 302 } }",
                "callback: { path: price }",
                "callback: { path: price, auth: none, timeout: 1h }",
                "callback: { path: price, auth: none, method: PUT }",
                "callback: { path: \"a/{b}/{b}\", auth: none }",
                "webhook: { path: o, verify: { type: hmacSha256, header: S, payload: timestampDotBody, secret: \"${secret.T}\" } }",
                "file: { path: in }",
                "file: { instance: wms, path: ../in }",
                "file: { instance: wms, path: in, pattern: \"a/*\" }",
                "file: { instance: wms, path: in, every: 100ms }",
                "file: { instance: wms, path: in, stableFor: 2d }",
                "file: { instance: wms, path: in, then: {} }",
                "file: { instance: wms, path: in, then: { succeeded: { move: . } } }",
                "file: { instance: wms, path: in, then: { succeeded: { move: ../archive } } }",
                "file: { instance: wms, path: in, then: { succeeded: { move: archive, delete: true } } }",
                "file: { instance: wms, path: in, then: { failed: { delete: true } } }",
                "manual: { x: 1 }",
                "[]",
                "{ schedule: { every: 5m }, manual: {} }"
            })
    void refuses(String yaml) {
        assertThat(read(yaml)).isNull();
        assertThat(problems.anyError()).isTrue();
    }

    @Test
    void shipsASchemaThatTakesWhatTheReaderTakes() {
        var document = new Schemas(binder).document(Trigger.class, "urn:trigger", "Trigger");
        var schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(document);
        for (String good : List.of(
                "schedule: { every: 45m }",
                "schedule: { cron: \"0 6 * * MON-FRI\", zone: Europe/London, misfire: skip }",
                "webhook: { path: shop/orders, auth: none, answer: { status: 200, body: { ok: true } } }",
                "file: { instance: wms, path: in, pattern: \"*.csv\", order: newest, stableFor: 0s, then: { succeeded: { move: archive } } }",
                "callback: { path: \"price/{sku}\", method: POST, auth: { type: basic, user: u, password: \"${secret.P}\" } }")) {
            assertThat(schema.validate(Literals.json(node(good)))).as(good).isEmpty();
        }
        for (String bad : List.of(
                "shedule: { every: 45m }",
                "schedule: { cron: \"0 6 * *\" }",
                "webhook: { path: /orders, auth: none }",
                "file: { instance: wms, path: in, order: biggest }",
                "webhook: { path: orders, auth: { type: token, secret: plain } }")) {
            assertThat(schema.validate(Literals.json(node(bad)))).as(bad).isNotEmpty();
        }
    }
}
