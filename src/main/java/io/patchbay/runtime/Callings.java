package io.patchbay.runtime;

import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.ConnectorComponent.Calling;
import io.patchbay.route.CompiledFlow;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.ToDefinition;

/** What flows call. */
final class Callings {

    private Callings() {}

    /** The instances that the routes of a flow call, and by which definitions. */
    static Stream<Calling> of(CompiledFlow compiled) {
        return Stream.of(Optional.of(compiled.head()), Optional.ofNullable(compiled.tail()))
                .flatMap(Optional::stream)
                .flatMap(route ->
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream())
                .map(to -> ConnectorComponent.calling(to.getUri()))
                .flatMap(Optional::stream);
    }
}
