package io.patchbay.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the words about sending, and how to mend it. */
class WriteProblemsTest {

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
                  a.find: {kind: read, method: GET, path: /a, inputs: {id: {}, more: {required: false}}}
                  a.all: {kind: read, method: GET, path: /a, inputs: {ids: {type: array}}, request: {query: {id: '${with.ids}'}}}
                  a.made: {kind: read, asyncJob: {create: a.begin, jobPath: $.id, poll: a.poll, statusPath: $.s, statusMap: {completed: [x]}}}
                  a.begin: {kind: write, method: POST, path: /jobs}
                  a.poll: {kind: read, method: GET, path: '/jobs/${with.jobId}', inputs: {jobId: {}}}
                  a.send: {%s}
                """.formatted(words));
        return CatalogProblems.of(home);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kind: write, method: POST, path: /a, ordering: perKey | ordering: perKey needs an 'orderingKey' | orderingKey: '${record.customer.id}'
            kind: write, method: POST, path: /a, orderingKey: '${record.id}' | 'orderingKey' belongs to ordering: perKey | orderingKey:
            kind: read, method: GET, path: /a, partialResult: {errors: '$.e[*]'} | 'partialResult' belongs to writes | NOT_HERE
            kind: write, method: POST, path: /a, partialResult: {errors: '$.e[*]', key: id, index: at} | by 'key' or by 'index', not by both | partialResult
            kind: write, method: POST, path: /a, partialResult: {errors: '$.e[*'} | '$.e[*' is not a path: ']' is expected here | BAD_PATH
            kind: write, method: POST, path: /a, batch: {maxRecords: 2, mode: ndjson, at: a} | 'at' is a place in a json or graphql body | NOT_HERE
            kind: write, method: POST, path: /a, batch: {maxRecords: 2, at: 'a[0]'} | 'a[0]' must be names with dots | like input.quantities
            kind: write, method: POST, path: /a, concurrency: 0 | concurrency | 1
            kind: write, method: POST, path: /a, idempotency: {type: naturalKey, lookup: {endpoint: a.fund}} | 'a.fund' is not an endpoint of kind read | did you mean 'a.find'?
            kind: write, method: POST, path: /a, idempotency: {type: naturalKey, from: '${record.id}', lookup: {endpoint: a.find}} | a lookup needs to know what to look for | with: {
            kind: write, method: POST, path: /a, idempotency: {type: naturalKey, lookup: {endpoint: a.find, with: {idd: 1}}} | has no input 'idd' | did you mean 'id'?
            kind: write, method: POST, path: /a, idempotency: {type: naturalKey, from: '${record.id}', lookup: {endpoint: a.all}} | input 'ids' of 'a.all' is a list, and a lookup asks for one record: the call fails unless ${record.id} is a list | LOOKUP_ASKS_LIST
            kind: write, method: POST, path: /a, idempotency: {type: naturalKey, lookup: {endpoint: a.all, with: {ids: 'a-${record.id}'}}} | 'a-${record.id}' is a text | name an endpoint whose input is one value
            kind: write, method: POST, path: /a, idempotency: {type: naturalKey, lookup: {endpoint: a.made, with: {x: 1}}} | 'a.made' has a job made, and a lookup is one call | name an endpoint that answers at once
            kind: write, method: POST, path: /a, idempotency: {type: query} | idempotency of type query needs a 'name' | BAD
            kind: write, method: POST, path: /a, idempotency: {type: naturalKey, name: id} | 'name' belongs to idempotency of type header, query and body | BAD
            kind: write, method: POST, path: /a, idempotency: {type: query, name: k}, request: {query: {k: 1}} | the query has 'k' of its own | 'from' says what
            kind: write, method: POST, path: /a, idempotency: {type: body, name: 'k[0]'} | 'k[0]' must be names with dots | like input.idempotencyKey
            kind: write, method: POST, path: /a, idempotency: {type: body, name: a.k}, request: {body: {template: {a: {k: 1}}}} | the template has 'a.k' of its own | 'from' says what
            kind: write, method: POST, path: /a, idempotency: {type: body, name: a.k}, batch: {maxRecords: 2, at: a} | the records of 'batch' stand at 'a' | take one of them out
            kind: write, method: POST, path: /a, idempotency: {type: body, name: k}, batch: {maxRecords: 2} | a list of records has no place for a key | type: header or query
            kind: write, method: POST, path: /a, idempotency: {type: body, name: k}, request: {body: {type: form, template: {a: b}}} | of type json or graphql only | type: header or query
            kind: delete, method: DELETE, path: /a, idempotency: {type: body, name: k} | DELETE sends no body that could hold the key | type: header or query
            kind: write, method: POST, path: /a, idempotency: {type: body, name: k}, request: {body: {type: graphql, template: {query: 'mutation { a }'}}} | the query has no variable $k, which idempotency sets | declare and use it
            kind: read, method: GET, path: /a, request: {body: {template: {a: 1}}} | GET carries no body | NOT_HERE
            kind: delete, method: DELETE, path: /a, batch: {maxRecords: 2} | 'batch' belongs to writes that send a body | NOT_HERE
            kind: write, method: POST, path: /a, request: {body: {type: multipart, template: [a]}} | must be a mapping of its parts | purpose: orders
            kind: write, method: POST, path: /a, request: {body: {type: multipart, template: {a: {fileName: b}}}} | a part has no 'fileName' | did you mean 'filename'?
            kind: write, method: POST, path: /a, request: {body: {type: multipart, template: {a: {contentType: 'a'}}}} | 'a' is no media type | like text/csv
            kind: read, asyncJob: {create: a.fund, jobPath: $.id, poll: a.find, statusPath: $.s, statusMap: {completed: [x]}} | 'a.fund' is not an endpoint of this connector that makes a request | did you mean 'a.find'?
            kind: read, asyncJob: {create: a.find, jobPath: $.id, poll: a.find, statusPath: $.s, statusMap: {completed: [x]}} | 'a.find' needs the input 'id', which a job does not give at 'create' | a job gives
            kind: read, asyncJob: {create: a.find, jobPath: id, poll: a.find, statusPath: $.s, statusMap: {completed: [x]}} | path 'id' must begin with $ | BAD_PATH
            kind: read, method: GET, path: /a, asyncJob: {create: a.find, jobPath: $.id, poll: a.find, statusPath: $.s, statusMap: {completed: [x]}} | needs one of 'method' with 'path',  | BAD
            kind: write, method: POST, path: /a, request: {content: {format: csv}, body: {template: a}} | a request has one body | leave 'body' or 'content' out
            kind: write, method: POST, path: /a, request: {content: {format: auto}} | 'format: auto' is for what is read | name the format
            kind: write, method: POST, path: /a, request: {content: {format: json, records: '$.a[*]'}} | 'records' belongs to what is read | BAD
            kind: write, method: POST, path: /a, request: {content: {format: edifact, csv: {}}} | 'csv' belongs to 'format: csv or tsv' | BAD
            kind: write, method: POST, path: /a, request: {content: {format: csv, charset: windows-1252, csv: {bom: true}}} | 'bom' writes a byte-order mark, and windows-1252 has none | BAD
            kind: write, method: POST, path: /a, request: {content: {format: cvs}} | cvs | did you mean 'csv'?
            kind: write, method: POST, path: /a, batch: {maxRecords: 2, mode: ndjson}, request: {content: {format: csv}} | the form of the body is said by 'request.content' | take 'mode' out
            kind: write, method: POST, path: /a, batch: {maxRecords: 2, at: a}, request: {content: {format: csv}} | 'at' is a place in a json or graphql body | NOT_HERE
            kind: write, method: POST, path: /a, idempotency: {type: body, name: k}, request: {content: {format: csv}} | of type json or graphql only | type: header or query
            kind: read, method: GET, path: /a, request: {content: {format: csv}} | GET carries no body | NOT_HERE
            kind: write, method: POST, path: /a, partialResult: {errors: '$.e[*]', key: id}, response: {content: {format: csv}} | 'partialResult' reads an answer as a whole | 'response.content'
            kind: read, method: GET, path: /a, url: '${with.url}' | needs a 'path', or a whole 'url' in its place | BAD
            """)
    void saysWhatIsWrongAndHowToMendIt(String words, String what, String hint) throws Exception {
        assertThat(problems(words))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("connector.yaml:10:")
                        .contains(what)
                        .contains(hint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "}~  b.job: {kind: read, asyncJob: {create: a.send, jobPath: $.id, poll: a.state, statusPath: $.s, statusMap: {completed: [x]}} | 'create' of a job",
                "}~  b.job: {kind: read, asyncJob: {create: a.state, jobPath: $.id, poll: a.send, statusPath: $.s, statusMap: {completed: [x]}} | 'poll' of a job",
                "}~  b.job: {kind: read, asyncJob: {create: a.state, jobPath: $.id, poll: a.state, cancel: a.send, statusPath: $.s, statusMap: {completed: [x]}} | 'cancel' of a job",
                "}~auth: {s: {type: sessionLogin, login: {endpoint: a.send, cookie: c}} | a login",
                "}~check: {endpoint: a.send, expect: {jsonPath: $.a} | 'jsonPath' of a check",
            })
    void recordsOfAFormatAreRefusedWhereOneAnswerIsNeeded(String more, String what) throws Exception {
        String state = "}~  a.state: {kind: read, method: GET, path: /s";
        String words = "kind: read, method: GET, path: /a, response: {content: {format: csv}}" + state + more;

        assertThat(problems(words.replace('~', '\n')))
                .anySatisfy(problem -> assertThat(problem)
                        .contains(what + " needs one JSON answer")
                        .contains("NOT_HERE"));
    }
}
