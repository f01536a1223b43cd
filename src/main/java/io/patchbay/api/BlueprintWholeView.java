package io.patchbay.api;

import io.patchbay.blueprint.Installer;
import io.patchbay.blueprint.Shown;
import io.patchbay.canvas.Doc;
import java.util.List;

/** A blueprint whole. */
@Doc("A blueprint: what it does, needs, asks and may reach")
record BlueprintWholeView(
        String id,
        String version,
        String title,
        String description,
        List<String> systems,
        @Doc("Instances that its flows call") List<NeedView> instances,
        @Doc("What is asked when it is installed") List<QuestionView> questions,
        @Doc("Hosts that it may reach") List<String> hosts,
        @Doc("Secrets that its instances read, by name") List<String> secrets,
        @Doc("Files of code") List<String> scripts,
        @Doc("Its files") List<String> files,
        @Doc("Where it comes from") String from,
        @Doc("Id of the key that signed it, or nobody") String signedBy,
        @Doc("Its README.md, as its maker wrote it") String readme,
        @Doc("Whether it has a picture") boolean picture) {

    /** An instance that it needs. */
    @Doc("An instance that its flows call")
    record NeedView(
            String name,
            String connector,
            String title,
            @Doc("Rights that its credentials must have") List<String> scopes) {}

    /** A question. */
    @Doc("A question")
    record QuestionView(
            String name,
            String title,

            @Doc("text, number, boolean, duration or choice")
            String type,

            @Doc("Answers to choose from (choice)") List<String> choices,

            @Doc("The answer when none is given; empty where one must be")
            String otherwise) {}

    static BlueprintWholeView of(Installer.Whole whole) {
        Shown shown = whole.shown();
        return new BlueprintWholeView(
                shown.id(),
                shown.version(),
                shown.title(),
                shown.description(),
                shown.systems(),
                shown.instances().stream()
                        .map(one -> new NeedView(one.name(), one.connector(), one.title(), one.scopes()))
                        .toList(),
                shown.questions().stream()
                        .map(one ->
                                new QuestionView(one.name(), one.title(), one.type(), one.choices(), one.otherwise()))
                        .toList(),
                shown.hosts(),
                shown.secrets(),
                shown.scripts(),
                shown.files(),
                shown.from().place(),
                shown.from().signedBy(),
                whole.readme(),
                whole.picture());
    }
}
