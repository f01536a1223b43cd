package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the words about calls that are made to see whether all is well. */
class ContractProblemsTest {

    @TempDir
    Path home;

    private List<String> problems(String words) throws Exception {
        Path file = home.resolve("connectors/shop/connector.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                connector: shop
                version: 1.0.0
                requester: {baseUrl: 'https://shop.example.com'}
                endpoints:
                  a.list: {kind: read, method: GET, path: /a, inputs: {page: {required: false}, size: {default: '1'}}}
                  a.get: {kind: read, method: GET, path: '/a/${with.id}', inputs: {id: {}}}
                  a.send: {kind: write, method: POST, path: /a}
                %s
                """.formatted(words));
        return CatalogProblems.of(home);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tests: {contract: {endpoint: a.lst}}                   | :8:30: 'a.lst' is not an endpoint of this connector | did you mean 'a.list'?
            tests: {contract: {endpoint: a.get}}                   | :8:30: 'a.get' needs the input 'id', and nothing is given here | give the input a default value
            tests: {contract: {endpoint: a.send}}                  | :8:30: a contract reads, and 'a.send' is no read | of kind read
            tests: {contract: {endpoint: a.list, every: 10s}}      | 'every' must be 1m or longer | a call of the system
            tests: {contract: {endpoint: a.list, alertOn: []}}     | 'alertOn' is empty | leave it out for all
            tests: {contract: {endpoint: a.list, alertOn: [drift]}} | 'drift' | schemaDrift
            check: {endpoint: a.get}                               | :8:19: 'a.get' needs the input 'id', and nothing is given here | NEEDS_INPUT
            check: {endpoint: a.gt}                                | :8:19: 'a.gt' is not an endpoint of this connector | did you mean 'a.get'?
            """)
    void saysWhatIsWrongAndHowToMendIt(String words, String what, String hint) throws Exception {
        assertThat(problems(words)).singleElement().asString().contains(what).contains(hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tests: {contract: {endpoint: a.list, every: 1m, alertOn: [statusChange]}}
            check: {endpoint: a.list}
            """)
    void nothingIsWrongWithAReadThatNeedsNothing(String words) throws Exception {
        assertThat(problems(words)).isEmpty();
    }
}
