package io.patchbay.api;

import io.patchbay.blueprint.Listing;
import io.patchbay.blueprint.Provenance;
import io.patchbay.canvas.Doc;
import java.util.List;

/** Blueprints that there are. */
@Doc("Blueprints that there are")
record BlueprintsView(
        @Doc("By id") List<BlueprintView> data,

        @Doc("Catalogues that could not be read, a sentence each")
        List<String> troubles) {

    /** A blueprint. */
    @Doc("A blueprint, and what was installed of it")
    record BlueprintView(
            String id,

            @Doc("The newest that there is; empty where there is none any more")
            String version,

            String title,
            @Doc("Systems that it connects") List<String> systems,

            @Doc("The catalogue that has it; empty for one in a folder")
            String catalogue,

            @Doc("Connectors that the catalogue says it brings")
            List<String> connectors,

            @Doc("What was installed of it") List<InstallView> installed,
            @Doc("Why it cannot be installed") List<String> problems) {}

    /** An install. */
    @Doc("An install")
    record InstallView(
            String name,
            String version,
            @Doc("Whether there is a newer version") boolean update,

            @Doc("Where it came from; empty where that was not kept")
            String from,

            @Doc("Id of the key that signed it, or nobody; empty where that was not kept")
            String signedBy) {

        static InstallView of(Listing.Installed install) {
            Provenance from = install.from();
            return new InstallView(
                    install.name(),
                    install.version(),
                    install.update(),
                    from == null ? "" : from.place(),
                    from == null ? "" : from.signedBy());
        }
    }

    static BlueprintsView of(Listing listing) {
        return new BlueprintsView(
                listing.lines().stream()
                        .map(one -> new BlueprintView(
                                one.blueprint(),
                                one.version(),
                                one.title(),
                                one.systems(),
                                one.catalogue(),
                                one.connectors(),
                                one.installed().stream().map(InstallView::of).toList(),
                                one.problems()))
                        .toList(),
                listing.troubles());
    }
}
