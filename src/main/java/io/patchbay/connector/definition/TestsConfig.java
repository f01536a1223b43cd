package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.NotTaken;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said about the tests of a connector. */
@Doc("What is said about the tests of the connector")
public record TestsConfig(
        @Doc("Endpoints without a recorded exchange in fixtures/, each with the reason why") @Default("{}")
        Map<String, String> withoutFixture,

        @NotTaken(because = "fixtures stand in the folder fixtures/ of the connector", instead = "leave it out")
        @Nullable
        Node fixtures,

        @Doc("What is watched of the real system, of each instance") @Nullable
        ContractConfig contract) {}
