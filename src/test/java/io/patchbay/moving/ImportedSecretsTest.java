package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.canvas.YamlReader;
import io.patchbay.moving.Import.Dialect;
import io.patchbay.moving.Import.Result;
import io.patchbay.problem.Problems;
import org.junit.jupiter.api.Test;

/** Secrets in files of other programs stand in nothing that is made of them. */
class ImportedSecretsTest {

    @Test
    void secretsStandInNoFileThatIsMade() {
        Result made = Imports.of(Dialect.N8N, """
            {"name": "Secrets", "nodes": [
              {"name": "Ask", "notes": "use Bearer qwertyuiop123456", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4,
               "parameters": {"url": "https://ada:hunter2hunter2@api.example.com/x?api_key=k9k9k9k9k9&page=1", "sendHeaders": true,
                 "headerParameters": {"parameters": [{"name": "X-Api-Key", "value": "zx81zx81zx81"}]}}},
              {"name": "Keep", "type": "n8n-nodes-base.set", "typeVersion": 2, "parameters": {"values": {"string": [{"name": "password", "value": "open-sesame-1"}]}}},
              {"name": "Code", "type": "n8n-nodes-base.code", "typeVersion": 2, "parameters": {"jsCode": "const token = 'abc123def456'; const k = 'open-sesame-1'; return [];"}}],
             "connections": {"Ask": {"main": [[{"node": "Keep"}]]}, "Keep": {"main": [[{"node": "Code"}]]}}}\
            """);
        assertThat(Imports.shown(made))
                .doesNotContain(
                        "hunter2hunter2",
                        "k9k9k9k9k9",
                        "zx81zx81zx81",
                        "open-sesame-1",
                        "abc123def456",
                        "qwertyuiop123456");
        assertThat(made.secrets()).isNotEmpty();
    }

    @Test
    void secretsInBodiesQueriesAddressesAndCallsOfCodeStandInNoFile() {
        Result made = Imports.of(Dialect.N8N, """
            {"name": "Secrets", "nodes": [
              {"name": "Ask", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2,
               "parameters": {"method": "POST", "url": "https://hooks.slack.com/services/T0000000/B0000000/aBcDeFgHiJkLmNoPqRsTuVwX?pwd=hunter22&sig=abcdefgh",
                 "sendBody": true, "specifyBody": "json", "jsonBody": "{\\"client_secret\\":\\"hunterhunter\\",\\"password\\":\\"pw12\\",\\"kind\\":\\"stays\\"}"}},
              {"name": "Tell", "type": "n8n-nodes-base.httpRequest", "typeVersion": 4.2,
               "parameters": {"method": "POST", "url": "https://b.example.com/x", "sendBody": true, "sendHeaders": true,
                 "bodyParameters": {"parameters": [{"name": "password", "value": "longpassword"}, {"name": "q", "value": "1"}]},
                 "headerParameters": {"parameters": [{"name": "X-Auth", "value": "zzz12345678"}]}}},
              {"name": "Code", "type": "n8n-nodes-base.code", "typeVersion": 2,
               "parameters": {"jsCode": "h['X-Api-Key'] = 'abcdef123456'; set('x-api-key', 'qqqq123456'); get('https://x.y/z?api_key=urlkey999999&x=1'); return [];"}}],
             "connections": {"Ask": {"main": [[{"node": "Tell"}]]}, "Tell": {"main": [[{"node": "Code"}]]}}}\
            """);
        assertThat(Imports.shown(made))
                .contains("kind: stays")
                .doesNotContain(
                        "aBcDeFgHiJkLmNoPqRsTuVwX",
                        "hunter22",
                        "abcdefgh",
                        "hunterhunter",
                        "pw12",
                        "longpassword",
                        "zzz12345678",
                        "abcdef123456",
                        "qqqq123456",
                        "urlkey999999");
    }

    @Test
    void aFileWithoutItsSecretsCanStillBeRead() {
        Result made = Imports.of(Dialect.NODE_RED, """
            [{"id": "t", "type": "tab", "label": "T"},
             {"id": "i", "type": "inject", "z": "t", "name": "", "repeat": "60", "payload": "{\\"password\\": \\"topsecret99\\", \\"list\\": [\\"topsecret99 and more\\"]}", "payloadType": "json", "x": 1, "y": 1, "wires": [["d"]]},
             {"id": "d", "type": "debug", "z": "t", "name": "d", "complete": "payload", "x": 1, "y": 1, "wires": []}]\
            """);
        String text = made.files().get("routes/t.flow.yaml");
        assertThat(text).contains("***").doesNotContain("topsecret99");
        Problems problems = new Problems();
        new YamlReader().read("t.flow.yaml", text, problems);
        assertThat(problems.toString()).isEqualTo(new Problems().toString());
    }
}
