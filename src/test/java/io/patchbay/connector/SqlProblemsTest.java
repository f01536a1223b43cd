package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about queries that are wrong. */
class SqlProblemsTest {

    @TempDir
    private Path home;

    private List<Problem> problems(String endpoint) throws Exception {
        Path file = home.resolve("connectors/db/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: db
                version: 1.0.0
                auth: {password: {type: basic, username: a, password: '${settings.password}'}}
                settings: {secrets: [password]}
                requester: {baseUrl: 'jdbc:postgresql://db.example.com/shop'}
                endpoints:
                  stock.find:
                    inputs: {sku: {}}
                %s
                """.formatted(endpoint.indent(4)));
        return new CatalogReader(home)
                .read(List.of(home), Catalog.EMPTY).problems().values().stream()
                        .flatMap(List::stream)
                        .toList();
    }

    @Test
    void noPlaceholderStandsInAQuery() throws Exception {
        assertThat(problems("kind: read\nsql:\n  query: select * from stock where sku = '${with.sku}'"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo("VALUE_IN_SQL");
                    assertThat(problem.at().line()).isEqualTo(11);
                    assertThat(problem.hint())
                            .isEqualTo("write :name in its place, and put it under parameters: {name: '${…}'}");
                });
    }

    @Test
    void namesAndValuesBelongTogether() throws Exception {
        assertThat(problems("kind: read\nsql: {query: 'select :sku::text', parameters: {sku: '${with.sku}', skus: x}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("the query has no ':skus'"));
        assertThat(problems("kind: read\nsql: {query: 'select :sku'}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("':sku' of the query has no value"));
        assertThat(problems("kind: read\nsql: {query: 'select ?'}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).startsWith("a query knows its values by name"));
    }

    @Test
    void keysStandWhereTheyMeanSomething() throws Exception {
        assertThat(problems("kind: write\nsql: {query: delete from stock, pageSize: 5}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("'pageSize' belongs to reads"));
        assertThat(problems("kind: read\nrequest: {}\nsql: {query: select 1}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("'request' has no meaning for a query"));
        assertThat(problems("kind: read\nmethod: GET\npath: /x"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).isEqualTo("an HTTP request needs a baseUrl of http:"));
    }

    @Test
    void aKeyBeginsWithWhatItsColumnHolds() throws Exception {
        assertThat(problems("kind: read\nsql:\n  query: 'select 1 where 1 > :after'\n  pageSize: 5\n"
                        + "  keyset: {column: id, parameter: after, start: first}"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.what()).isEqualTo("'start' must be a number, like 0, found 'first'"));
    }
}
