package io.patchbay.route.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.YamlReader;
import io.patchbay.problem.Problem;
import io.patchbay.problem.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What plain Camel routes may not do: said by the check, and refused by the context where the check is gone round. */
class RefusedRoutesTest {

    private static final PlainCamel CAMEL =
            new PlainCamel(CamelRules.SAFE, Map.of(), name -> null, Duration.ofSeconds(1));

    @BeforeAll
    static void start() {
        CAMEL.context().start();
    }

    @AfterAll
    static void close() {
        CAMEL.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            to: 'exec:rm'                                                        | COMPONENT_NOT_ALLOWED
            to: { uri: 'file:/etc' }                                             | COMPONENT_NOT_ALLOWED
            to: { uri: 'http', parameters: { httpUri: 'example.org' } }          | COMPONENT_NOT_ALLOWED
            to: 'bean:x'                                                         | COMPONENT_NOT_ALLOWED
            to: 'language:simple:x'                                              | COMPONENT_NOT_ALLOWED
            to: 'controlbus:route?routeId=a&action=stop'                         | COMPONENT_NOT_ALLOWED
            wireTap: 'ssh:x'                                                     | COMPONENT_NOT_ALLOWED
            toD: 'direct:${header.x}'                                            | DYNAMIC_URI
            toD: { uri: 'direct:a+language:header:x' }                           | DYNAMIC_URI
            wireTap: { uri: 'direct:${body}' }                                   | DYNAMIC_URI
            enrich: { simple: 'direct:${header.x}' }                             | DYNAMIC_URI
            enrich: { expression: { header: x } }                                | DYNAMIC_URI
            pollEnrich: { constant: 'file:/etc' }                                | COMPONENT_NOT_ALLOWED
            recipientList: { constant: 'direct:a,mock:b' }                       | COMPONENT_NOT_ALLOWED
            routingSlip: { header: x }                                           | DYNAMIC_URI
            dynamicRouter: { header: x }                                         | STEP_NOT_ALLOWED
            bean: { beanType: java.lang.Runtime, method: getRuntime }            | STEP_NOT_ALLOWED
            script: { groovy: 'x' }                                              | STEP_NOT_ALLOWED
            process: { ref: x }                                                  | STEP_NOT_ALLOWED
            marshal: { json: {} }                                                | STEP_NOT_ALLOWED
            kamelet: { name: x }                                                 | STEP_NOT_ALLOWED
            setBody: { groovy: 'x' }                                             | LANGUAGE_NOT_ALLOWED
            setBody: { expression: { js: { expression: 'x' } } }                 | LANGUAGE_NOT_ALLOWED
            setBody: { language: { language: ognl, expression: 'x' } }           | LANGUAGE_NOT_ALLOWED
            setBody: { method: { ref: x } }                                      | LANGUAGE_NOT_ALLOWED
            setBody: { ref: { expression: x } }                                  | LANGUAGE_NOT_ALLOWED
            filter: { spel: '#{true}', steps: [ { log: x } ] }                   | LANGUAGE_NOT_ALLOWED
            setBody: { simple: '${env.PATH}' }                                   | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${sysenv.PATH}' }                                | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${sys.user.home}' }                              | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${bean:x?method=y}' }                            | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${ref:x}' }                                      | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${camelContext.name}' }                          | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${exchange.context}' }                           | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${type:java.lang.Integer.MAX_VALUE}' }           | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${properties:x}' }                               | FUNCTION_NOT_ALLOWED
            setBody: { simple: 'a ${uppercase(${sys.user.home})}' }              | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${ env.PATH}' }                                  | FUNCTION_NOT_ALLOWED
            setBody: { simple: '$simple{env.PATH}' }                             | FUNCTION_NOT_ALLOWED
            setBody: { simple: '${body.getClass}' }                              | METHOD_NOT_ALLOWED
            setBody: { simple: '${body[0]}' }                                    | METHOD_NOT_ALLOWED
            setBody: { simple: '${body?.x}' }                                    | METHOD_NOT_ALLOWED
            setBody: { simple: '${header.x.length}' }                            | LANGUAGE_NOT_ALLOWED
            setBody: { simple: '${exception.cause}' }                            | METHOD_NOT_ALLOWED
            setBody: { simple: { expression: '${body}', nested: true } }         | NESTED_NOT_ALLOWED
            setBody: { simple: 'resource:file:/etc/passwd' }                     | RESOURCE_NOT_ALLOWED
            setBody: { constant: 'resource:file:/etc/passwd' }                   | RESOURCE_NOT_ALLOWED
            setBody: { jsonpath: 'resource:classpath:x' }                        | RESOURCE_NOT_ALLOWED
            log: '${env.PATH}'                                                   | FUNCTION_NOT_ALLOWED
            log: { message: 'x ${sys.a}' }                                       | FUNCTION_NOT_ALLOWED
            convertBodyTo: { type: java.io.File }                                | CLASS_NOT_ALLOWED
            setBody: { simple: '${bodyAs(java.io.File)}' }                       | CLASS_NOT_ALLOWED
            setBody: { constant: { expression: x, resultType: java.io.File } }   | CLASS_NOT_ALLOWED
            to: 'seda:x?queue=#class:java.util.concurrent.ArrayBlockingQueue'    | BEAN_NOT_ALLOWED
            to: 'seda:x?queue=%23class:java.util.concurrent.ArrayBlockingQueue'  | BEAN_NOT_ALLOWED
            to: 'seda:x?queue=RAW(#bean:y)'                                      | BEAN_NOT_ALLOWED
            to: { uri: 'seda:x', parameters: { queue: '#bean:y' } }              | BEAN_NOT_ALLOWED
            split: { simple: '${body}', aggregationStrategy: '#class:java.lang.Runtime' } | BEAN_NOT_ALLOWED
            """)
    void refusesAStep(String step, String code) {
        Problems problems = check("[ { " + step + " } ]");

        assertThat(problems.list()).extracting(Problem::code).contains(code);
        assertThat(problems.list())
                .allSatisfy(problem -> assertThat(problem.at().line()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            beans: [ { name: x, type: java.lang.Object } ]                    | SECTION_NOT_ALLOWED
            routeTemplate: { id: x, from: { uri: 'direct:x' } }               | SECTION_NOT_ALLOWED
            templatedRoute: { routeTemplateRef: x }                           | SECTION_NOT_ALLOWED
            restConfiguration: { component: x }                               | SECTION_NOT_ALLOWED
            rest: { path: /x }                                                | SECTION_NOT_ALLOWED
            routeConfiguration: { id: x }                                     | SECTION_NOT_ALLOWED
            interceptSendToEndpoint: { uri: 'direct:*', steps: [] }           | SECTION_NOT_ALLOWED
            from: { uri: 'file:/etc', steps: [ { log: x } ] }                 | COMPONENT_NOT_ALLOWED
            errorHandler: { deadLetterChannel: { deadLetterUri: 'file:x' } }  | COMPONENT_NOT_ALLOWED
            onException: { exception: [ java.lang.Exception ], steps: [ { to: 'bean:x' } ] } | COMPONENT_NOT_ALLOWED
            """)
    void refusesASection(String section, String code) {
        Problems problems = new Problems();
        Node root = read("- " + section, problems);

        new YamlCheck(CamelRules.SAFE, problems).file(root);

        assertThat(problems.list()).extracting(Problem::code).contains(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            setBody: { simple: '${headerAs(''meta.shop'', String)} ${header.x} ${bodyAs(String)} ${headers} ${date:now:yyyy} ${exchangeProperty.x} ${variable.y}' }
            setBody: { jsonpath: { expression: '$.a.b', resultType: java.lang.String } }
            setHeader: { name: Content-Type, constant: application/json }
            filter: { simple: '${body} contains "x"', steps: [ { stop: {} } ] }
            choice: { when: [ { simple: '${header.a} == 1', steps: [ { log: a } ] } ], otherwise: { steps: [ { log: b } ] } }
            doTry: { steps: [ { to: 'direct:x' } ], doCatch: [ { exception: [ java.lang.Exception ], steps: [ { log: '${exception.message}' } ] } ] }
            split: { tokenize: { token: ',' }, steps: [ { to: 'seda:x' } ] }
            toD: 'direct:y'
            enrich: { constant: 'direct:y' }
            recipientList: { constant: 'direct:a,seda:b' }
            wireTap: { uri: 'seda:y' }
            convertBodyTo: { type: String }
            log: { message: '#1 ${body}', loggingLevel: INFO }
            """)
    void allowsAStep(String step) {
        assertThat(check("[ { " + step + " } ]").list()).isEmpty();
    }

    @Test
    void pointsAtTheVeryCharacterOfAFunction() {
        Problems problems = check("- setBody:\n    simple: 'a ${env.PATH}'\n");

        assertThat(problems.list()).singleElement().asString().startsWith("x.yaml:2:16: simple's function 'env'");
    }

    @Test
    void allowsWhatTheOperatorAllows() {
        CamelRules rules = new CamelRules(Set.of("direct", "mock", "bean"), Set.of("simple", "bean", "constant"));
        try (Scratch scratch = new Scratch(new PlainContext.Parts(rules, Map.of(), name -> null))) {
            Problems problems = new Problems();
            String text =
                    "- from: { uri: direct:x, steps: [ { to: 'mock:y' }, { setBody: { simple: '${body.length}' } } ] }";
            Node root = read(text, problems);
            new YamlCheck(rules, problems).file(root);
            scratch.check("x.yaml", text, root, problems);

            assertThat(problems.list()).isEmpty();
        }
    }

    @Test
    void refusesComponentsAndLanguagesAtRunTimeToo() {
        CamelContext context = CAMEL.context();

        for (Runnable attempt : List.<Runnable>of(
                () -> context.getEndpoint("file:/etc"),
                () -> context.getComponent("file"),
                () -> context.resolveLanguage("groovy"),
                () -> context.resolveLanguage("bean"),
                () -> context.resolveDataFormat("json"),
                () -> context.resolveLanguage("simple").createExpression("${env.PATH}"),
                () -> context.resolveLanguage("simple").createPredicate("${sys.x} == 1"))) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(attempt::run))
                    .satisfies(thrown -> assertThat(CamelProblems.cause(thrown, RefusedException.class))
                            .isNotNull());
        }
    }

    @Test
    void neverEvaluatesWhatAMessageHolds() throws Exception {
        CAMEL.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:data").routeId("data").setBody().simple("${body}");
                from("direct:choose").routeId("choose").toD("${body}");
            }
        });
        try (var calls = CAMEL.context().createProducerTemplate()) {
            assertThat(calls.requestBody("direct:data", "${env.PATH}")).isEqualTo("${env.PATH}");
            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                            CamelExecutionException.class, () -> calls.requestBody("direct:choose", "file:/etc")))
                    .isNotNull();
        } finally {
            for (String id : List.of("data", "choose")) {
                CAMEL.context().getRouteController().stopRoute(id);
                CAMEL.context().removeRoute(id);
            }
        }
    }

    private static Problems check(String steps) {
        Problems problems = new Problems();
        CAMEL.steps().check(read(steps, problems), problems);
        return problems;
    }

    private static Node read(String text, Problems problems) {
        return new YamlReader()
                .read("x.yaml", text, problems)
                .orElseThrow(() -> new AssertionError(problems.toString()));
    }
}
