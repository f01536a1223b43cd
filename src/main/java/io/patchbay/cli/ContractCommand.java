package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code connector contract}: whether a system still answers as its connector was made for. */
@Command(
        name = "contract",
        mixinStandardHelpOptions = true,
        description =
                "Reads the endpoint that the connector's contract names, and says what is otherwise than before in how the system"
                        + " answers.")
final class ContractCommand extends RuntimeVerb {

    @Parameters(index = "0", paramLabel = "INSTANCE", description = "Name of the instance.")
    private String instance = "";

    @Option(
            names = "--accept",
            description = "Takes how the system answers now for what it is held against from now on.")
    private boolean accept;

    ContractCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        JsonNode contract = runtime()
                .post("/api/v1/instances/" + RuntimeClient.encoded(instance) + "/contract"
                        + (accept ? "?accept=true" : ""));
        print(contract, out -> tell(contract, out));
        return contract.path("findings").isEmpty() && !contract.path("problem").isTextual() ? 0 : Refused.FAILED;
    }

    private void tell(JsonNode contract, PrintWriter out) {
        boolean told = !contract.path("problem").isTextual();
        int findings = contract.path("findings").size();
        out.println(Table.printable(instance + ": '" + contract.path("endpoint").asText() + "' "
                + (!told
                        ? "gave no answer that tells"
                        : findings == 0 ? "answers as before" : "answers otherwise than before")));
        if (!told) {
            out.println("  " + Table.printable(contract.path("problem").asText()));
        }
        contract.path("findings")
                .forEach(one ->
                        out.println(Table.printable("  " + one.path("kind").asText() + " since "
                                + one.path("since").asText() + ": "
                                + one.path("sentence").asText())));
        if (findings > 0) {
            out.println("If that is right, --accept takes it for what is usual.");
        }
    }
}
