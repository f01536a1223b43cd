package io.patchbay.api;

import io.patchbay.canvas.Doc;
import io.patchbay.environment.PackageFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A package of flows. */
@Doc("Flows that are deployed together")
record PackageView(
        String id,
        @Doc("What people call it") String name,
        @Doc("A remark of the author") @Nullable String note,
        @Doc("Ids of its flows") List<String> flows) {

    static PackageView of(PackageFile file) {
        String name = file.name();
        return new PackageView(file.id(), name == null ? file.id() : name, file.note(), file.flows());
    }
}
