package io.patchbay.service;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Range;
import io.patchbay.expression.TemplateTree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the records of a service go. */
@Doc("Where the records go")
public record ServiceDestination(
        @Doc("Name of the instance") String instance,

        @Doc("The endpoint that takes them; without it ENTITY.create, like orders.create") @Nullable
        String endpoint,

        @Doc("Values for the endpoint's inputs; they may read the record that is sent") @Default("{}")
        Map<String, TemplateTree> with,

        @Doc("How many records are sent together; without it as many as come in a page")
        @Nullable
        @Range(min = 1, max = 100000)
        Integer batch,

        @Doc("How often a send is tried; without it as the connector says") @Nullable @Range(min = 1, max = 101)
        Integer attempts) {

    /** Id of the endpoint. */
    public String endpoint(String entity) {
        return endpoint == null ? entity + ".create" : endpoint;
    }
}
