package io.patchbay.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.moving.Import.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step of Patchworks says is what its shape does, or it is told. */
class PatchworksMeaningsTest {

    private static String flow(String steps, String connections, String beside) {
        return Imports.shown(Imports.of(
                Dialect.PATCHWORKS,
                "{\"flow\": {\"name\": \"F\", \"versions\": [{\"steps\": [" + steps + "], \"connections\": ["
                        + connections + "]}]}" + beside + "}"));
    }

    private static String step(String type, String config) {
        return flow(
                "{\"id\": 1, \"type\": \"trigger\", \"config\": {}}, {\"id\": 2, \"type\": \"" + type
                        + "\", \"name\": \"S\", \"config\": " + config + "}",
                "{\"from\": 1, \"to\": 2}",
                "");
    }

    private static String trigger(String config) {
        return flow(
                "{\"id\": 1, \"type\": \"trigger\", \"config\": " + config
                        + "}, {\"id\": 2, \"type\": \"notify\", \"config\": {\"template\": \"x\"}}",
                "{\"from\": 1, \"to\": 2}",
                "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"occurrence": "minutes", "interval": 90}                             | a schedule is not understood
            {"occurrence": "hourly", "interval": 30}                              | a schedule is not understood
            {"occurrence": "daily", "days": ["someday"], "time": "06:00"}         | a schedule is not understood
            {"occurrence": "daily", "days": [1, 7], "time": "12:05 AM"}           | cron: "5 0 * * 0,1"
            {"occurrence": "weekly", "time": "06:00"}                             | a schedule is not understood
            {"occurrence": "daily", "preset": "weekdays", "hour": 7, "minute": 5} | cron: "5 7 * * 1-5"
            {"occurrence": "monthly", "days": [1, "last"]}                        | a schedule is not understood
            {"cron": "0 6 * * * *"}                                               | a schedule is not understood
            {"cron": "0 6 * * ${os.HOME}"}                                        | a schedule is not understood
            {"cron": "0 6 * * *", "timezone": "Europe/London"}                    | zone: Europe/London
            {"cron": "0 6 * * *", "timezone": "BST"}                              | the time zone 'BST' is not understood
            {"cron": "0 6 * * *", "enabled": false}                               | a trigger that is switched off is left out
            """)
    void aScheduleFiresWhenItDidThereOrNotAtAll(String schedule, String made) {
        assertThat(trigger("{\"schedules\": [" + schedule + "]}")).contains(made);
    }

    @Test
    void callersOfHooksGetTheAnswersThatTheyKnow() {
        assertThat(trigger("{\"webhooks\": [{\"id\": 7}]}"))
                .contains("answer: { status: 200, body: { message: Flow initialised. } }");
        String made = flow(
                "{\"id\": 1, \"type\": \"trigger\", \"config\": {\"callbacks\": [{\"id\": 7, \"response_format\": \"XML\"}]}},"
                        + " {\"id\": 2, \"type\": \"callback\", \"config\": {}}, {\"id\": 3, \"type\": \"callback\", \"name\": \"Again\", \"config\": {}}",
                "{\"from\": 1, \"to\": 2}, {\"from\": 2, \"to\": 3}",
                "");
        assertThat(made)
                .contains(
                        "method: GET",
                        "method: POST",
                        "contentType: application/xml",
                        "only the first callback answers");
    }

    @Test
    void dataIsNeverADateAndNothingOfAFileIsCode() {
        String made = step("manual payload", """
                {"payload": "{\\"unit\\": \\"day\\", \\"value\\": \\"3\\", \\"a\\": \\"${secret.KEY}\\", \\"${run.id}\\": [[1, 2]], \\"q\\": \\"'\\\\\\"#\\"}"}""");
        assertThat(made).contains("unit: day", "value: \"3\"", "$${secret.KEY}").doesNotContain("${run.queuedAt");
        assertThat(
                        step(
                                "set variables",
                                "{\"variables\": [{\"type\": \"meta\", \"name\": \"x\", \"value\": \"${secret.KEY} [[meta.a'b]] [[meta.c']d]]\"}]}"))
                .contains("$${secret.KEY} ${meta.a_b} [[meta.c']d]]", "a placeholder does not end");
        assertThat(step("notify", "{\"template\": \"[[payload.a'] ?? run.id]]\"}"))
                .doesNotContain("${payload.a']");
    }

    @Test
    void namesOfMetadataAndVariablesAreTheSameWhereTheyAreSetAndRead() {
        assertThat(flow(
                        "{\"id\": 1, \"type\": \"trigger\", \"config\": {}}, {\"id\": 2, \"type\": \"set variables\", \"config\": {\"variables\": [{\"type\": \"metadata\", \"name\": \"shop-id\", \"value\": \"1\"}, {\"type\": \"metadata\", \"name\": \"my key\", \"value\": \"2\"}, {\"type\": \"flow\", \"name\": \"to-do\", \"value\": \"3\"}]}},"
                                + "{\"id\": 3, \"type\": \"notify\", \"config\": {\"template\": \"[[meta.shop-id]] [[meta.my key]] {{flow.variables.to-do}}\"}}",
                        "{\"from\": 1, \"to\": 2}, {\"from\": 2, \"to\": 3}",
                        ""))
                .contains(
                        "shop-id: \"1\", my_key: \"2\"",
                        "${meta.shop-id ?? ''} ${meta.my_key ?? ''} ${flow.to-do ?? ''}",
                        "to-do: \"\"");
    }

    @Test
    void aConditionThatIsNotUnderstoodStopsARunAndLetsNothingPass() {
        assertThat(step("route", """
                {"routes": [{"name": "a", "conditions": [{"field": "x", "operator": "resembles", "value": "1"}]}]}"""))
                .contains("assert: { text: \"not translated: a condition of route\" }", "'x resembles'");
        assertThat(step("filter", """
                {"filters": [{"field": "items.[[meta.n]].sku", "operator": "equals", "value": "1"}, {"field": "y", "operator": "greater"}]}""")).contains("has no filter that is understood", "assert:");
        assertThat(step("filter", """
                {"filters": [{"field": "[[meta.shop]]", "operator": "equals", "value": "uk", "keep_matching": true},
                 {"field": "day", "type": "dynamic date", "operator": "on or after", "value": 2, "unit": "weeks", "direction": "before", "keep_matching": true},
                 {"combinator": "or", "keep_matching": true, "conditions": [{"field": "a", "operator": "is empty"}, {"field": "b", "type": "number", "operator": "between", "value": "1, 5"}]}]}"""))
                .contains("${meta.shop}", "${run.queuedAt - 14d}", "exists: true", "any:", "between: [ 1, 5 ]")
                .doesNotContain("NOT_TRANSLATED");
    }

    @Test
    void listsInAMapStandOnTheLevelOnWhichTheyStoodThere() {
        assertThat(
                        step(
                                "map",
                                "{\"rules\": [{\"source\": \"orders.*.id\", \"target\": \"*.ref\"}, {\"source\": \"shop\", \"target\": \"*.shop\"}]}"))
                .contains("from: orders.id", "to: ref", "explode: { list: orders }");
        assertThat(step("map", "{\"rules\": [{\"source\": \"*.id\", \"target\": \"batch.orders.*.ref\"}]}"))
                .contains("{ to: ref, from: id }", "manualPayload: { json: { batch: { orders: \"${payload}\" } } }");
        assertThat(
                        step(
                                "map",
                                "{\"rules\": [{\"source\": \"*.id\", \"target\": \"*.ref\"}, {\"source\": \"*.id\", \"target\": \"first\"}]}"))
                .contains("leads from a list into one record");
    }

    @Test
    void scriptsInACatchFindTheErrorWhereItWasAndTheLastTwoKindsOfMonthsAreSteps() {
        assertThat(flow(
                        "{\"id\": 1, \"type\": \"trigger\", \"config\": {}}, {\"id\": 2, \"type\": \"try/catch\", \"config\": {}}, {\"id\": 3, \"type\": \"notify\", \"config\": {\"template\": \"x\"}}, {\"id\": 4, \"type\": \"run process flow\", \"config\": {\"flow\": \"Later\"}}",
                        "{\"from\": 1, \"to\": 2}, {\"from\": 2, \"to\": 3, \"label\": \"Try\"}, {\"from\": 2, \"to\": 4, \"label\": \"On error\"}",
                        ""))
                .contains("setVariables: { meta: { error_message: \"${error.message}\" } }");
        assertThat(
                        step(
                                "map",
                                "{\"rules\": [{\"target\": \"d\", \"transforms\": [{\"type\": \"custom dynamic date\", \"unit\": \"months\", \"adjustment\": -1}]}]}"))
                .contains("template: \"${run.queuedAt}\"", "add: \"-P1M\"");
    }

    @Test
    void cachesAreWhoseTheyWereOrThatIsTold() {
        assertThat(
                        step(
                                "add to cache",
                                "{\"cache\": {\"name\": \"C\", \"scope\": \"flow\", \"retention\": 1, \"retention_unit\": \"months\"}, \"cache_key\": \"[[payload.*.odd name]]\"}"))
                .contains("${record['odd name']}", "1 months, is not understood", "scope: flow");
        assertThat(step("load from cache", "{\"cache\": \"C\", \"cache_key\": \"k\"}"))
                .contains("scope: company", "whose cache 'c' is");
    }

    private static String called(String system, String config) {
        return flow(
                "{\"id\": 1, \"type\": \"trigger\", \"config\": {}}, {\"id\": 2, \"type\": \"connector\", \"name\": \"S\", \"config\": "
                        + config + "}",
                "{\"from\": 1, \"to\": 2}",
                ", \"systems\": [" + system + "]");
    }

    @Test
    void filesOfServersAreReadAndRenamedAsTheCommandSays() {
        String system =
                "{\"name\": \"Depot\", \"protocol\": \"SFTP\", \"connectors\": [{\"id\": 1, \"name\": \"Depot\"}], \"endpoints\": [{\"id\": 2, \"name\": \"SFTP GET UserPass\"}]}";
        assertThat(
                        called(
                                system,
                                "{\"connector\": 1, \"endpoint\": 2, \"variables\": {\"ftp_command\": \"get\", \"root\": \"/out\", \"path\": \"orders-.*\\\\.csv\"}}"))
                .contains(
                        "endpoint: files.get",
                        "folder: out",
                        "pattern: \"orders-*.csv\"",
                        "connectors/sftp/instances/depot.yaml");
        assertThat(
                        called(
                                system,
                                "{\"connector\": 1, \"endpoint\": 2, \"ftp_command\": \"rename out/{{original_filename}} done/{{original_filename}}\"}"))
                .contains("endpoint: files.move", "to: \"done/${meta.file.name}\"");
        assertThat(called(system, "{\"connector\": 1, \"endpoint\": 2, \"ftp_command\": \"chmod 777 x\"}"))
                .contains("the command 'chmod 777 x'", "assert:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type": "OAuth 2 client credentials", "token_url": "https://id.example.com/t", "scope": "a b"} | scopes: [ a, b ]
            {"type": "OAuth 2 authorisation code", "token_url": "https://id.example.com/t", "authorise_url": "https://id.example.com/a"} | authorizeUrl: "https://id.example.com/a"
            {"type": "OAuth 1", "realm": "7", "signature_method": "HMAC-SHA256"} | signatureMethod: hmacSha256
            {"type": "token", "headers": {"Authorization": "Bearer {{access}}"}} | token: { type: bearer, inject: { format: "${settings.access}" } }
            {"type": "token", "parameters": {"api_key": "{{api_key}}"}} | into: query, name: api_key
            {"type": "token", "login_url": "https://x.example.com/login", "token_path": "data.token", "body": {"user": "{{user}}", "pass": "{{password}}"}} | type: sessionLogin
            {"type": "moon phase"} | the authentication 'moon phase' is not translated
            """)
    void aProofIsGivenAsItWasGivenThere(String method, String made) {
        assertThat(called(
                        "{\"name\": \"X\", \"auth_methods\": [" + method
                                + "], \"endpoints\": [{\"id\": 2, \"name\": \"Get A\", \"url\": \"https://x.example.com/a\"}]}",
                        "{\"connector\": \"X\", \"endpoint\": 2}"))
                .contains(made);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"type": "Next page URL", "next_page_field": "links.next"}      | type: nextUrl, cursorPath: "$.links.next"
            {"type": "Next page token", "token_parameter_name": "t", "path_to_token": "next"} | type: cursor, cursorPath: "$.next", inject: { into: query, name: t }
            {"type": "Next page token"}                                     | how the list goes on is not understood
            {"type": "Limit-offset", "offset_parameter_path": "query.o", "limit_parameter_path": "query.l", "limit": 50, "total_path": "total"} | name: o }
            "Link header"                                                   | type: linkHeader
            {"type": "Custom relative URI", "path": "more"}                 | type: relativeUri
            {"type": "Custom script", "script": 4}                          | the pagination 'customscript' is not translated
            """)
    void aListGoesOnAsItWentOnThere(String paging, String made) {
        assertThat(called(
                                "{\"name\": \"X\", \"endpoints\": [{\"id\": 2, \"name\": \"Get A\", \"url\": \"/a\", \"pagination\": "
                                        + paging + "}]}",
                                "{\"connector\": \"X\", \"endpoint\": 2}")
                        .replaceAll("\\s+", " "))
                .contains(made);
    }

    @Test
    void connectionsAreReadInWhateverFormTheyAre() {
        String steps =
                "{\"id\": 1, \"type\": \"trigger\", \"config\": {}}, {\"id\": \"2\", \"type\": \"route\", \"name\": \"R\", \"config\": {\"routes\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}}, {\"id\": 3, \"type\": \"notify\", \"name\": \"In a\", \"config\": {\"template\": \"x\"}}, {\"id\": 4, \"type\": \"notify\", \"name\": \"In b\", \"config\": {\"template\": \"x\"}}";
        for (String connections : new String[] {
            "{\"from\": 1, \"to\": 2}, {\"from\": {\"id\": 2, \"port\": \"b\"}, \"to\": 4}, {\"from\": {\"id\": 2, \"port\": \"a\"}, \"to\": {\"id\": 3}}",
            "{\"source\": \"1\", \"target\": \"2\"}, {\"source\": 2, \"target\": 4, \"source_port\": 2}, {\"source\": 2, \"target\": 3, \"source_port\": 1}",
            "{\"parent_step_id\": 1, \"step_id\": 2}, {\"parent_step_id\": 2, \"step_id\": 4, \"output\": 1}, {\"parent_step_id\": 2, \"step_id\": 3, \"output\": 0}"
        }) {
            String made = flow(steps, connections, "");
            assertThat(made.indexOf("name: a\n"))
                    .isLessThan(made.indexOf("id: in-a"))
                    .isPositive();
            assertThat(made.indexOf("name: b\n")).isBetween(made.indexOf("id: in-a"), made.indexOf("id: in-b"));
            assertThat(made).doesNotContain("NOT_TRANSLATED");
        }
        assertThat(flow(steps, "{\"from\": 1, \"to\": 2}, {\"from\": 2, \"to\": 3}, {\"from\": 2, \"to\": 4}", ""))
                .contains("does not say by which way out");
    }
}
