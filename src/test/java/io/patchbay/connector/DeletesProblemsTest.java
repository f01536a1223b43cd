package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about deletes that cannot be known in the way that a connector says. */
class DeletesProblemsTest {

    private static final String LIST = """
            items.list:
              kind: read
              method: GET
              path: /items
              recordSelector: {path: '$[*]', primaryKey: [id]}
              paginator: {type: none}
              completeness: full
              deletes: missingInFull
            """;

    @TempDir
    private Path home;

    private List<String> lines = List.of();

    private List<Problem> problems(String endpoints) throws Exception {
        Path file = home.resolve("connectors/shop/connector.yaml");
        Files.createDirectories(file.getParent());
        String text = """
                connector: shop
                version: 1.0.0
                requester: {baseUrl: 'https://shop.example.com'}
                endpoints:
                """ + endpoints.indent(2);
        lines = text.lines().toList();
        Files.writeString(file, text);
        return new CatalogReader(home)
                .read(List.of(home), Catalog.EMPTY).problems().values().stream()
                        .flatMap(List::stream)
                        .toList();
    }

    private void oneProblem(String endpoints, String what, String atLineWith) throws Exception {
        List<Problem> problems = problems(endpoints);
        assertThat(problems).as(String.valueOf(problems)).hasSize(1);
        Problem problem = problems.get(0);
        int line = IntStream.range(0, lines.size())
                        .filter(at -> lines.get(at).contains(atLineWith))
                        .findFirst()
                        .orElseThrow()
                + 1;
        assertThat(problem.what()).contains(what);
        assertThat(problem.at().line()).isEqualTo(line);
        assertThat(problem.hint() != null || problem.code().equals("BAD_PATH")).isTrue();
    }

    @Test
    void aWholeListWithKeysIsRight() throws Exception {
        assertThat(problems(LIST)).isEmpty();
        assertThat(problems(LIST.replace("missingInFull", "none"))).isEmpty();
        assertThat(problems(LIST.replace("missingInFull", "{type: missingInFull, atMost: 5%}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "completeness: full | completeness: window | a list with completeness: window is not whole | deletes:",
                "completeness: full | completeness: topN | a list with completeness: topN is not whole | deletes:",
                "completeness: full | title: x | missingInFull needs completeness: full | deletes:",
                "primaryKey: [id] | onEmpty: skip | missingInFull needs recordSelector.primaryKey | deletes:",
                "primaryKey: [id] | primaryKey: [id], expand: lines | the items of a record ('expand') are not known | deletes:",
                "completeness: full | {completeness: full, incremental: {cursorField: at, serverSide: false}} | with 'incremental' only what is new is read | deletes:",
                "completeness: full | {completeness: full, inputs: {since: {type: instant, default: -1d}}} | a list that is asked for with a time is not whole | since:",
                "completeness: full | {completeness: full, errorHandler: {rules: [{match: {status: [404]}, action: ignore}]}} | a rule of errorHandler ignores answers | deletes:",
                "/items | /items/${payload.id} | 'payload' cannot be read here | path:",
                "missingInFull | {type: missingInFull, atMost: 120%} | 'atMost' must be a share from 0% to 100% | deletes:",
                "missingInFull | {type: missingInFull, field: x} | 'field' belongs to 'type: tombstoneField' | deletes:",
                "missingInFull | tombstoneField | 'tombstoneField' needs 'field' | deletes:",
                "missingInFull | deletedEndpoint | 'deletedEndpoint' needs 'endpoint' | deletes:",
                "missingInFull | missingInFul | 'missingInFul' is not one of none, tombstoneField | deletes:",
                "missingInFull | {type: deletedEndpoint, endpoint: items.gone} | 'items.gone' is not another endpoint | deletes:",
                "missingInFull | {type: deletedEndpoint, endpoint: items.list} | 'items.list' is not another endpoint | deletes:",
                "missingInFull | {type: tombstoneField, field: 'a['} | path '$.a[' must begin with $ | deletes:",
                "missingInFull | {type: tombstoneField, field: a, is: {b: c}} | 'is' is a value, or a list of values | deletes:"
            })
    void saysWhatIsWrong(String words, String others, String what, String at) throws Exception {
        String put = others.startsWith("{completeness")
                ? others.substring(1, others.length() - 1).replace("full, ", "full\n  ")
                : others;
        oneProblem(LIST.replace(words, put), what, at);
    }

    @Test
    void belongsToLists() throws Exception {
        String one = "item.read:\n  kind: read\n  method: GET\n  path: /item\n";
        oneProblem(one + "  completeness: full\n", "'completeness' belongs to a list", "completeness");
        oneProblem(one + "  deletes: {type: tombstoneField, field: gone}\n", "'deletes' belongs to a list", "deletes");
    }

    @Test
    void anotherEndpointMustBeAListThatTheFlowCanAskFor() throws Exception {
        String list = LIST.replace("missingInFull", "{type: deletedEndpoint, endpoint: items.gone}");
        String gone = "items.gone:\n  kind: read\n  method: GET\n  path: /gone\n";
        oneProblem(list + gone, "'items.gone' is no list of its own", "deletes:");
        oneProblem(
                list + gone + "  paginator: {type: none}\n  inputs: {shop: {}}\n",
                "'items.gone' needs the input 'shop'",
                "deletes:");
        assertThat(problems(list + gone + "  paginator: {type: none}\n")).isEmpty();
    }

    @Test
    void aListOfEachRecordOfAnotherNeedsAllOfThose() throws Exception {
        String each = LIST.replace("/items", "/of/${with.shop}")
                .replace(
                        "paginator",
                        "inputs: {shop: {required: false}}\n  partition: {parent: shops.list, input: shop}\n  paginator");
        String shops = """
                shops.list:
                  kind: read
                  method: GET
                  path: /shops
                  recordSelector: {path: '$[*]'}
                  paginator: {type: none}
                """;
        oneProblem(each + shops, "read once for each record of 'shops.list', which is not whole", "deletes:");
        assertThat(problems(each + shops + "  completeness: full\n")).isEmpty();
        oneProblem(
                each + shops.replace("'$[*]'", "'$[*]', filter: {field: open, is: true}") + "  completeness: full\n",
                "which is not whole",
                "deletes:");
    }

    @Test
    void theResultOfAJobTellsTombstonesOnly() throws Exception {
        String job = """
                items.export:
                  kind: read
                  asyncJob:
                    create: job.create
                    jobPath: $.id
                    poll: job.poll
                    statusPath: $.status
                    statusMap: {completed: [done]}
                    download: items.list
                job.create: {kind: action, method: POST, path: /jobs}
                job.poll: {kind: read, method: GET, path: '/jobs/${with.job}', inputs: {job: {}}}
                """;
        oneProblem(job + LIST, "the result of a job tells deletes by a field of its records only", "download");
    }
}
