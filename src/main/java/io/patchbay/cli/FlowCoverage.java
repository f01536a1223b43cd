package io.patchbay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.trial.Coverage;
import java.io.PrintWriter;

/** What the tests of a flow have reached, told. */
record FlowCoverage(Coverage covered) {

    void tell(PrintWriter out) {
        out.println(Table.printable("coverage of " + covered.flow() + ": "
                + covered.reached().size() + " of " + covered.all() + " shapes and paths"));
        covered.unreached()
                .forEach(one -> out.println(
                        Table.printable("  " + one.at() + ": " + one.what() + " was not reached by any case")));
    }

    ObjectNode document() {
        ObjectNode document = Json.object()
                .put("flow", covered.flow())
                .put("all", covered.all())
                .put("reached", covered.reached().size());
        var unreached = document.putArray("unreached");
        covered.unreached()
                .forEach(one -> unreached
                        .addObject()
                        .put("file", one.at().file())
                        .put("line", one.at().line())
                        .put("what", one.what()));
        return document;
    }
}
