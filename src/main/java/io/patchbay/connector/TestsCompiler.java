package io.patchbay.connector;

import io.patchbay.connector.definition.CheckConfig;
import io.patchbay.connector.definition.ConnectorConfig;
import io.patchbay.connector.definition.ContractConfig;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.TestsConfig;
import io.patchbay.problem.DidYouMean;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks what a connector says of calls that are made to see whether all is well: its check, its contract, its fixtures. */
final class TestsCompiler {

    private final Compiling compiling;
    private final ConnectorConfig config;

    TestsCompiler(Compiling compiling, ConnectorConfig config) {
        this.compiling = compiling;
        this.config = config;
    }

    void check() {
        CheckConfig check = config.check();
        if (check != null) {
            EndpointConfig endpoint = endpoint(check.endpoint(), "check", "endpoint");
            if (endpoint != null) {
                needsNothing(check.endpoint(), endpoint, "check", "endpoint");
            }
            if (endpoint != null && check.expect() != null && check.expect().jsonPath() != null) {
                ContentCompiler.one(
                        compiling, check.endpoint(), endpoint, "'jsonPath' of a check", "check", "expect", "jsonPath");
            }
            if (check.expect() != null) {
                compiling.parsed(check.expect().jsonPath(), Place::parse, "check", "expect", "jsonPath");
            }
        }
        TestsConfig tests = config.tests();
        if (tests != null) {
            tests.withoutFixture().forEach(this::checkReason);
            if (tests.contract() != null) {
                check(tests.contract());
            }
        }
    }

    /** A contract looks at statuses, headers and records: it is about HTTP, and it must change nothing. */
    private void check(ContractConfig contract) {
        String[] at = {"tests", "contract", "endpoint"};
        EndpointConfig endpoint = endpoint(contract.endpoint(), at);
        if (endpoint == null) {
            return;
        }
        if (endpoint.kind().acts() || endpoint.method() == null) {
            compiling.error(
                    compiling.at(at),
                    "NOT_A_READ",
                    "a contract reads, and '" + contract.endpoint() + "' is "
                            + (endpoint.kind().acts() ? "no read" : "no HTTP request"),
                    "name an endpoint of kind read with a method and a path");
        }
        needsNothing(contract.endpoint(), endpoint, at);
    }

    private @Nullable EndpointConfig endpoint(String id, String... at) {
        EndpointConfig endpoint = config.endpoints().get(id);
        if (endpoint == null) {
            compiling.error(
                    compiling.at(at),
                    "UNKNOWN_ENDPOINT",
                    "'" + id + "' is not an endpoint of this connector",
                    DidYouMean.hint(id, config.endpoints().keySet()));
        }
        return endpoint;
    }

    private void needsNothing(String id, EndpointConfig endpoint, String... at) {
        endpoint.inputs().entrySet().stream()
                .filter(input -> input.getValue().mandatory())
                .map(Map.Entry::getKey)
                .findFirst()
                .ifPresent(input -> compiling.error(
                        compiling.at(at),
                        "NEEDS_INPUT",
                        "'" + id + "' needs the input '" + input + "', and nothing is given here",
                        "name an endpoint that needs none, or give the input a default value"));
    }

    private void checkReason(String endpoint, String reason) {
        if (endpoint(endpoint, "tests", "withoutFixture", endpoint) != null && reason.isBlank()) {
            compiling.error(
                    compiling.at("tests", "withoutFixture", endpoint),
                    "MISSING_VALUE",
                    "'" + endpoint + "' has no reason to be without a fixture",
                    "say why, or record one into fixtures/");
        }
    }
}
