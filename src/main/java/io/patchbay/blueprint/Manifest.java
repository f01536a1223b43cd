package io.patchbay.blueprint;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.WrongValueException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code blueprint.yaml} says. */
@Doc("A blueprint: all that one task needs")
record Manifest(
        @Doc("Id, kebab-case; the name of its folder") String blueprint,

        @Doc("Version, like 1.4.0") String version,

        @Doc("What it does, in a few words") String title,

        @Doc("What it does, what it needs and what it leaves out") @Nullable
        String description,

        @Doc("Names of the systems that it connects, as people know them") @Default("[]")
        List<String> systems,

        @Doc("File of a picture in its folder: .svg or .png") @Nullable
        String picture,

        @Doc(
                "Connectors that it needs, each with the version that it was made with, like 1.2.0; 'pack' writes the SHA-256 of their files behind it")
        @Default("{}")
        Map<String, String> connectors,

        @Doc("Instances that its flows call, by the names that they have in its files") @Default("{}")
        Map<String, InstanceNeed> instances,

        @Doc("What is asked when it is installed, by name") @Default("{}")
        Map<String, Question> questions,

        @Doc("What its flows may reach") @Nullable Permissions permissions) {

    /** An instance that a flow calls. */
    @Doc("An instance that its flows call")
    record InstanceNeed(
            @Doc("The connector") String connector,

            @Doc("What it is for") String title,

            @Doc("Rights that its credentials must have, as the system names them") @Default("[]")
            List<String> scopes) {}

    /** A question. */
    @Doc("What is asked when it is installed")
    record Question(
            @Doc("The question") String title,

            @Doc("What the answer is") @Default("text") AnswerType type,

            @Doc("The answer when none is given; without it, one must be") @Nullable
            String otherwise,

            @Doc("Answers to choose from (choice)") @Default("[]")
            List<String> choices,

            @Doc("Form of a text: a regular expression (RE2) for the whole of it") @Nullable
            String pattern,

            @Doc(
                    "Where the answer goes: FILE#PATH, like routes/orders.flow.yaml#trigger[0].schedule.every; in a list [2] is a position and"
                            + " [pull] the item with that id")
            List<String> sets) {

        Question {
            if ((type == AnswerType.CHOICE) == choices.isEmpty()) {
                throw new WrongValueException(
                        type == AnswerType.CHOICE ? "a choice needs 'choices'" : "'choices' are for type: choice",
                        "write type: choice and choices: [ one, two ]");
            }
            if (pattern != null && type != AnswerType.TEXT) {
                throw new WrongValueException("'pattern' is for type: text", "take it out");
            }
        }
    }

    /** What an answer is. */
    enum AnswerType {
        /** Any text of one line. */
        TEXT,
        /** A number. */
        NUMBER,
        /** true or false. */
        BOOLEAN,
        /** A duration. */
        DURATION,
        /** One of several texts. */
        CHOICE
    }

    /** What it says that it reaches. Its files may reach less, never more. */
    @Doc("What its flows may reach; its files may need less, never more")
    record Permissions(
            @Doc("Hosts of connectors, scripts and plain requests; *.example.com for those below") @Default("[]")
            List<String> hosts,

            @Doc("Secrets that its instances read") @Default("[]")
            List<String> secrets,

            @Doc("Files of code, in routes/scripts") @Default("[]")
            List<String> scripts) {

        static final Permissions NONE = new Permissions(List.of(), List.of(), List.of());
    }

    Permissions allowed() {
        return permissions == null ? Permissions.NONE : permissions;
    }
}
